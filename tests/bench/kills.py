"""Runs that are killed at random moments: the workbook must be the old one or the new one, and the next run sweeps.

python -m bench.kills [TIMES] [SEED]

Each time a copy of a sample is recalculated by a process of its own, which gets a `kill -9` somewhere between its start
and the usual end of such a run, half of them in the time in which it writes; then the run is made again, undisturbed.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

from bench.paper import show

COMMAND = "from sheetflow.entrypoints.cli import main; main()"
SAMPLE = Path(__file__).parents[2] / "sample_sheets" / "smallest.xlsx"
OPTIONS = ("--today", "2026-11-23", "--effort", "fast")
WRITES_FROM = 0.6
LATEST = 1.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Wreck:
    """What a killed run left: which state the workbook is in (`old`, `new`, or `damaged`), and what lies about.

    `after` is what still lies about when the next run is over.
    """

    state: str
    left: tuple[str, ...]
    after: tuple[str, ...]


def main(times: str = "200", seed: str = "1") -> None:
    """Kill so many runs, and tell what became of them; the status is 1 where a workbook was damaged or a file left."""
    wrecks = killed(int(times), int(seed))
    states = Counter(wreck.state for wreck in wrecks)
    show(
        f"{len(wrecks)} runs killed: {states['old']} workbooks as before, {states['new']} as planned, "
    )
    show(
        f"{states['damaged']} damaged; {sum(bool(wreck.left) for wreck in wrecks)} left a file behind, "
    )
    show(f"{sum(bool(wreck.after) for wreck in wrecks)} still after the next run")
    if states["damaged"] or any(wreck.after for wreck in wrecks):
        sys.exit(1)


def killed(times: int, seed: int) -> list[Wreck]:
    """Kill so many runs, each on a copy of the sample, at moments that the seed decides."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began = perf_counter()
        book = Path(shutil.copyfile(SAMPLE, folder / "planned.xlsx"))
        states = {SAMPLE.read_bytes(): "old", _run_whole(book): "new"}
        usual = perf_counter() - began
        spans = [(0.0, LATEST), (WRITES_FROM, LATEST)]
        moments = [usual * chance.uniform(*spans[number % 2]) for number in range(times)]
        return [
            _wreck(folder / f"run{number}", moment, states) for number, moment in enumerate(moments)
        ]


def _wreck(folder: Path, moment: float, states: Mapping[bytes, str]) -> Wreck:
    folder.mkdir()
    book = folder / "plan.xlsx"
    book.write_bytes(next(content for content, state in states.items() if state == "old"))
    process = _started(book)
    sleep(moment)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    state, left = states.get(book.read_bytes(), "damaged"), _strangers(folder)
    if states.get(_run_whole(book)) != "new":
        state = "damaged"
    wreck = Wreck(state=state, left=left, after=_strangers(folder))
    shutil.rmtree(folder)
    return wreck


def _run_whole(book: Path) -> bytes:
    status = _started(book).wait()
    if status not in {0, 1}:
        raise RuntimeError(f"the run itself fails: status {status}")
    return book.read_bytes()


def _started(book: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", COMMAND, "recalculate", str(book), *OPTIONS]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _strangers(folder: Path) -> tuple[str, ...]:
    known = {"plan.xlsx", "plan.xlsx.bak", "plan.xlsx.bak.1", "plan.xlsx.bak.2"}
    return tuple(sorted(place.name for place in folder.iterdir() if place.name not in known))


if __name__ == "__main__":
    main(*sys.argv[1:])
