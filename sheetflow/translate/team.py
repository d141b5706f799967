"""Reading the Team and Time off tabs: who there is, what they can do, and when they work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sheetflow.domain.calendar import Calendar, DateRange
from sheetflow.domain.people import Person
from sheetflow.domain.settings import Settings
from sheetflow.translate.date_column import ANY_YEARS, DateColumns
from sheetflow.translate.folding import fold
from sheetflow.translate.lists import split_names
from sheetflow.translate.rows import Rows, as_number, shorten
from sheetflow.translate.vocabulary import Vocabulary, closest
from sheetflow.translate.working_days import read_week

INPUTS = ("Name", "Email", "Skills", "Hours per day", "Working days", "From", "Until")
HOURS_OF_A_DAY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The people by folded name; None where the workbook names nobody."""

    people: Mapping[str, Person] | None = None

    def find(self, name: str) -> Person | None:
        """The person of that name, however it is typed."""
        return (self.people or {}).get(fold(name))

    def nearest(self, name: str) -> str | None:
        """The name spelt most like the text."""
        people = self.people or {}
        found = closest(fold(shorten(name)), tuple(people))
        return people[found].name if found else None

    def everybody(self) -> tuple[Person, ...] | None:
        """The people in the order of the tab."""
        return None if self.people is None else tuple(self.people.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamWords:
    """What a row of the Team tab leaves open, it takes from here."""

    words: Vocabulary
    settings: Settings
    calendar: Calendar
    dates: DateColumns


def read_team(rows: Rows, base: TeamWords) -> Team:
    """The people of the Team tab; a tab without anybody is like no tab."""
    starts = base.dates.read(rows, "From", ANY_YEARS)
    ends = base.dates.read(rows, "Until", ANY_YEARS)
    people: dict[str, Person] = {}
    cells: dict[str, str] = {}
    for row in rows.numbers():
        name = rows.text(row, "Name")
        if not name:
            continue
        if fold(name) in people:
            rows.error(row, "Name", "person_twice", value=shorten(name), other=cells[fold(name)])
            continue
        people[fold(name)] = _person(rows, row, base, DateRange(first=starts[row], last=ends[row]))
        cells[fold(name)] = rows.tab.ref(row, "Name").a1
    return Team(people=people or None)


def _person(rows: Rows, row: int, base: TeamWords, employed: DateRange) -> Person:
    skills = split_names(rows.text(row, "Skills"))
    return Person(
        name=rows.text(row, "Name"),
        skills=tuple(dict.fromkeys(base.words.find("skill", each) or each for each in skills)),
        hours_per_day=_hours(rows, row, base.settings.hours_per_day),
        calendar=_calendar(rows, row, base, employed),
        email=rows.text(row, "Email"),
        cells=rows.cells(row, INPUTS),
    )


def _hours(rows: Rows, row: int, default: float) -> float:
    value = rows.value(row, "Hours per day")
    hours = as_number(value)
    if value is None:
        return default
    if hours is None or not 0 < hours <= HOURS_OF_A_DAY:
        shown = shorten(rows.text(row, "Hours per day"))
        rows.error(row, "Hours per day", "hours_per_day_unreadable", value=shown, hours=default)
        return default
    return hours


def _calendar(rows: Rows, row: int, base: TeamWords, employed: DateRange) -> Calendar:
    text = rows.text(row, "Working days")
    week = read_week(text, base.words) if text else base.calendar.week
    if week is None:
        rows.error(row, "Working days", "working_days_unreadable", value=shorten(text))
    if employed.first and employed.last and employed.last < employed.first:
        rows.error(row, "Until", "range_backward", start=employed.first, end=employed.last)
        employed = DateRange()
    return replace(base.calendar, week=week or base.calendar.week, employed=employed)


def with_time_off(team: Team, rows: Rows, dates: DateColumns) -> Team:
    """The team with everybody's days away."""
    away: dict[str, list[DateRange]] = {}
    starts, ends = (dates.read(rows, header, ANY_YEARS) for header in ("From", "To"))
    for row in rows.numbers():
        span = _time_off(rows, row, starts[row], ends[row])
        name = rows.text(row, "Name")
        if span is None or not _is_known(rows, row, name, team):
            continue
        away.setdefault(fold(name), []).append(span)
    if not team.people:
        return team
    return Team(
        people={key: _away(person, tuple(away.get(key, ()))) for key, person in team.people.items()}
    )


def _away(person: Person, spans: tuple[DateRange, ...]) -> Person:
    return replace(person, calendar=replace(person.calendar, away=spans))


def _time_off(rows: Rows, row: int, first: date | None, last: date | None) -> DateRange | None:
    """The days of one row, one day where it has no To; None for a blank row and for one that makes no sense."""
    if rows.is_broken(row, "From") or rows.is_broken(row, "To"):
        return None
    if first is None:
        if last is not None or rows.text(row, "Name"):
            rows.error(row, "From", "date_missing", value=shorten(rows.text(row, "From")))
        return None
    if last is not None and last < first:
        rows.error(row, "To", "range_backward", start=first, end=last)
        return None
    return DateRange(first=first, last=last or first)


def _is_known(rows: Rows, row: int, name: str, team: Team) -> bool:
    if team.people is None:
        return False
    if team.find(name):
        return True
    if not rows.is_broken(row, "Name"):
        code = "person_unknown" if name else "person_missing"
        rows.error(row, "Name", code, value=shorten(name), nearest=team.nearest(name))
    return False
