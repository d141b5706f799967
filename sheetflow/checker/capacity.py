"""Capacity: nobody's loads of a day exceed their hours, and the people's days add up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sheetflow.checker.evidence import Evidence
from sheetflow.checker.violation import Violation
from sheetflow.domain.people import Person
from sheetflow.domain.plan import PersonDay, PersonPlan

ROUNDING = 1e-3
DAY = timedelta(days=1)


def check_capacity(evidence: Evidence) -> Iterator[Violation]:
    """The loads of every person stay within the hours of every day."""
    for name, person in evidence.people.items():
        for day, hours in sorted(evidence.loads.get(name, {}).items()):
            capacity = evidence.capacity(person, day)
            if hours > capacity + ROUNDING:
                detail = f"{name} has {hours:.4f} hours on {day}, and {capacity:.4f} at most"
                yield Violation(rule="capacity", detail=detail)


def check_people(evidence: Evidence) -> Iterator[Violation]:
    """The plan lists every person once, with the hours that the loads and the calendars give."""
    wanted = sorted((person.name, person.skills) for person in evidence.people.values())
    found = sorted((listed.name, listed.skills) for listed in evidence.plan.people)
    if wanted != found:
        yield Violation(rule="people", detail="not the people of the Team tab with their skills")
    for listed in evidence.plan.people:
        if listed.name in evidence.people:
            person = evidence.people[listed.name]
            for detail in (*_days(evidence, listed), *_figures(evidence, person, listed)):
                yield Violation(rule="people", detail=f"{listed.name}: {detail}")


def _days(evidence: Evidence, listed: PersonPlan) -> Iterator[str]:
    """From today on, in order, without gaps, up to the last load at least."""
    days = [listed_day.date for listed_day in listed.days]
    if days != sorted(set(days)) or (days and days[0] < evidence.plan.today):
        yield "days doubled, out of order or past"
    loads = {day for day, hours in evidence.loads.get(listed.name, {}).items() if hours > ROUNDING}
    missing = sorted(loads - set(days))
    if missing:
        yield f"{missing[0]} has load but is not listed"


def _figures(evidence: Evidence, person: Person, listed: PersonPlan) -> Iterator[str]:
    by_day = {listed_day.date: listed_day for listed_day in listed.days}
    day, last = evidence.plan.today, max(by_day, default=date.min)
    while day <= last:
        yield from _figures_of_day(evidence, person, day, by_day.get(day))
        day += DAY


def _figures_of_day(
    evidence: Evidence, person: Person, day: date, listed: PersonDay | None
) -> Iterator[str]:
    capacity, hours = evidence.capacity(person, day), evidence.load(person.name, day)
    if listed is None:
        if capacity > ROUNDING or hours > ROUNDING:
            yield f"{day} is left out"
        return
    if max(capacity, hours) <= 0:
        yield f"{day} is listed without capacity and load"
    if abs(listed.capacity_hours - capacity) > ROUNDING:
        yield f"capacity {listed.capacity_hours} on {day}, not {capacity:.4f}"
    if abs(listed.planned_hours - hours) > ROUNDING:
        yield f"planned {listed.planned_hours} on {day}, not {hours:.4f}"
