"""Moments: a quarter of a day as one number, the day's ordinal times four plus the quarter."""

from __future__ import annotations

from datetime import date
from typing import Final

QUARTERS: Final = 4
NEAR: Final = 1e-9


def moment(day: date, quarter: int) -> int:
    """The number of a day's quarter (0 to 3)."""
    return day.toordinal() * QUARTERS + quarter


def last_moment(day: date) -> int:
    """The number of a day's quarter 3."""
    return moment(day, QUARTERS - 1)


def day_of(when: int) -> date:
    """The day that a moment lies in."""
    return date.fromordinal(when // QUARTERS)
