"""Working calendars: how many of a day's four quarters are worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

HALF_DAY, FULL_DAY = 2, 4


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
