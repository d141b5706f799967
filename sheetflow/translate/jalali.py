"""The Persian (Jalali) calendar."""

from __future__ import annotations

from datetime import date

_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def persian_digits(text: str) -> str:
    """The text with Persian digits."""
    return text.translate(_PERSIAN_DIGITS)


def from_jalali(year: int, month: int, day: int) -> date | None:
    """The Gregorian day of a Jalali date; None where there is no such day."""
    from jdatetime import date as jalali_date

    try:
        found: date = jalali_date(year, month, day).togregorian()
    except ValueError:
        return None
    return found


def to_jalali(day: date) -> tuple[int, int, int]:
    """Year, month and day in the Jalali calendar."""
    from jdatetime import GregorianToJalali

    jalali = GregorianToJalali(day.year, day.month, day.day)
    return jalali.jyear, jalali.jmonth, jalali.jday


def to_jalali_text(day: date) -> str:
    """The date as a Persian sheet writes it: `۱۴۰۵/۰۹/۱۳`."""
    year, month, of_month = to_jalali(day)
    return persian_digits(f"{year}/{month:02}/{of_month:02}")
