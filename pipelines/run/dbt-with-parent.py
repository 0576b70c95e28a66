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


def remember_columns():
    """A test changes no table that others read: the columns of each are asked for once, not by every one of
    the tests, which takes a fifth of their time."""
    from dbt.adapters.duckdb.impl import DuckDBAdapter

    ask = DuckDBAdapter.get_columns_in_relation
    known = {}

    def columns_in_relation(adapter, relation):
        name = str(relation)
        if name.endswith('__dbt_tmp"'):
            return ask(adapter, relation)
        if name not in known:
            known[name] = ask(adapter, relation)
        return known[name]

    DuckDBAdapter.get_columns_in_relation = columns_in_relation


def skip_unheard_events():
    """A log of info hears nothing of what dbt says of each statement, which takes a tenth of a build to word."""
    from dbt_common.events.base_types import EventLevel
    from dbt_common.events.event_manager import EventManager

    below_info = {EventLevel.DEBUG, EventLevel.TEST}
    fire = EventManager.fire_event

    def fire_event(manager, event, level=None, *options, **more):
        if (level or event.level_tag()) in below_info:
            if not any(logger.level in below_info for logger in manager.loggers):
                return
        fire(manager, event, level, *options, **more)

    EventManager.fire_event = fire_event


def name_macros_at_once():
    """Every node is given all macros by name several times over: dbt adds them one by one, and looks each up
    in five places, which takes a sixth of its own time."""
    from dbt.clients.jinja import MacroGenerator
    from dbt.context.macros import GLOBAL_PROJECT_NAME, MacroNamespace, MacroNamespaceBuilder

    class Namespace(dict):
        get_from_package = MacroNamespace.get_from_package

    def initialize(generator, macro, context=None, node=None, stack=None):
        generator.macro = macro
        generator.context = context
        generator.node = node
        generator.stack = stack

    def build_namespace(builder, macros_by_package, context):
        packages = {
            package: {
                name: MacroGenerator(macro, context, builder.node, builder.thread_ctx)
                for name, macro in macros.items()
            }
            for package, macros in macros_by_package.items()
        }
        internal = {}
        for package in reversed(builder.internal_package_names_order):
            internal.update(packages.pop(package, {}))
        # The last one wins.
        namespace = Namespace(
            internal
            | {GLOBAL_PROJECT_NAME: internal}
            | packages
            | packages.get(builder.root_package, {})
            | packages.get(builder.search_package, {})
        )
        namespace.global_project_namespace = internal
        namespace.packages = packages
        return namespace

    MacroGenerator.__init__ = initialize
    MacroNamespaceBuilder.build_namespace = build_namespace


if __name__ == "__main__":
    # Before the import below, which takes longer than a user needs to press Ctrl-C.
    threading.Thread(target=end_with_parent, daemon=True).start()

    # Everything until the command begins stays until it ends: there is nothing to collect.
    gc.disable()

    # What turns each of dbt's classes into JSON and back is made when it is used, which few of them are.
    from mashumaro.config import BaseConfig

    BaseConfig.lazy_compilation = True

    from dbt.cli.main import cli

    skip_unheard_events()
    name_macros_at_once()
    parsed = os.environ.get("JOINTLY_PARSED_PROJECT")
    manifest = None
    if parsed:
        manifest = read_parsed_project(parsed)
        write_less(parsed)
    if sys.argv[1] == "test":
        remember_columns()
    gc.freeze()
    gc.enable()
    # As it comes, a tenth of the time goes into looking for what hardly is there.
    gc.set_threshold(20_000, 20, 20)
    # What dbtRunner(manifest=...) hands to its commands.
    cli(prog_name="dbt", obj={"manifest": manifest} if manifest else None)
