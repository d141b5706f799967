"""Runs in numbers: workers that are killed, workbooks that are asked for again, and what a second holds.

python -m bench.fleet killed [RUNS]       # two workers on PostgreSQL, one gets a kill -9 half-way
python -m bench.fleet restarted [RUNS]    # one process on SQLite, killed half-way and started again
python -m bench.fleet many [WORKBOOKS]    # two runs of each by two workers on PostgreSQL, all of them writing

The workbooks are ledgers (desks.py): a run costs nothing but what the queue costs, and 10 ms where workers are killed.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from time import sleep, time

from sqlalchemy import Engine, text

from bench.fleet_worker import AGAIN, SLOW
from bench.paper import show
from bench.started import PROJECT, environment, must, server
from desks import Writing, desk_on, journal_of, registered
from sheetflow.store.database import open_database
from sheetflow.wiring.queues import queue_of
from sheetflow.wiring.settings import Settings

MOST_SECONDS = 900
USUAL = {"killed": 2000, "restarted": 2000, "many": 1000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upshot:
    """What became of the runs, by state, and of the workbooks, by how often each was written.

    `again` runs were taken up once more; `overlaps` writings of a workbook began before its last one was over.
    `seconds` went by from the first writing to the last, `longest_pause` between two of them.
    """

    states: dict[str, int]
    writings: Counter[int]
    again: int
    overlaps: int
    seconds: float
    longest_pause: float

    @property
    def rate(self) -> float:
        """Writings a second."""
        return sum(count * times for times, count in self.writings.items()) / self.seconds


def killed(url: str, folder: Path, runs: int, *words: str, workers: int = 2) -> Upshot:
    """So many workers, of which one is killed half-way; where there is one, it is started again."""
    with ExitStack() as stack:
        engine = stack.enter_context(_asked(url, folder, runs))
        victim, *_ = [stack.enter_context(_worker(url, 2, 10, *words)) for _ in range(workers)]
        while len(journal_of(folder)) < runs // 2:
            sleep(0.01)
        victim.send_signal(signal.SIGKILL)
        victim.wait()
        if workers == 1:
            stack.enter_context(_worker(url, 2, 10, *words))
        return _upshot(engine, folder)


def many(url: str, folder: Path, workbooks: int) -> Upshot:
    """Two runs of each workbook by two workers; the second is asked for while the first goes on."""
    with ExitStack() as stack:
        engine = stack.enter_context(_asked(url, folder, workbooks))
        for _ in range(2):
            stack.enter_context(_worker(url, 4, 0, AGAIN, SLOW))
        return _upshot(engine, folder)


def overlaps(writings: Sequence[Writing]) -> int:
    """How many writings of a workbook began before the one before was over."""
    by_workbook: dict[str, list[Writing]] = {}
    for one in sorted(writings, key=lambda one: one.began):
        by_workbook.setdefault(one.workbook, []).append(one)
    each = (pairwise(of_one) for of_one in by_workbook.values())
    return sum(later.began < earlier.ended for pairs in each for earlier, later in pairs)


@contextmanager
def _asked(url: str, folder: Path, workbooks: int) -> Iterator[Engine]:
    """A database where a run of each of so many workbooks waits."""
    engine = open_database(url)
    desk = desk_on(engine)
    queue = queue_of(Settings(database_url=url), desk)
    for number in range(workbooks):
        book = registered(desk, folder / f"book{number}", seen="-")
        queue.ask(book.id, "bench", datetime.now(UTC))
    if url.startswith("postgresql"):
        queue.stop(1.0)
    yield engine
    engine.dispose()


@contextmanager
def _worker(
    url: str, concurrency: int, milliseconds: float, *words: str
) -> Iterator[subprocess.Popen[str]]:
    arguments = [url, str(concurrency), str(milliseconds), *words]
    command = [sys.executable, "-m", "bench.fleet_worker", *arguments]
    with subprocess.Popen(
        command, cwd=PROJECT / "tests", env=environment(), stdout=subprocess.PIPE, text=True
    ) as process:
        must(process.stdout).readline()
        yield process
        process.terminate()


def _upshot(engine: Engine, folder: Path) -> Upshot:
    """Wait until all runs have ended, and count."""
    ends = time() + MOST_SECONDS
    while time() < ends and {"waiting", "running"} & _states(engine).keys():
        sleep(0.1)
    writings = journal_of(folder)
    times = sorted(one.ended for one in writings)
    with engine.connect() as connection:
        again = connection.execute(text("SELECT count(*) FROM runs WHERE attempts > 0")).scalar()
    return Upshot(
        states=_states(engine),
        writings=Counter(Counter(one.workbook for one in writings).values()),
        again=int(again or 0),
        overlaps=overlaps(writings),
        seconds=times[-1] - times[0],
        longest_pause=max(later - earlier for earlier, later in pairwise(times)),
    )


def _states(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT state, count(*) FROM runs GROUP BY state"))
        return {str(state): int(count) for state, count in rows}


def main() -> None:
    """Run the part that is asked for."""
    part, count = (
        sys.argv[1],
        int((sys.argv[2:] or ["2000" if sys.argv[1] != "many" else "1000"])[0]),
    )
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        if part == "restarted":
            upshot = killed(f"sqlite:///{folder / 'db'}", folder, count, SLOW, workers=1)
        else:
            url = stack.enter_context(server()).new()
            upshot = (
                many(url, folder, count) if part == "many" else killed(url, folder, count, SLOW)
            )
    show(
        f"runs {upshot.states}, workbooks by writings {dict(upshot.writings)}, taken up again "
        f"{upshot.again}, overlaps {upshot.overlaps}, {upshot.seconds:.1f} s "
        f"({upshot.rate:.0f} a second), longest pause {upshot.longest_pause:.1f} s"
    )


if __name__ == "__main__":
    main()
