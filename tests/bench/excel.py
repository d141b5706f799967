"""Reading and writing a large workbook: ours beside openpyxl's load, edit and save, as whole processes on one file.

python -m bench.excel [ROWS] [COLUMNS] [TIMES]

A tenth of the cells change: 15,000 of 5,000 rows by 30 columns. Ours keeps every other byte and proves it; the goal is half
of openpyxl's seconds and half of its memory. Each is run TIMES times, in turns; the least counts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.excel_programs import edits
from bench.paper import show

GOAL = 0.5
PROGRAMS = ("theirs", "ours", "reading")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One process: wall time in seconds, and the most memory it held in megabytes."""

    seconds: float
    megabytes: float


def main(rows: str = "5000", columns: str = "30", times: str = "3") -> None:
    """Print the table."""
    least = compared(int(rows), int(columns), int(times))
    theirs = least["theirs"]
    show(f"{rows} rows x {columns} columns, {len(edits(int(rows), int(columns)))} cells changed")
    show(f"{'':30}{'seconds':>9}{'ratio':>7}{'MB':>7}{'ratio':>7}")
    for name, what in (
        ("theirs", "openpyxl load + edit + save"),
        ("ours", "ours: read + write + proof"),
        ("reading", "ours: read alone"),
    ):
        run = least[name]
        show(
            f"{what:30}{run.seconds:9.2f}{run.seconds / theirs.seconds:7.2f}"
            f"{run.megabytes:7.0f}{run.megabytes / theirs.megabytes:7.2f}"
        )
    show(f"goal: {GOAL} each")


def compared(rows: int, columns: int, times: int) -> dict[str, Run]:
    """The least seconds and memory of each program, taken in turns."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "large.xlsx"
        _run("make", source, rows, columns)
        runs: dict[str, list[Run]] = {name: [] for name in PROGRAMS}
        for _ in range(times):
            for name in PROGRAMS:
                copy = Path(folder) / f"{name}.xlsx"
                copy.write_bytes(source.read_bytes())
                runs[name].append(_run(name, copy, rows, columns))
    return {
        name: Run(
            seconds=min(run.seconds for run in each),
            megabytes=min(run.megabytes for run in each),
        )
        for name, each in runs.items()
    }


def _run(name: str, path: Path, rows: int, columns: int) -> Run:
    code = f"from bench.excel_programs import {name}; {name}({str(path)!r}, {rows}, {columns})"
    begin = perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code])
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        message = f"{name} failed"
        raise SystemExit(message)
    return Run(seconds=perf_counter() - begin, megabytes=usage.ru_maxrss / 1024)


if __name__ == "__main__":
    main(*sys.argv[1:])
