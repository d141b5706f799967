"""Requests under one quota: how many were let through in any window, and to whom.

python -m bench.turns [PROCESSES] [SECONDS]      # a limit of 60 in 10 s, on SQLite and on PostgreSQL
python -m bench.turns one URL|FILE LIMIT WINDOW MARGIN SECONDS     # one of the processes; a line for each turn
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from time import sleep, time

from bench.paper import show
from bench.started import PROJECT, environment, must, server
from sheetflow.wiring.quota import Limits, Quota
from sheetflow.wiring.quota_shelves import FileShelf, PostgresShelf

ACCOUNT, PROJECT_NAME = "robot@example.com", "project"


def turns(place: str, processes: int, limits: Limits, seconds: float) -> list[list[float]]:
    """The moments of each process's turns, when all ask for as many as they can get for so long."""
    numbers = [str(number) for number in (limits.account, limits.seconds, limits.margin, seconds)]
    command = [sys.executable, "-m", "bench.turns", "one", place, *numbers]
    with ExitStack() as stack:
        started = [stack.enter_context(_started(command)) for _ in range(processes)]
        for each in started:
            must(each.stdout).readline()
        for each in started:
            must(each.stdin).write("go\n")
            must(each.stdin).flush()
        said = [each.communicate()[0] for each in started]
    return [[float(line) for line in lines.splitlines()] for lines in said]


def _started(command: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        cwd=PROJECT / "tests",
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def most_in(window: float, moments: Sequence[float]) -> int:
    """The most of the moments that lie in any window of that length."""
    ordered, first, most = sorted(moments), 0, 0
    for last, moment in enumerate(ordered):
        while moment - ordered[first] >= window:
            first += 1
        most = max(most, last - first + 1)
    return most


def one(place: str, limit: int, window: float, margin: float, seconds: float) -> None:
    """Ask for turn after turn, for so many seconds from when a line comes in."""
    limits = Limits(account=limit, project=5 * limit, seconds=window, margin=margin)
    shelf = PostgresShelf(place) if place.startswith("postgresql") else FileShelf(Path(place))
    quota = Quota(shelf, limits, sleep)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    ends = time() + seconds
    while quota.wait(ACCOUNT, PROJECT_NAME, writes=False, at_most=max(0.0, ends - time())):
        sys.stdout.write(f"{time()}\n")


def main() -> None:
    """Compare both shelves."""
    processes, seconds = (int(word) for word in [*sys.argv[1:], "4", "35"][:2])
    with tempfile.TemporaryDirectory() as name, server() as postgres:
        for kind, place in (("SQLite", f"{name}/quota.db"), ("PostgreSQL", postgres.new())):
            each = turns(place, processes, Limits(account=60, seconds=10.0), seconds)
            moments = [moment for one_of_them in each for moment in one_of_them]
            show(
                f"{kind}: {len(moments)} turns in {seconds} s, {most_in(10.0, moments)} in any 10 s at"
                f" most, by process {sorted(map(len, each))}"
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        one(sys.argv[2], int(sys.argv[3]), *map(float, sys.argv[4:]))
    else:
        main()
