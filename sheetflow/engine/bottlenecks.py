"""Bottlenecks: the weeks in which some people are asked for more hours than they have, and the rows that suffer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sheetflow.domain.bottleneck import Bottleneck
from sheetflow.domain.calendar import Calendar
from sheetflow.domain.plan import PlannedStep, PublicationPlan
from sheetflow.engine.demand import Demand, spans
from sheetflow.engine.jobs import TEAM, Job
from sheetflow.engine.laying import DAYS_PER_WEEK
from sheetflow.engine.pools import Pool, Weeks, pools_of
from sheetflow.engine.scene import Scene
from sheetflow.engine.score import DECIMALS

LEAST_SHARE, LEAST_HOURS = 1.005, 0.5
NEWS = 2.0
"""A wider pool is worth telling where it is over by so many times what is told of its parts."""


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

    def meets(self, other: Overload) -> bool:
        """Whether the two have weeks and people in common."""
        apart = self.last < other.first or other.last < self.first
        return not apart and bool(self.pool.people & other.pool.people)


class Held(NamedTuple):
    """A publication held up by an owner without time: the skill, the weeks from when it was due to when it is done."""

    id: str
    skill: str
    first: int
    last: int
    is_late: bool


def bottlenecks_of(
    scene: Scene, calendar: Calendar, demand: Demand, rows: Iterable[PublicationPlan]
) -> tuple[Bottleneck, ...]:
    """The overloads for which rows are late or lose their margin, the earliest first, each told once."""
    weeks = _Weeks(scene, calendar)
    held = tuple(_held(scene, weeks, rows))
    if not held:
        return ()
    asked = {skill: weeks.summed(days) for skill, days in demand.items()}
    last = max((w for sums in asked.values() for w, hours in enumerate(sums) if hours), default=-1)
    asked = {skill: sums[: last + 1] for skill, sums in asked.items()}
    had = [weeks.summed(days)[: last + 1] for days in scene.capacity]
    told = _tightest(pools_of(asked, scene.crew.by_skill, had), held)
    return tuple(_told(over, asked, held, weeks) for over in sorted(told, key=_order))


class _Weeks:
    """Weeks as the team counts them, today's being 0."""

    def __init__(self, scene: Scene, calendar: Calendar) -> None:
        self._today = scene.line.today
        self._gone = calendar.day_of_week(self._today)

    def number(self, day: date) -> int:
        """The week of a day."""
        return ((day - self._today).days + self._gone) // DAYS_PER_WEEK

    def first_day(self, week: int) -> date:
        """The first day of a week."""
        return self._today + timedelta(days=week * DAYS_PER_WEEK - self._gone)

    def summed(self, days: Sequence[float]) -> Weeks:
        """Hours by day, summed by week."""
        begin = DAYS_PER_WEEK - self._gone
        cuts = [0, *range(begin, len(days), DAYS_PER_WEEK), len(days)]
        return [sum(days[a:b]) for a, b in zip(cuts, cuts[1:], strict=False)]


def _tightest(pools: Sequence[Pool], held: Sequence[Held]) -> list[Overload]:
    """The overloads that somebody suffers from, the fullest first, without those that say nothing new."""
    told: list[Overload] = []
    found = [Overload(pool, *run) for pool in pools for run in _runs(pool)]
    found = [over for over in found if over.share >= LEAST_SHARE and over.over >= LEAST_HOURS]
    for over in sorted(found, key=lambda over: (-over.share, *_order(over))):
        known = sum(other.over for other in told if other.meets(over))
        if (
            over.over > NEWS * known
            and not _is_tighter_inside(over, pools)
            and any(_suffers(row, over) for row in held)
        ):
            told.append(over)
    return told


def _told(
    over: Overload, asked: Mapping[str, Weeks], held: Iterable[Held], weeks: _Weeks
) -> Bottleneck:
    """An overload as a plan shows it."""
    pool, first, last = over
    hit = [row for row in held if _suffers(row, over)]
    late = {row.id for row in hit if row.is_late}
    return Bottleneck(
        skills=tuple(skill for skill in pool.skills if any(asked[skill][first : last + 1])),
        first_week=weeks.first_day(first),
        last_week=weeks.first_day(last),
        booked_share=round(over.share, DECIMALS),
        hours_over=round(over.over, DECIMALS),
        late_rows=tuple(sorted(late)),
        squeezed_rows=tuple(sorted({row.id for row in hit} - late)),
    )


def _order(over: Overload) -> tuple[int, int, int, tuple[str, ...]]:
    return over.first, over.last, len(over.pool.skills), over.pool.skills


def _is_tighter_inside(over: Overload, pools: Iterable[Pool]) -> bool:
    """Whether fewer people are as full in the same weeks: then it is they who are short."""
    pool, first, last = over
    return any(
        part.people != pool.people
        and not part.people & ~pool.people
        and part.share(first, last) >= over.share
        for part in pools
    )


def _runs(pool: Pool) -> Iterator[tuple[int, int]]:
    """The runs of weeks that are asked for too much as a whole and cannot be widened without being asked less.

    Ruzzo and Tompa's maximal scoring subsequences, one pass. Weeks in which nobody is there lean on the one before.
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


def _suffers(row: Held, over: Overload) -> bool:
    return (
        row.skill in over.pool.skills and row.first <= over.last and row.last >= over.first
    )


def _held(scene: Scene, weeks: _Weeks, rows: Iterable[PublicationPlan]) -> Iterator[Held]:
    jobs = {job.row.id: job for job in scene.jobs}
    for row in rows:
        step = _waiting_step(row)
        if step is None or step.due is None:
            continue
        job = jobs[row.id]
        first = _latest_start(job, scene, step.step)
        is_late = bool(row.forecast and row.delivery and row.forecast > row.delivery)
        yield Held(row.id, step.skill, weeks.number(first), weeks.number(step.due), is_late)


def _waiting_step(row: PublicationPlan) -> PlannedStep | None:
    """The step whose owner, full or away, makes the row late or amber."""
    if not row.why.code.endswith(("_busy", "_away")):
        return None
    name = row.why.facts.get("step")
    return next((step for step in row.steps if step.step == name), None)


def _latest_start(job: Job, scene: Scene, step: str) -> date:
    task = next(i for i, task in enumerate(job.tasks) if task.step.name == step)
    slot = spans(job, scene.line)[task][0]
    return scene.line.day(scene.line.lanes[TEAM].slots[slot])
