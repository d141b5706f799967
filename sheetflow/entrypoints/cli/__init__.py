"""The command line: thin commands over the use cases."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

NEW_OBJECTS = 100_000


def main() -> None:
    """Run the command line and leave with its exit status."""
    # A plan is very many objects that stay: looking for cycles among so few new ones as usual takes a tenth of a run.
    gc.set_threshold(NEW_OBJECTS)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command.

    Returns:
        0 done; 1 the input has errors, and the rest is done; 2 wrong use, or nothing could be done.
    """
    from sheetflow.entrypoints.cli.commands import sheetflow
    from sheetflow.entrypoints.cli.mishaps import told

    with told() as mishap:
        status = sheetflow.main(list(arguments), prog_name="sheetflow", standalone_mode=False)
        return int(status or 0)
    return mishap.status
