"""Timetables as people type them: cron's text, or a few common words for it."""

from __future__ import annotations

import re

HOURLY = "0 * * * *"
DAYS = {"daily": "*", "weekdays": "1-5"}

_WORDS = re.compile(
    r"(daily|weekdays)(?:\s+(?:at\s+)?([01]?\d|2[0-3])(?::([0-5]\d))?)?", re.IGNORECASE
)


def as_cron(text: str) -> str:
    """The timetable in cron's words: `weekdays 7:30` is `30 7 * * 1-5`; any other text stays as it is."""
    if text.strip().lower() == "hourly":
        return HOURLY
    found = _WORDS.fullmatch(text.strip())
    if found is None:
        return text.strip()
    day, hour, minute = found.groups()
    return f"{int(minute or 0)} {int(hour or 7)} * * {DAYS[day.lower()]}"
