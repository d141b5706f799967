"""Counting the team's working days and quarters: margin, latest Ready by, Start by, slack and late days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from sheetflow.domain.calendar import Calendar
from sheetflow.domain.publication import Publication
from sheetflow.domain.settings import Settings
from sheetflow.domain.workflow import QUARTERS_PER_DAY
from sheetflow.engine.work.network import Network

ONE_DAY = timedelta(days=1)
MARGIN_SHARE = 5


class WorkDays:
    """The team's calendar with its days looked up once; a half day counts as a day."""

    def __init__(self, calendar: Calendar) -> None:
        """Start with nothing looked up."""
        self._calendar = calendar
        self._quarters: dict[date, int] = {}
        self._counts: dict[tuple[date, date], int] = {}

    def quarters(self, day: date) -> int:
        """The quarters worked on that day."""
        found = self._quarters.get(day)
        if found is None:
            found = self._quarters[day] = self._calendar.quarters(day)
        return found

    def between(self, after: date, until: date) -> int:
        """Working days after the first day, up to and with the second; negative the other way round."""
        if until < after:
            return -self.between(until, after)
        found = self._counts.get((after, until))
        if found is None:
            days = (until - after).days
            worked = (self.quarters(after + timedelta(days=n)) for n in range(1, days + 1))
            found = self._counts[after, until] = sum(1 for quarters in worked if quarters)
        return found

    def latest_ready_by(self, delivery: date, margin: int) -> date:
        """The last working day that leaves `margin` working days up to and with the delivery date."""
        day, left = delivery, margin
        while left or not self.quarters(day):
            left -= 1 if self.quarters(day) else 0
            day -= ONE_DAY
        return day

    def back(self, day: date, quarter: int, quarters: int) -> tuple[date, int]:
        """The quarter in which work of so many quarters begins that ends with the given one, or the last before it."""
        left = quarters
        while True:
            here = min(quarter + 1, self.quarters(day))
            if left <= here:
                return day, here - left
            left -= here
            day, quarter = day - ONE_DAY, QUARTERS_PER_DAY - 1


def safety_margin(row: Publication, network: Network, settings: Settings) -> int:
    """The margin in working days: as set, else a fifth of the longest chain of Days before publishing, rounded up."""
    if settings.safety_margin is not None:
        return settings.safety_margin
    chain: dict[str, int] = {}
    for name in network.order:
        if name in network.before:
            own = row.days.get(name, network.steps[name].quarters)
            chain[name] = own + max((chain[p] for p in network.waits_for[name]), default=0)
    longest = max(chain.values(), default=0)
    return max(1, -(-longest // (MARGIN_SHARE * QUARTERS_PER_DAY)))


def start_by(
    delivery: date, network: Network, left: Mapping[str, int], margin: int, days: WorkDays
) -> date | None:
    """The latest day on which work can begin and leave the margin, capacity set aside; None with nothing to do before.

    Backward on the team's calendar from the last quarter of the latest Ready by; `left` are the quarters of the steps
    that are to be done, by name.
    """
    ready = days.latest_ready_by(delivery, margin)
    end_of_all = (ready, days.quarters(ready) - 1)
    limit: dict[str, tuple[date, int]] = {}
    starts: list[date] = []
    for name in reversed(network.order):
        if name in network.before and name in left:
            day, quarter = limit.get(name, end_of_all)
            begin = days.back(day, quarter, left[name])
            starts.append(begin[0])
            for pred in network.waits_for[name]:
                limit[pred] = min(limit.get(pred, end_of_all), _before(begin))
    return min(starts, default=None)


def _before(place: tuple[date, int]) -> tuple[date, int]:
    day, quarter = place
    return (day, quarter - 1) if quarter else (day - ONE_DAY, QUARTERS_PER_DAY - 1)
