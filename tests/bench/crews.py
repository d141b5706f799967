"""Teams as a bench needs them: staffed until the scarcest set of roles is loaded as much as is wanted.

The load of a team as a whole hides its bottleneck. Measured is the greatest share, over all sets of roles, of the work
that only the people of these roles can do in the capacity that they have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from random import Random

from sheetflow.domain.calendar import Calendar, DateRange
from sheetflow.domain.people import Person

ROLES: Mapping[str, tuple[str, ...]] = {
    "words": ("Copywriter", "Editor / proofreader"),
    "art": ("Designer", "Video maker / editor"),
    "accounts": ("Account manager (client contact)", "Planner / strategist", "Creative lead"),
    "building": (
        "Programmer / web developer",
        "Tester / QA",
        "E-mail / automation specialist",
    ),
    "figures": ("Analyst", "SEO specialist", "Media buyer / ads specialist"),
    "channels": (
        "Publisher / traffic",
        "Community manager",
        "Social media specialist",
        "Influencer manager",
        "PR specialist",
        "Operations / clinic or shop staff",
    ),
    "approval": ("Internal approver",),
}
ROLE_OF: Mapping[str, str] = {skill: role for role, skills in ROLES.items() for skill in skills}
APPROVAL, MAKERS = "approval", frozenset({"words", "art", "building", "channels"})
FULL_TIME, PART_TIME = (6.0, 6.0, 6.0, 7.5), (3.0, 4.0)
SHARE_OF_PART_TIMERS = 0.2
SHORT_WEEKS = ((4, 4, 4, 4, 0, 0, 0), (4, 4, 4, 4, 2, 0, 0), (0, 4, 4, 4, 4, 0, 0))
DAYS_PER_ABSENCE = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person with the roles that they have."""

    person: Person
    roles: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Hours of work by role, and by the person to whom it is pinned."""

    by_role: Mapping[str, float]
    by_person: Mapping[str, float]


def staffed(
    rng: Random, demand: Demand, load: float, first: date, last: date, team: Calendar
) -> list[Member]:
    """Hire people, always for the role that lacks them most, until the bottleneck is loaded no more than wanted."""
    crew: list[Member] = []
    hours: dict[str, float] = {}
    while not crew or _bottleneck(crew, demand, hours) > load:
        role = _scarcest(crew, demand, hours)
        roles = frozenset({role, *_other_roles(rng, role, crew)})
        person = _hired(rng, len(crew) + 1, roles, first, team)
        crew.append(Member(person=person, roles=roles))
        hours[person.name] = capacity(person, first, last)
    return crew


def bottleneck(crew: list[Member], demand: Demand, first: date, last: date) -> float:
    """The load over capacity of the scarcest set of roles between two days; pinned work counts for its people."""
    hours = {member.person.name: capacity(member.person, first, last) for member in crew}
    return _bottleneck(crew, demand, hours)


def _bottleneck(crew: list[Member], demand: Demand, hours: Mapping[str, float]) -> float:
    sets = _sets(tuple(role for role, wanted in demand.by_role.items() if wanted > 0))
    alone = [
        _share(demand.by_person.get(name, 0.0), available) for name, available in hours.items()
    ]
    return max([*(_load_of(roles, crew, demand, hours) for roles in sets), *alone])


def capacity(person: Person, first: date, last: date) -> float:
    """The hours that somebody has between two days, both included."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return sum(person.calendar.quarters(day) for day in days) * person.hours_per_day / 4


def _sets(roles: tuple[str, ...]) -> Iterator[frozenset[str]]:
    for count in range(1, len(roles) + 1):
        yield from map(frozenset, combinations(roles, count))


def _load_of(
    roles: frozenset[str], crew: list[Member], demand: Demand, hours: Mapping[str, float]
) -> float:
    able = [member.person.name for member in crew if member.roles & roles]
    pinned = sum(demand.by_person.get(name, 0.0) for name in able)
    return _share(
        sum(demand.by_role[role] for role in roles) + pinned, sum(hours[name] for name in able)
    )


def _share(work: float, available: float) -> float:
    return work / available if available else float("inf") if work else 0.0


def _scarcest(crew: list[Member], demand: Demand, hours: Mapping[str, float]) -> str:
    """The role with the most work for the hours of its people, shared evenly among the roles that they have."""
    held = dict.fromkeys(demand.by_role, 0.01)
    for member in crew:
        for role in member.roles & held.keys():
            held[role] += hours[member.person.name] / len(member.roles)
    return max(sorted(held), key=lambda role: demand.by_role[role] / held[role])


def _other_roles(rng: Random, role: str, crew: list[Member]) -> list[str]:
    """None to two more; the first who approves makes nothing, so that somebody can always approve it."""
    roles = set(ROLES) - {role}
    if not any(APPROVAL in member.roles for member in crew):
        roles -= MAKERS if role == APPROVAL else {APPROVAL}
    return rng.sample(sorted(roles), rng.choice([0, 1, 1, 2]))


def _hired(rng: Random, number: int, roles: frozenset[str], first: date, team: Calendar) -> Person:
    is_part_timer = rng.random() < SHARE_OF_PART_TIMERS
    return Person(
        name=f"Person {number:03}",
        skills=tuple(skill for name, skills in ROLES.items() if name in roles for skill in skills),
        hours_per_day=rng.choice(PART_TIME if is_part_timer else FULL_TIME),
        calendar=Calendar(
            week=rng.choice(SHORT_WEEKS) if rng.random() < SHARE_OF_PART_TIMERS else team.week,
            holidays=team.holidays,
            away=tuple(_absences(rng, first)),
        ),
    )


def _absences(rng: Random, first: date) -> Iterator[DateRange]:
    """About one absence in forty days, for a day or a week, through two years."""
    day = rng.randint(0, 2 * DAYS_PER_ABSENCE)
    while day < 2 * 365:
        length = rng.choice([1, 1, 2, 5])
        yield DateRange(
            first=first + timedelta(days=day), last=first + timedelta(days=day + length - 1)
        )
        day += length + rng.randint(DAYS_PER_ABSENCE // 2, DAYS_PER_ABSENCE * 3 // 2)
