"""Working calendars: how many of a day's four quarters are worked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

HALF_DAY, FULL_DAY = 2, 4
DAYS_PER_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """Days from `first` to `last`, both included; None is open."""

    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies in the range."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """When somebody works: `week` is the quarters (0, 2 or 4) of each weekday from Monday.

    Nobody works on `holidays`, in `away`, or outside `employed`. A half day is its quarters 0 and 1.
    """

    week: tuple[int, int, int, int, int, int, int]
    holidays: frozenset[date] = frozenset()
    away: tuple[DateRange, ...] = ()
    employed: DateRange = DateRange()

    def quarters(self, day: date) -> int:
        """The quarters worked on that day: 0, 2 or 4."""
        worked = self.week[day.weekday()]
        if not worked or day in self.holidays or not self.employed.holds(day):
            return 0
        return 0 if any(span.holds(day) for span in self.away) else worked

    def day_of_week(self, day: date) -> int:
        """How many days of the team's week lie before the day: 0 on the first day after its longest rest."""
        return (day.weekday() - first_weekday(self.week)) % DAYS_PER_WEEK


@cache
def first_weekday(week: Sequence[int]) -> int:
    """The weekday (Monday is 0) after the longest run of days off; Monday where there is none."""
    return max(range(DAYS_PER_WEEK), key=lambda weekday: (_rest_before(week, weekday), -weekday))


def _rest_before(week: Sequence[int], weekday: int) -> int:
    if not week[weekday]:
        return -1
    rest = 0
    while rest < DAYS_PER_WEEK - 1 and not week[(weekday - rest - 1) % DAYS_PER_WEEK]:
        rest += 1
    return rest
