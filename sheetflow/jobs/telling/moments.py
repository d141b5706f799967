"""When people are told: the morning's hour, quiet hours, working days; in the workbook's time zone."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sheetflow.domain.messages import Messages

LATEST = time(18)
"""A digest that is not made by then is not made on that day."""


def is_morning(local: datetime, hour: int) -> bool:
    """Whether a digest may be made."""
    return time(hour) <= local.time() < LATEST


def told_at(now: datetime, zone: ZoneInfo, messages: Messages, hour: int) -> datetime:
    """When news of now are told: at once, or, in quiet hours, when they are over and the digest goes out."""
    local = now.astimezone(zone)
    if not messages.are_quiet_at(local.time()):
        return now
    morning = max(messages.quiet_until, time(hour)) if messages.digest else messages.quiet_until
    day = local.date()
    if local.time() >= messages.quiet_until:
        day += timedelta(days=1)
    return datetime.combine(day, morning, zone).astimezone(now.tzinfo)
