"""Bottlenecks: the weeks in which some people are asked for more hours than they have, and the rows that suffer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from sheetflow.domain.bottleneck import Bottleneck
from sheetflow.domain.calendar import Calendar
from sheetflow.domain.plan import PlannedStep, PublicationPlan
from sheetflow.engine.kernel.laying import DAYS_PER_WEEK
from sheetflow.engine.load.demand import Demand, spans
from sheetflow.engine.load.overloads import Overload, overloads
from sheetflow.engine.load.pools import Weeks, bits, pools_of
from sheetflow.engine.schedule.score import DECIMALS
from sheetflow.engine.work.jobs import TEAM, Job
from sheetflow.engine.work.scene import Scene


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
    """The overloads for which rows are late or lose days of their margin, the earliest first."""
    weeks = _Weeks(scene, calendar)
    held = tuple(_held(scene, weeks, rows))
    wanted = {skill: weeks.summed(days) for skill, days in demand.items() if any(days)}
    if not (held and wanted):
        return ()
    last = max(week for sums in wanted.values() for week, hours in enumerate(sums) if hours)
    asked = {skill: sums[: last + 1] for skill, sums in wanted.items()}
    had = [weeks.summed(days)[: last + 1] for days in scene.capacity]
    skills = list(asked)

    def hit(over: Overload) -> list[Held]:
        names = {skills[number] for number in bits(over.pool.skills)}
        return [
            row
            for row in held
            if row.skill in names and row.first <= over.last and row.last >= over.first
        ]

    found = overloads(pools_of(asked, scene.crew.by_skill, had), lambda over: bool(hit(over)))
    return tuple(_told(over, skills, hit(over), weeks) for over in found)


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
        return [sum(days[a:b]) for a, b in pairwise(cuts)]


def _told(over: Overload, skills: Sequence[str], hit: Sequence[Held], weeks: _Weeks) -> Bottleneck:
    """An overload as a plan shows it."""
    late = {row.id for row in hit if row.is_late}
    return Bottleneck(
        skills=tuple(skills[number] for number in bits(over.pool.skills)),
        first_week=weeks.first_day(over.first),
        last_week=weeks.first_day(over.last),
        booked_share=round(over.share, DECIMALS),
        hours_over=round(over.over, DECIMALS),
        hours_early=round(over.early, DECIMALS),
        late_rows=tuple(sorted(late)),
        squeezed_rows=tuple(sorted({row.id for row in hit} - late)),
    )


def _held(scene: Scene, weeks: _Weeks, rows: Iterable[PublicationPlan]) -> Iterator[Held]:
    jobs = {job.row.id: job for job in scene.jobs}
    for row in rows:
        step = _waiting_step(row)
        if step is None or step.due is None:
            continue
        first = weeks.number(_latest_start(jobs[row.id], scene, step.step))
        is_late = bool(row.forecast and row.delivery and row.forecast > row.delivery)
        yield Held(row.id, step.skill, first, weeks.number(step.due), is_late)


def _waiting_step(row: PublicationPlan) -> PlannedStep | None:
    """The step whose owner, full or away, makes the row late or amber."""
    if not row.why.code.endswith(("_busy", "_away")):
        return None
    name = row.why.facts.get("step")
    return next((step for step in row.steps if step.step == name), None)


def _latest_start(job: Job, scene: Scene, step: str) -> date:
    task = next(i for i, task in enumerate(job.tasks) if task.step.name == step)
    slots = scene.line.lanes[TEAM].slots
    return scene.line.day(slots[min(spans(job, scene.line)[task][0], len(slots) - 1)])
