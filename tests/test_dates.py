"""Dates: every way in which teams write them, and the order of day and month, decided once a column."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import jdatetime
import pytest

from sheetflow.cells import EXCEL_EPOCH, CellFault, Value
from sheetflow.domain.settings import CalendarSystem
from sheetflow.translate.date_texts import DateTrouble
from sheetflow.translate.dates import read_dates
from sheetflow.translate.jalali import from_jalali, to_jalali
from sheets import TODAY

GREGORIAN, JALALI = CalendarSystem.GREGORIAN, CalendarSystem.JALALI


def read(
    *cells: Value, order: str | None = None, calendar: CalendarSystem = GREGORIAN
) -> tuple[str | None, ...]:
    """A column of dates: ISO text, the code of a trouble, or None."""
    days = read_dates(cells, epoch=EXCEL_EPOCH, order=order, calendar=calendar, today=TODAY)
    return tuple(
        day.code if isinstance(day, DateTrouble) else day.isoformat() if day else None
        for day in days
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (date(2026, 12, 4), "2026-12-04"),
        (datetime(2026, 12, 4, 10, 30), "2026-12-04"),  # noqa: DTZ001 - a sheet's times have no zone
        (46023, "2026-01-01"),
        (46023.75, "2026-01-01"),
        (20261204, "2026-12-04"),
        ("2026-12-04", "2026-12-04"),
        ("2026-12-04T00:00:00Z", "2026-12-04"),
        ("2026-12-04 10:30", "2026-12-04"),
        ("2026/12/4", "2026-12-04"),
        ("13/12/2026", "2026-12-13"),
        ("12/13/2026", "2026-12-13"),
        ("25.12.26", "2026-12-25"),
        ("05/05/2027", "2027-05-05"),
        ("12 Des 2026", "2026-12-12"),
        ("Senin, 5 Okt 2026", "2026-10-05"),
        ("Jum'at, 4 Desember 2026", "2026-12-04"),
        ("5 December 2026", "2026-12-05"),
        ("Dec 5, 2026", "2026-12-05"),
        ("December 5th, 2026", "2026-12-05"),
        ("5-Dec-26", "2026-12-05"),
        ("4 Dec", "2026-12-04"),
        ("13/12", "2026-12-13"),
        ("2026 Dec 4", "2026-12-04"),
        ("Fri 4 Dec", "2026-12-04"),
        ("۴ دسامبر ۲۰۲۶", "2026-12-04"),
        ("٢٠٢٦/١٢/٠٤", "2026-12-04"),
        ("۱۴۰۵/۰۹/۲۱", "2026-12-12"),
        ("1405/09/21", "2026-12-12"),
        ("1405-9-21", "2026-12-12"),
        ("۲۱/۹/۱۴۰۵", "2026-12-12"),
        ("۱۵ فروردین ۱۴۰۵", "2026-04-04"),
        ("شنبه، ۱۵ فروردین ۱۴۰۵", "2026-04-04"),
        ("شنبه ۱۵ فروردین‌ماه ۱۴۰۵", "2026-04-04"),
        ("یک شنبه ۱۵ آذر ۱۴۰۵", "2026-12-06"),
        ("يكشنبه ۱۵ آذر", "2026-12-06"),
        ("TBD", None),
        ("-", None),
        ("n/a", None),
        ("belum", None),
        ("نامشخص", None),
        ("  ", None),
        (None, None),
    ],
)
def test_a_date_is_read_as_it_is_written(cell: Value, expected: str | None) -> None:
    """Excel's dates and numbers, ISO text, and texts in three languages, two calendars and three scripts."""
    assert read(cell) == (expected,)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("tomorrow", "date_relative"),
        ("besok", "date_relative"),
        ("فردا", "date_relative"),
        ("next Friday", "date_relative"),
        ("soon", "date_unreadable"),
        ("5-7 Dec 2026", "date_unreadable"),
        ("12/2026", "date_unreadable"),
        ("4/12", "date_ambiguous"),
        ("Monday 29 Feb", "date_impossible"),
        ("Dec 2026", "date_unreadable"),
        (True, "date_unreadable"),
        (CellFault("#REF!"), "date_unreadable"),
        (float("inf"), "date_unreadable"),
        ("04/12/2026", "date_ambiguous"),
        ("۴/۹/۱۴۰۵", "date_ambiguous"),
        ("05/01/15", "date_ambiguous"),
        ("1926-12-04", "date_out_of_range"),
        (date(2206, 1, 1), "date_out_of_range"),
        (14, "date_out_of_range"),
        ("10 Jun", "date_year_missing"),
        ("31 Feb 2026", "date_impossible"),
        ("31/11/2026", "date_impossible"),
        ("1404/12/30", "date_impossible"),
        ("Thursday, 4 Dec 2026", "date_weekday"),
        ("13/12/15", "date_two_digit_year"),
    ],
)
def test_what_is_no_date_is_trouble(cell: Value, code: str) -> None:
    """Nothing is guessed: each way of not being a date has its own sentence."""
    assert read(cell) == (code,)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (["04/12/2026", "13/12/2026"], ["2026-12-04", "2026-12-13"]),
        (["04/12/2026", "04/13/2027"], ["2026-04-12", "2027-04-13"]),
        (["04/12/2026", "05/05/2027"], ["date_ambiguous", "2027-05-05"]),
        (["04.12.26", "25.12.26"], ["2026-12-04", "2026-12-25"]),
        (["04/12/2026", "Fri 04/12/2026"], ["2026-12-04", "2026-12-04"]),
        (["۴/۹/۱۴۰۵", "۲۱/۹/۱۴۰۵"], ["2026-11-25", "2026-12-12"]),
        (["04/12/2026", "۲۱/۹/۱۴۰۵"], ["date_ambiguous", "2026-12-12"]),
        (
            ["04/12/2026", "13/12/2026", "12/14/2026", "05/05/2027", "2026-12-04"],
            ["date_order_mixed"] * 3 + ["2027-05-05", "2026-12-04"],
        ),
    ],
)
def test_the_whole_column_decides_which_is_the_day(
    column: Sequence[str], expected: Sequence[str]
) -> None:
    """A value over 12 decides for all; values that contradict one another decide nothing."""
    assert list(read(*column)) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("DMY", ("2026-12-04", "date_order_mixed")),
        ("MDY", ("2026-04-12", "2026-12-13")),
    ],
)
def test_settings_decide_before_the_values(order: str, expected: Sequence[str]) -> None:
    """With Date order in Settings nothing is ambiguous, and what contradicts it is trouble."""
    assert read("04/12/2026", "12/13/2026", order=order) == expected


def test_years_of_two_digits_come_first_only_by_settings() -> None:
    """26/12/04 is a date only where Settings say that the year comes first."""
    assert read("26/12/04", order="YMD") == ("2026-12-04",)
    assert read("26/12/04") == ("date_two_digit_year",)


def test_years_of_two_digits_are_trouble_in_a_jalali_sheet() -> None:
    """05/09/21 may be the Jalali year 1405, 1421 or a Gregorian one: it is asked, never guessed."""
    assert read("05/09/21", calendar=JALALI) == ("date_two_digit_year",)


def test_serial_numbers_count_from_the_workbooks_own_epoch() -> None:
    """A workbook of the 1904 system counts its days from another day."""
    days = read_dates([44561], epoch=date(1904, 1, 1), order=None, calendar=GREGORIAN, today=TODAY)
    assert days == (date(2026, 1, 1),)


def test_every_jalali_day_of_a_century_is_that_of_the_library() -> None:
    """Both directions of the conversion agree, for every day from 1350 to 1450."""
    day, last = date(1971, 3, 21), date(2072, 3, 19)
    while day <= last:
        there = jdatetime.date.fromgregorian(date=day)
        assert to_jalali(day) == (there.year, there.month, there.day)
        assert from_jalali(*to_jalali(day)) == day
        day += timedelta(days=1)
