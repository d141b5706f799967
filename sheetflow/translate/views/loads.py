"""Hours planned and hours there are, summed for the workload: by person or role, by skill and week."""

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
    sums = Hours()
    for day in days:
        hours = line.days.get(day)
        if hours is not None:
            sums.planned += hours.planned
            sums.available += hours.available
    return sums


def skill_hours(plan: Plan, days: Iterable[date]) -> dict[str, Hours]:
    """Of each skill of the team over the days: the load of its steps, the capacity of those who have it."""
    wanted = set(days)
    found = {skill: Hours() for person in plan.people for skill in person.skills}
    for person in plan.people:
        capacity = sum(day.capacity_hours for day in person.days if day.date in wanted)
        for skill in person.skills:
            found[skill].available += capacity
    for row in plan.publications:
        for step in row.steps:
            if step.skill in found:
                load = sum(part.hours for part in step.load if part.date in wanted)
                found[step.skill].planned += load
    return found
