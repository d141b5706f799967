"""Calendars laid on one line of quarters: quarter 4 x t + k is quarter k of the t-th day from today."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta

from sheetflow.domain.calendar import Calendar
from sheetflow.domain.workflow import QUARTERS_PER_DAY
from sheetflow.engine.work.workdays import WorkDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """One calendar on the line.

    `slots` are the worked quarters in order; `first` says, for each day and the day behind the last, how many worked
    quarters lie before it. `ends` tells that no longer line would hold more: its owner leaves before the end.
    """

    slots: list[int]
    first: list[int]
    ends: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The line from `today` over `days` days; lane 0 is the team's, lane 1 + i that of the i-th person."""

    today: date
    days: int
    team: WorkDays
    lanes: tuple[Lane, ...]

    def day(self, quarter: int) -> date:
        """The day of a quarter of the line; also for quarters before today."""
        return self.today + timedelta(days=quarter // QUARTERS_PER_DAY)

    def index(self, day: date) -> int:
        """The number of a day, counted from today; negative before."""
        return (day - self.today).days


def timeline(today: date, days: int, team: WorkDays, calendars: tuple[Calendar, ...]) -> Timeline:
    """Lay the team's calendar and the people's on one line."""
    dates = [today + timedelta(days=t) for t in range(days)]
    lanes = [_lane([team.quarters(day) for day in dates], ends=False)]
    for calendar in calendars:
        last = calendar.employed.last
        worked = [calendar.quarters(day) for day in dates]
        lanes.append(_lane(worked, ends=last is not None and last <= dates[-1]))
    return Timeline(today=today, days=days, team=team, lanes=tuple(lanes))


def _lane(worked: list[int], *, ends: bool) -> Lane:
    slots: list[int] = []
    first = [0]
    for t, quarters in enumerate(worked):
        slots += range(QUARTERS_PER_DAY * t, QUARTERS_PER_DAY * t + quarters)
        first.append(len(slots))
    return Lane(slots=slots, first=first, ends=ends)


def slot_from(lane: Lane, quarter: int) -> int:
    """The number of the lane's first worked quarter at or after a quarter of the line."""
    return bisect_left(lane.slots, quarter) if quarter > 0 else 0
