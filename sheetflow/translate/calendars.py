"""When the team works: its week, its holidays, and those of its country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sheetflow.cells import CellRef
from sheetflow.domain.calendar import Calendar
from sheetflow.errors import Problem, Severity
from sheetflow.translate.country_days import CountryDays, country_days, nearest_country
from sheetflow.translate.date_column import DateColumns
from sheetflow.translate.rows import Rows, shorten
from sheetflow.translate.settings import ReadSettings
from sheetflow.translate.working_days import MONDAY_TO_FRIDAY, read_week, week_without


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamCalendar:
    """The team's calendar; `estimated` are the country's holidays that may still move, with their names."""

    calendar: Calendar
    estimated: Mapping[date, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_calendar(read: ReadSettings, holidays: Rows | None, dates: DateColumns) -> TeamCalendar:
    """The team's week, without its country's holidays and those of the Holidays tab.

    Where the team states no working days, they are those of its country, or Monday to Friday.
    """
    country, problems = _country(read, dates.today)
    week = read_week(read.working_days, read.words) if read.working_days else None
    if read.working_days and week is None:
        problems += _error("working_days_unreadable", read.cells["Working days"], read.working_days)
    own = _own_holidays(holidays, dates) if holidays else frozenset()
    return TeamCalendar(
        calendar=Calendar(
            week=week or (week_without(country.weekend) if country else MONDAY_TO_FRIDAY),
            holidays=own | country.days if country else own,
        ),
        estimated=country.estimated if country else {},
        problems=problems,
    )


def _country(read: ReadSettings, today: date) -> tuple[CountryDays | None, tuple[Problem, ...]]:
    text = read.settings.holidays_country
    if not text or read.words.find("boolean", text) == "no":
        return None, ()
    found = country_days(text, today)
    if found:
        return found, ()
    nearest = nearest_country(text)
    cell = read.cells["Holidays country"]
    return None, _error("country_unknown", cell, text, nearest)


def _error(code: str, cell: CellRef, value: str, nearest: str | None = None) -> tuple[Problem, ...]:
    facts = {"value": shorten(value), "nearest": nearest}
    return (Problem(code=code, sheet=cell.sheet, cell=cell.a1, facts=facts),)


def _own_holidays(rows: Rows, dates: DateColumns) -> frozenset[date]:
    read = dates.read(rows, "Date")
    return frozenset(day for day in read.values() if day)


def estimate_note(
    team: TeamCalendar, cells: Mapping[str, CellRef], first: date, last: date
) -> tuple[Problem, ...]:
    """One note for all holidays within the plan's days whose dates may still move."""
    days = [day for day in sorted(team.estimated) if first <= day <= last]
    if not days:
        return ()
    cell = cells["Holidays country"]
    name = team.estimated[days[0]].partition(" (")[0]
    return (
        Problem(
            code="holidays_estimated",
            sheet=cell.sheet,
            cell=cell.a1,
            severity=Severity.NOTE,
            facts={"count": len(days), "date": days[0], "value": name},
        ),
    )
