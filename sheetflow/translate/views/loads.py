"""Hours planned, or asked for, and hours there are, summed for the workload: by person or role, by skill and week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sheetflow.domain.plan import Plan
from sheetflow.domain.workspace import Workspace
from sheetflow.translate.palette import ROUNDING


@dataclass(slots=True, kw_only=True)
class Hours:
    """Planned and available hours."""

    planned: float = 0.0
    available: float = 0.0

    @property
    def share(self) -> float | None:
        """Planned over available; None where there is neither, more than 1 where nothing is available."""
        if self.available > ROUNDING:
            return self.planned / self.available
        return 2.0 if self.planned > ROUNDING else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One person, or one role: hours by day; `off` are the days on which nobody is there."""

    name: str
    skills: tuple[str, ...]
    days: Mapping[date, Hours] = field(default_factory=dict)
    off: frozenset[date] = frozenset()


def people_lines(plan: Plan, workspace: Workspace, days: Sequence[date]) -> list[Line]:
    """A line a person, in the team's order."""
    calendars = {person.name: person.calendar for person in workspace.people or ()}
    ahead = [day for day in days if day >= plan.today]
    return [
        Line(
            name=person.name,
            skills=person.skills,
            days={
                d.date: Hours(planned=d.planned_hours, available=d.capacity_hours)
                for d in person.days
            },
            off=frozenset(d for d in ahead if not calendars[person.name].quarters(d)),
        )
        for person in plan.people
    ]


def role_lines(plan: Plan) -> list[Line]:
    """A line a role, by name: hours without limits."""
    found: dict[str, dict[date, Hours]] = defaultdict(lambda: defaultdict(Hours))
    for row in plan.publications:
        for step in row.steps:
            for part in step.load if step.owner else ():
                found[step.owner or ""][part.date].planned += part.hours
    return [Line(name=role, skills=(), days=found[role]) for role in sorted(found)]


def total(line: Line, days: Iterable[date]) -> Hours:
    """The hours of a line over the days."""
    return _sum(line.days, days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Skills looked at together, and who has any of them; by day, what the dates ask for and what there is."""

    skills: tuple[str, ...]
    people: tuple[str, ...]
    days: Mapping[date, Hours]

    def hours(self, days: Iterable[date]) -> Hours:
        """The sums over the days."""
        return _sum(self.days, days)


def pools(plan: Plan) -> list[Pool]:
    """Each of the team's skills by itself, then those that a bottleneck names together."""
    single = dict.fromkeys((skill,) for person in plan.people for skill in person.skills)
    several = dict.fromkeys(found.skills for found in plan.bottlenecks)
    return [_pool(plan, skills) for skills in single | several]


def _pool(plan: Plan, skills: tuple[str, ...]) -> Pool:
    people = [person for person in plan.people if not set(skills).isdisjoint(person.skills)]
    days: dict[date, Hours] = defaultdict(Hours)
    for person in people:
        for day in person.days:
            days[day.date].available += day.capacity_hours
    for asked in plan.demand:
        for part in asked.days if asked.skill in skills else ():
            days[part.date].planned += part.hours
    return Pool(skills=skills, people=tuple(person.name for person in people), days=days)


def _sum(by_day: Mapping[date, Hours], days: Iterable[date]) -> Hours:
    sums = Hours()
    for day in days:
        hours = by_day.get(day)
        if hours is not None:
            sums.planned += hours.planned
            sums.available += hours.available
    return sums
