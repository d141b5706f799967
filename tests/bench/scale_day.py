"""The busiest hours of a fleet, event by event: what runs wait for, and when they end.

    Day(fleet, workbooks, seed).run(arrivals) -> Load

Each run takes a thread, a read of Google's quota, a core, mostly a write, and ends; a workbook has one waiting run at
most. What a run takes of a core is what a worker took for files of these sizes, in seconds of the processor.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush, heapreplace

COSTS: Mapping[int, float] = {50: 0.5, 200: 1.5, 1000: 4.6, 5000: 19.4}
"""Seconds of a core by publications; see help/why/scale.md for how they were measured."""

SIZES: Mapping[int, float] = {50: 0.70, 200: 0.24, 1000: 0.055, 5000: 0.005}
WRITES, DEAR = 0.6, 0.05
"""The share of runs that have something to write, and of those that take a second reading (a new row, a new day)."""

READ_SECONDS, WRITE_SECONDS = 0.6, 0.9
THREADS_A_CORE = 8
PER_ACCOUNT, PER_PROJECT, MINUTE = 60, 300, 61.0
ACCOUNTS_A_PROJECT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """What there is: service accounts (five a project) and cores."""

    name: str
    accounts: int
    cores: int


class Line:
    """A quota: so many in a minute, first come, first served."""

    def __init__(self, most: int) -> None:
        """Nobody stands in it."""
        self._taken: deque[float] = deque(maxlen=most)

    def free_at(self, now: float) -> float:
        """When the next place comes."""
        full = len(self._taken) == self._taken.maxlen
        return max(now, self._taken[0] + MINUTE) if full else now

    def take(self, at: float) -> None:
        """Take the place."""
        self._taken.append(at)


@dataclass(slots=True)
class Load:
    """What happened: how long each run took from its time to its end, and how busy cores and quotas were."""

    seconds: list[float] = field(default_factory=list)
    core: float = 0.0
    reads: int = 0

    def in_time(self, patience: float) -> float:
        """The share of runs that ended within so many seconds of their time."""
        return sum(each <= patience for each in self.seconds) / max(1, len(self.seconds))


class Day:
    """The busiest hours of a day, event by event."""

    def __init__(self, fleet: Fleet, workbooks: int, seed: int) -> None:
        """Give each workbook a size and an account."""
        self._chance = random.Random(seed)
        self._fleet, self._workbooks = fleet, workbooks
        sizes = self._chance.choices(list(SIZES), list(SIZES.values()), k=workbooks)
        self._costs = [COSTS[size] for size in sizes]
        projects = -(-fleet.accounts // ACCOUNTS_A_PROJECT)
        self._lines = {
            writes: (
                [Line(PER_ACCOUNT) for _ in range(fleet.accounts)],
                [Line(PER_PROJECT) for _ in range(projects)],
            )
            for writes in (False, True)
        }
        self._cores = [0.0] * fleet.cores
        self._threads = fleet.cores * THREADS_A_CORE
        self._waiting: deque[tuple[int, float]] = deque()
        self._waits: set[int] = set()
        self._runs: set[int] = set()
        self._events: list[tuple[float, int, Callable[[float], None]]] = []
        self._number = 0
        self.load = Load()

    def run(self, arrivals: Iterator[tuple[float, int]]) -> Load:
        """Let runs come, and see how they end."""
        coming = next(arrivals, None)
        while coming or self._events:
            if coming and (not self._events or coming[0] <= self._events[0][0]):
                self._ask(*coming)
                coming = next(arrivals, None)
            else:
                now, _, act = heappop(self._events)
                act(now)
        return self.load

    def _ask(self, now: float, workbook: int) -> None:
        if workbook not in self._waits:  # else it is the run that waits already
            self._waits.add(workbook)
            self._waiting.append((workbook, now))
            self._begin(now)

    def _begin(self, now: float) -> None:
        for _ in range(len(self._waiting)):
            if not self._threads:
                return
            workbook, asked = self._waiting.popleft()
            if workbook in self._runs:
                self._waiting.append((workbook, asked))
                continue
            self._threads -= 1
            self._waits.discard(workbook)
            self._runs.add(workbook)
            self._read(now, workbook, asked)
            return

    def _read(self, now: float, workbook: int, asked: float) -> None:
        done = self._turn(now, workbook, writes=False) + READ_SECONDS
        if self._chance.random() < DEAR:
            done = self._turn(done, workbook, writes=False) + READ_SECONDS
        self._at(done, lambda at: self._plan(at, workbook, asked))

    def _plan(self, now: float, workbook: int, asked: float) -> None:
        ends = max(now, self._cores[0]) + self._costs[workbook]
        heapreplace(self._cores, ends)
        self.load.core += self._costs[workbook]
        self._at(ends, lambda at: self._write(at, workbook, asked))

    def _write(self, now: float, workbook: int, asked: float) -> None:
        ends = now
        if self._chance.random() < WRITES:
            ends = self._turn(now, workbook, writes=True) + WRITE_SECONDS
        self._at(ends, lambda at: self._end(at, workbook, asked))

    def _end(self, now: float, workbook: int, asked: float) -> None:
        self.load.seconds.append(now - asked)
        self._runs.discard(workbook)
        self._threads += 1
        self._begin(now)

    def _turn(self, now: float, workbook: int, *, writes: bool) -> float:
        accounts, projects = self._lines[writes]
        account = workbook % self._fleet.accounts
        lines = (accounts[account], projects[account // ACCOUNTS_A_PROJECT])
        at = max(line.free_at(now) for line in lines)
        for line in lines:
            line.take(at)
        self.load.reads += not writes
        return at

    def _at(self, moment: float, act: Callable[[float], None]) -> None:
        self._number += 1
        heappush(self._events, (moment, self._number, act))
