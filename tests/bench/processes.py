"""The whole process of `sheetflow recalculate`: read, plan, check, write; wall time and the most memory held.

python -m bench.processes [SIZES] [EFFORT]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.ground import scene_for
from bench.paper import show
from bench.workbook_file import write_workbook
from bench.workloads import TODAY, generated
from sheetflow.domain.workspace import Workspace

LOAD, SEED = 0.85, 1
COMMAND = "from sheetflow.entrypoints.cli import main; main()"
LIMITS = {50: 1.2, 200: 2.0, 1000: 5.0, 5000: 20.0}
MOST_MEGABYTES = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process: wall time in seconds, most memory in megabytes, exit status."""

    seconds: float
    megabytes: float
    status: int


def main(sizes: str = "50,200,1000,5000", effort: str = "balanced") -> None:
    """Print a line a size: the first run, and the second, whose compiled code lies on disk.

    Growth is told by the second run's time for each pair of a step and a person who may do it.
    """
    show(
        f"{'N':>6}{'first s':>9}{'again s':>9}{'limit s':>9}{'MB':>7}{'limit MB':>9}"
        f"{'us a pair':>11}  exit status"
    )
    for size in map(int, sizes.split(",")):
        workspace = generated(size, LOAD, SEED).workspace
        first, again = timed(workspace, effort)
        show(
            f"{size:6}{first.seconds:9.2f}{again.seconds:9.2f}{LIMITS.get(size, 0):9.1f}"
            f"{again.megabytes:7.0f}{MOST_MEGABYTES:9}"
            f"{1e6 * again.seconds / _pairs(workspace):11.1f}  {again.status}"
        )


def timed(workspace: Workspace, effort: str) -> tuple[Run, Run]:
    """Two runs on a new workbook."""
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.xlsx"
        write_workbook(workspace, book)
        return _run(book, effort), _run(book, effort)


def _pairs(workspace: Workspace) -> int:
    return sum(len(task.options) for job in scene_for(workspace, TODAY).jobs for task in job.tasks)


def _run(book: Path, effort: str) -> Run:
    output = book.with_name("planned.xlsx")
    arguments = ["recalculate", str(book), "--today", TODAY.isoformat(), "--effort", effort]
    begin = perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments, "--output", str(output)],
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    return Run(
        seconds=perf_counter() - begin,
        megabytes=usage.ru_maxrss / 1024,
        status=os.waitstatus_to_exitcode(status),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
