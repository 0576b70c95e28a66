"""Runs dbt, and ends when the program that started it does, however that was ended.

A dbt left behind would go on writing to the warehouse that the next run wants. The parent holds
the other end of stdin, so its death is the end of this file.
"""

import os
import threading


def end_with_parent():
    while os.read(0, 1024):
        pass
    os._exit(1)


if __name__ == "__main__":
    # Before the import below, which takes longer than a user needs to press Ctrl-C.
    threading.Thread(target=end_with_parent, daemon=True).start()

    from dbt.cli.main import cli

    cli(prog_name="dbt")
