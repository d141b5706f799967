"""Random teams: part-timers, half days, people who come and go, time off, holidays, and settings of every kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from sheetflow.cells import Table, Value

PEOPLE = (
    "Sari", "Budi", "Dewi", "Agus", "Rina", "Joko", "Maya", "Tono", "Lina", "Hadi",
    "Nilufar", "Reza", "Sara", "Omid", "Leyla", "Kian", "Ana", "Ben", "Cleo", "Dan",
)  # fmt: skip
WEEKS = ("Mon-Fri", "Sat-Wed, Thu/2", "Mon-Sat", "Mon-Thu, Fri/2", "Sat-Wed")
OWN_WEEKS = ("Mon-Wed", "Tue, Thu, Fri/2", "Mon, Wed", "Mon-Sat", "Sat, Sun", "Wed-Fri")
SETTINGS: tuple[tuple[str, tuple[Value, ...]], ...] = (
    ("Holidays country", ("Indonesia", "Iran", "DE")),
    ("Working days", WEEKS),
    ("Time zone", ("Asia/Jakarta",)),
    ("Language", ("en", "id", "fa")),
    ("Calendar", ("Gregorian", "Jalali")),
    ("Hours per day", (5, 6, 7.5, 8)),
    ("Focus", (0.5, 0.6, 0.75, 0.9, 1)),
    ("Safety margin", (0, 1, 2, 4)),
    ("Amber below", (0, 1, 3)),
    ("Keep within", (0, 2, 5)),
    ("Rework factor", (0.1, 0.3, 0.5, 0.7, 1)),
    ("Reserve", (0, 0.1, 0.15, 0.3)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One row of the Team tab."""

    name: str
    skills: tuple[str, ...]
    hours: float | None = None
    week: str | None = None
    first: date | None = None
    last: date | None = None


def team(rng: Random, skills: list[str], publications: int) -> list[Member]:
    """People for most of the skills, two or three for some, more where there is much to do."""
    count = min(len(PEOPLE), max(2, len(skills) // 2, publications // 5) + rng.randint(0, 3))
    held: dict[str, list[str]] = {name: [] for name in rng.sample(PEOPLE, count)}
    names = list(held)
    for skill in skills:
        if rng.random() < 0.03:
            continue
        for name in rng.sample(names, min(count, rng.choice([1, 1, 2, 3, 1 + count // 3]))):
            held[name].append(skill)
    return [_member(rng, name, tuple(own)) for name, own in held.items()]


def _member(rng: Random, name: str, skills: tuple[str, ...]) -> Member:
    today = date(2026, 11, 23)
    joins = rng.random() < 0.1
    return Member(
        name=name,
        skills=skills,
        hours=rng.choice([2, 3, 4, 4.5, 7, 8]) if rng.random() < 0.3 else None,
        week=rng.choice(OWN_WEEKS) if rng.random() < 0.2 else None,
        first=today + timedelta(days=rng.randint(-60, 15)) if joins else None,
        last=today + timedelta(days=rng.randint(-5, 60))
        if not joins and rng.random() < 0.1
        else None,
    )


def team_table(rng: Random, members: list[Member]) -> Table:
    """The Team tab."""
    header = ("Name", "Email", "Skills", "Hours per day", "Working days", "From", "Until")
    rows = [
        (m.name, None, ", ".join(m.skills) or None, m.hours, m.week, m.first, m.last)
        for m in members
    ]
    return Table(sheet=rng.choice(["Team", "Tim", "تیم"]), rows=(header, *rows))


def time_off_table(rng: Random, members: list[Member], today: date) -> Table:
    """The Time off tab: a day or some weeks, for some of the team."""
    rows = []
    for member in members:
        for _ in range(rng.choice([0, 0, 0, 1, 2])):
            first = today + timedelta(days=rng.randint(-10, 40))
            last = first + timedelta(days=rng.choice([0, 0, 1, 4, 11]))
            rows.append((member.name, first, last, rng.choice([None, "leave"])))
    return Table(sheet="Time off", rows=(("Name", "From", "To", "Note"), *rows))


def holidays_table(rng: Random, today: date) -> Table:
    """The Holidays tab."""
    days = sorted(rng.sample(range(-10, 60), rng.randint(0, 5)))
    rows = [(today + timedelta(days=day), f"Holiday {day}") for day in days]
    return Table(sheet="Holidays", rows=(("Date", "Name"), *rows))


def settings_table(rng: Random) -> Table:
    """The Settings tab: each setting now and then."""
    chosen = [(name, rng.choice(values)) for name, values in SETTINGS if rng.random() < 0.3]
    return Table(sheet="Settings", rows=(("Setting", "Value"), *chosen))
