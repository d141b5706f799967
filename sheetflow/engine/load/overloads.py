"""Overloads: pools that are asked for more hours than they have in a run of weeks, each told once and as few skills."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sheetflow.engine.load.pools import MOST_SKILLS, Pool, Weeks

LEAST_SHARE, LEAST_HOURS = 1.01, 1.0
NEWS = 1.5
"""More skills together are worth telling where they are over by so many times what their parts are."""
MOST_TOLD = 10


class Overload(NamedTuple):
    """A pool and the weeks, both included, in which it is asked for too much."""

    pool: Pool
    first: int
    last: int

    @property
    def over(self) -> float:
        """The hours too many."""
        asked, had = self.pool.hours(self.first, self.last)
        return asked - had

    @property
    def share(self) -> float:
        """The hours asked for over the hours had."""
        return self.pool.share(self.first, self.last)

    @property
    def early(self) -> float:
        """As many of the hours too many as could be worked in the weeks before."""
        left = self.over
        for week in reversed(range(self.first)):
            asked, had = self.pool.hours(week, week)
            left += asked - had
            if left <= 0:
                return self.over
        return max(0.0, self.over - left)

    @property
    def order(self) -> tuple[int, int, int, int]:
        """The earliest first, few skills before many."""
        return self.first, self.last, self.pool.size, self.pool.skills

    def is_within(self, other: Overload) -> bool:
        """Whether the other has all these skills."""
        return self.pool.skills & ~other.pool.skills == 0

    def meets(self, other: Overload) -> bool:
        """Whether the two have weeks and people in common."""
        apart = self.last < other.first or other.last < self.first
        return not apart and bool(self.pool.people & other.pool.people)


def overloads(pools: Mapping[int, Pool], is_felt: Callable[[Overload], bool]) -> list[Overload]:
    """The worst overloads that are felt, the earliest first; few skills are named before many."""
    told: list[Overload] = []
    found = [Overload(pool, *run) for pool in pools.values() for run in _runs(pool)]
    found = [over for over in found if over.share >= LEAST_SHARE and over.over >= LEAST_HOURS]
    for over in sorted(found, key=lambda over: (over.pool.size, -over.over, *over.order)):
        known = [other for other in told if other.meets(over)]
        if _is_news(over, known) and not _is_tighter_inside(over, pools) and is_felt(over):
            told = [other for other in told if other not in known or not other.is_within(over)]
            told.append(over)
    worst = sorted(told, key=lambda over: (-over.over, *over.order))[:MOST_TOLD]
    return sorted(worst, key=lambda over: over.order)


def _is_news(over: Overload, known: Sequence[Overload]) -> bool:
    """Whether it says much more than is told already; all skills together only where nothing is."""
    if over.pool.size > MOST_SKILLS:
        return not known
    return over.over > NEWS * sum(other.over for other in known)


def _is_tighter_inside(over: Overload, pools: Mapping[int, Pool]) -> bool:
    """Whether fewer of the skills are as full in the same weeks: then it is those that are short."""
    pool, first, last = over
    return any(
        part.skills & ~pool.skills == 0 and part.share(first, last) >= over.share
        for part in pools.values()
        if part.size < pool.size
    )


def _runs(pool: Pool) -> Iterator[tuple[int, int]]:
    """The runs of weeks that are over as a whole, and over by less if they were any longer or shorter.

    Ruzzo and Tompa's maximal scoring subsequences. Weeks in which nobody is there lean on those before.
    """
    total = [asked - had for asked, had in zip(pool.asked, pool.had, strict=True)]
    runs: list[tuple[int, int]] = []
    for week in range(len(total) - 1):
        if total[week + 1] <= total[week]:
            continue
        run = (week, week)
        while (place := _joins(runs, run, total)) is not None:
            run = (runs[place][0], week)
            del runs[place:]
        runs.append(run)
    for begin, last in runs:
        first = begin
        while first and not pool.hours(first, last)[1]:
            first -= 1
        yield first, last


def _joins(runs: list[tuple[int, int]], run: tuple[int, int], total: Weeks) -> int | None:
    """The last earlier run that begins lower, if joining it gains; None otherwise."""
    for place in reversed(range(len(runs))):
        first, last = runs[place]
        if total[first] < total[run[0]]:
            return place if total[last + 1] < total[run[1] + 1] else None
    return None
