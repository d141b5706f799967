"""When a timetable is due: text as cron has it, in the time zone of its workbook."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

from sheetflow.errors import UserError

FIELDS = 5
MOST_KEPT = 1024
"""Many workbooks have the same timetable, and are looked at at the same moment."""

MOST_SET_BACK = timedelta(days=1)
"""A clock that is set back by more was wrong before: what is due is reckoned anew."""


@lru_cache(maxsize=MOST_KEPT)
def next_due(schedule: str, time_zone: str, after: datetime) -> datetime:
    """The first due time after a moment, in UTC.

    A time that summer time skips is due when the clocks have gone forward; one that comes twice is due the first time
    (where hours or minutes are `*`: both times), as Debian's cron has it.

    Raises:
        UserError: The text is no timetable, or one that is never due; or the time zone is unknown.
    """
    local = after.astimezone(zone_of(time_zone))
    try:
        if len(schedule.split()) != FIELDS:
            raise UserError("schedule_wrong", schedule=schedule)
        for moment in CronSim(schedule, local):
            due = moment.astimezone(UTC)
            if (
                due > after
            ):  # cronsim names the first pass of an hour that comes twice, even during the second
                return due
    except CronSimError as error:
        raise UserError("schedule_wrong", schedule=schedule) from error
    raise UserError("schedule_never", schedule=schedule)


def mended_due(
    schedule: str | None, time_zone: str, stored: datetime | None, now: datetime
) -> datetime | None:
    """What should be stored as the next due time: `stored` itself, unless none was stored yet or no clock can mean it.

    After a clock was set back by some hours what is stored stays, so that no due time comes twice.
    """
    if schedule is None:
        return stored
    if stored is None:
        return next_due(schedule, time_zone, now)
    if stored <= now + MOST_SET_BACK:
        return stored
    return min(stored, next_due(schedule, time_zone, now + MOST_SET_BACK))


def zone_of(time_zone: str) -> ZoneInfo:
    """The time zone of that name; raises UserError where there is none."""
    try:
        return ZoneInfo(time_zone)
    except (KeyError, ValueError, OSError) as error:
        raise UserError("time_zone_unknown", time_zone=time_zone) from error
