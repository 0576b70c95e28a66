"""Runs dbt, and ends when the program that started it does, however that was ended.

A dbt left behind would go on writing to the warehouse that the next run wants. The parent holds
the other end of stdin, so its death is the end of this file.

JOINTLY_PARSED_PROJECT may name a file of the project as dbt parsed it before, which takes most of the
time of a short run. Who names it answers for it: nothing of the project may have changed since but
what is only read when a model runs, the variables and the folder of the seeds.
"""

import gc
import os
import sys
import threading
from datetime import datetime, timezone


def end_with_parent():
    while os.read(0, 1024):
        pass
    os._exit(1)


def read_parsed_project(file):
    from dbt.contracts.graph.manifest import Manifest
    from dbt.node_types import NodeType
    from dbt.parser.manifest import extended_mashumuro_decoder
    from dbt_common.invocation import get_invocation_id

    with open(file, "rb") as parsed:
        manifest = Manifest.from_msgpack(parsed.read(), decoder=extended_mashumuro_decoder)
    manifest.metadata.generated_at = datetime.now(timezone.utc).replace(tzinfo=None)
    manifest.metadata.invocation_id = get_invocation_id()
    # Another company may have parsed it: the rules of this one are in a folder of their own.
    for node in manifest.nodes.values():
        if node.resource_type == NodeType.Seed:
            node.original_file_path = os.path.join(os.environ["JOINTLY_SEED_PATH"], node.path)
    # To link, sort and write out what is left out anyway takes a tenth of a short run.
    if "unit_test" in sys.argv:
        manifest.unit_tests.clear()
    manifest.build_parent_and_child_maps()
    manifest.build_flat_graph()
    return manifest


def write_less(parsed):
    """Leaves out files that take a fourth of a short run: the graph, which nobody reads, and a manifest that
    the last run wrote of this very project."""
    from dbt.compilation import Compiler
    from dbt.task import runnable

    write_manifest = runnable.write_manifest

    def write_newer_manifest(manifest, target_path):
        written = os.path.join(target_path, "manifest.json")
        if not os.path.exists(written) or os.path.getmtime(written) < os.path.getmtime(parsed):
            write_manifest(manifest, target_path)

    runnable.write_manifest = write_newer_manifest
    Compiler.write_graph_file = lambda *_: None


if __name__ == "__main__":
    # Before the import below, which takes longer than a user needs to press Ctrl-C.
    threading.Thread(target=end_with_parent, daemon=True).start()

    # Everything until the command begins stays until it ends: there is nothing to collect.
    gc.disable()

    from dbt.cli.main import cli

    parsed = os.environ.get("JOINTLY_PARSED_PROJECT")
    manifest = None
    if parsed:
        manifest = read_parsed_project(parsed)
        write_less(parsed)
    gc.freeze()
    gc.enable()
    # What dbtRunner(manifest=...) hands to its commands.
    cli(prog_name="dbt", obj={"manifest": manifest} if manifest else None)
