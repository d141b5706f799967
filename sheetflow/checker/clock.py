"""A calendar that counts: worked quarters and days up to a moment, kept once computed."""

from __future__ import annotations

from datetime import date

from sheetflow.checker.moments import QUARTERS
from sheetflow.domain.calendar import Calendar


class Clock:
    """Counts the working time of one calendar; days are ordinals, moments as in `moments`."""

    def __init__(self, calendar: Calendar, origin: date) -> None:
        """Count from `origin`, in both directions."""
        self.calendar = calendar
        self._origin = origin.toordinal()
        self._worked: dict[int, int] = {}
        self._ahead = [(0, 0)]
        self._behind = [(0, 0)]

    def quarters(self, day: int) -> int:
        """The quarters worked on a day."""
        worked = self._worked.get(day)
        if worked is None:
            worked = self._worked[day] = self.calendar.quarters(date.fromordinal(day))
        return worked

    def works(self, when: int) -> bool:
        """Whether the moment is working time."""
        return when % QUARTERS < self.quarters(when // QUARTERS)

    def quarters_between(self, first: int, last: int) -> int:
        """The worked quarters from `first` to `last`, both included; 0 where `last` is earlier."""
        return max(0, self._quarters_before(last + 1) - self._quarters_before(first))

    def days_between(self, first: date, last: date) -> int:
        """The days with work after `first`, up to and with `last`; 0 where `last` is not later."""
        before = self._before(first.toordinal() + 1)[1]
        return max(0, self._before(last.toordinal() + 1)[1] - before)

    def back(self, end: int, quarters: int) -> int:
        """The first moment of so many worked quarters of which none is later than `end`."""
        day, last = divmod(end, QUARTERS)
        there = min(last + 1, self.quarters(day))
        while there < quarters:
            quarters -= there
            day -= 1
            there = self.quarters(day)
        return day * QUARTERS + there - quarters

    def _quarters_before(self, when: int) -> int:
        day, quarter = divmod(when, QUARTERS)
        return self._before(day)[0] + min(quarter, self.quarters(day))

    def _before(self, day: int) -> tuple[int, int]:
        """Worked quarters and days before a day, counted from the origin (negative before it)."""
        if day >= self._origin:
            return self._count_ahead(day - self._origin)
        quarters, days = self._count_behind(self._origin - day)
        return -quarters, -days

    def _count_ahead(self, days: int) -> tuple[int, int]:
        while len(self._ahead) <= days:
            self._extend(self._ahead, self._origin + len(self._ahead) - 1)
        return self._ahead[days]

    def _count_behind(self, days: int) -> tuple[int, int]:
        while len(self._behind) <= days:
            self._extend(self._behind, self._origin - len(self._behind))
        return self._behind[days]

    def _extend(self, sums: list[tuple[int, int]], day: int) -> None:
        worked = self.quarters(day)
        quarters, days = sums[-1]
        sums.append((quarters + worked, days + (worked > 0)))
