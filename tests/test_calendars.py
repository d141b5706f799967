"""Calendars: working weeks as people write them, days off of countries, and everybody's own."""

from __future__ import annotations

from datetime import date

import pytest

from sheetflow.domain.calendar import Calendar
from sheetflow.domain.people import Person
from sheetflow.errors import Severity
from sheetflow.translate.country_days import country_days
from sheetflow.translate.reading import Reading, read_workspace
from sheetflow.translate.vocabulary import vocabulary
from sheetflow.translate.working_days import read_week
from sheets import TODAY, snapshot

ROWS = """
    | Publication | Type         | Delivery date |
    | Autumn tips | Blog article | 2026-12-18    |
"""


def reading(**tabs: str) -> Reading:
    """A workbook of one publication and some more tabs (`_` for a space in their names)."""
    named = {name.replace("_", " "): drawing for name, drawing in tabs.items()}
    return read_workspace(snapshot({"Publications": ROWS, **named}), TODAY)


def person(book: Reading, name: str) -> Person:
    """One person of the workbook."""
    return next(each for each in book.workspace.people or () if each.name == name)


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("Mon-Fri", (4, 4, 4, 4, 4, 0, 0)),
        ("Monday to Friday", (4, 4, 4, 4, 4, 0, 0)),
        ("Mon–Thu, Fri/2", (4, 4, 4, 4, 2, 0, 0)),
        ("Sat-Wed", (4, 4, 4, 0, 0, 4, 4)),
        ("Sat-Wed, Thu/2", (4, 4, 4, 2, 0, 4, 4)),
        ("Sat - Thu; Thu/2", (4, 4, 4, 2, 0, 4, 4)),
        ("Mon, Wed", (4, 0, 4, 0, 0, 0, 0)),
        ("Mon and Wed", (4, 0, 4, 0, 0, 0, 0)),
        ("Thu/2", (0, 0, 0, 2, 0, 0, 0)),
        ("Senin-Jumat", (4, 4, 4, 4, 4, 0, 0)),
        ("Senin s/d Jum'at", (4, 4, 4, 4, 4, 0, 0)),
        ("Senin, Rabu dan Sabtu/2", (4, 0, 4, 0, 0, 2, 0)),
        ("شنبه تا چهارشنبه", (4, 4, 4, 0, 0, 4, 4)),
        ("شنبه تا چهارشنبه، پنج‌شنبه/۲", (4, 4, 4, 2, 0, 4, 4)),
        ("شنبه، دوشنبه و چهارشنبه", (4, 0, 4, 0, 0, 4, 0)),
        ("5", None),
        ("mostly", None),
        ("Mon-Wed-Fri", None),
        ("Mon/3", None),
        (",", None),
        ("Mon, " * 10_000, None),
    ],
)
def test_working_days_are_read_as_written(text: str, week: tuple[int, ...] | None) -> None:
    """Ranges over the weekend, lists, half days, in three languages; anything else is no week."""
    assert read_week(text, vocabulary()) == week


@pytest.mark.parametrize(
    "text",
    ["Iran", "IR", "IRN", "iran", "ایران", "جمهوری اسلامی ایران", "Islamic Republic of Iran"],
)
def test_countries_are_known_by_their_names_and_codes(text: str) -> None:
    """English, Indonesian and Persian names, and the two codes."""
    found = country_days(text, TODAY)
    assert found is not None
    assert date(2027, 3, 21) in found.days


@pytest.mark.parametrize(
    ("text", "day"), [("Amerika Serikat", "2026-11-26"), ("India (MH)", "2026-05-01")]
)
def test_states_have_holidays_of_their_own(text: str, day: str) -> None:
    """A country may be followed by the code of a state."""
    found = country_days(text, TODAY)
    assert found is not None
    assert date.fromisoformat(day) in found.days


@pytest.mark.parametrize("text", ["Atlantis", "ID-XX", "", "-", "x" * 32_767])
def test_what_is_no_country_has_no_holidays(text: str) -> None:
    """An unknown country is told as such, not as one without holidays."""
    assert country_days(text, TODAY) is None


def test_indonesias_joint_leave_is_off() -> None:
    """Public holidays and the leave that the government decrees: 24 December 2026 is not worked."""
    book = reading(Settings="| Setting | Value |\n| Holidays country | Indonesia |")
    calendar = book.workspace.calendar
    assert calendar.quarters(date(2026, 12, 24)) == 0
    assert calendar.quarters(date(2026, 12, 25)) == 0
    assert calendar.quarters(date(2026, 12, 28)) == 4


@pytest.mark.parametrize(
    ("working_days", "thursday", "friday", "saturday"),
    [("", 4, 0, 4), ("Sat-Wed, Thu/2", 2, 0, 4), ("Mon-Fri", 4, 4, 0)],
)
def test_iran_has_the_weekend_that_the_team_states(
    working_days: str, thursday: int, friday: int, saturday: int
) -> None:
    """The library brings the special days; the week is the team's, or the country's where it states none."""
    book = reading(
        Settings=f"| Setting | Value |\n| Holidays country | ایران |\n| Working days | {working_days} |"
    )
    quarters = book.workspace.calendar.quarters
    week = [quarters(date(2026, 11, day)) for day in (26, 27, 28)]
    assert week == [thursday, friday, saturday]
    assert quarters(date(2027, 3, 21)) == 0


def test_holidays_that_may_move_are_told_once() -> None:
    """One note for all estimates up to the last delivery date, at the setting that brings them."""
    late = "| Publication | Type | Delivery date |\n| Ramadan | Blog article | 2027-03-26 |"
    book = read_workspace(
        snapshot(
            {
                "Publications": late,
                "Settings": "| Setting | Value |\n| Holidays country | Indonesia |",
            }
        ),
        TODAY,
    )
    (note,) = book.problems
    assert (note.code, note.severity, note.sheet, note.cell) == (
        "holidays_estimated",
        Severity.NOTE,
        "Settings",
        "B2",
    )
    assert not reading(Settings="| Setting | Value |\n| Holidays country | Indonesia |").problems


def test_the_teams_own_holidays_are_off_for_everybody() -> None:
    """A day of the Holidays tab stops the team and every person, whatever their own working days."""
    book = reading(
        Holidays="| Date | Name |\n| 2026-12-05 | Party |",
        Team="| Name | Working days |\n| Sari | Sat-Sun |",
    )
    assert book.workspace.calendar.holidays == {date(2026, 12, 5)}
    assert person(book, "Sari").calendar.quarters(date(2026, 12, 5)) == 0
    assert person(book, "Sari").calendar.quarters(date(2026, 12, 6)) == 4


def test_people_have_calendars_of_their_own() -> None:
    """Own working days replace the team's; From, Until and Time off count with their last day."""
    book = reading(
        Settings="| Setting | Value |\n| Working days | Sat-Wed, Thu/2 |",
        Team="""
            | Name | Working days | From       | Until      |
            | Sari | Mon, Wed     |            |            |
            | Budi |              | 2026-12-01 | 2026-12-08 |
        """,
        Time_off="""
            | Name | From       | To         | Note |
            | sari | 2026-12-07 | 2026-12-09 | Trip |
            | Budi | 2026-12-02 |            |      |
        """,
    )
    assert not [problem for problem in book.problems if problem.severity is Severity.ERROR]
    assert worked(person(book, "Sari").calendar) == [(30, 4), (2, 4), (14, 4)]
    assert worked(person(book, "Budi").calendar) == [
        (1, 4),
        (3, 2),
        (5, 4),
        (6, 4),
        (7, 4),
        (8, 4),
    ]


def worked(calendar: Calendar) -> list[tuple[int, int]]:
    """The days that are worked from 30 November to 14 December 2026, with their quarters."""
    first = date(2026, 11, 30).toordinal()
    days = [date.fromordinal(first + offset) for offset in range(15)]
    return [(day.day, calendar.quarters(day)) for day in days if calendar.quarters(day)]
