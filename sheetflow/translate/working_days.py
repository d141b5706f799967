"""Working days as people write them: `Mon-Fri`, `Sat-Wed, Thu/2`, `Senin-Jumat`, `شنبه تا چهارشنبه`."""

from __future__ import annotations

import re
from typing import TypeAlias

from sheetflow.domain.calendar import FULL_DAY, HALF_DAY
from sheetflow.translate.folding import to_ascii_digits
from sheetflow.translate.vocabulary import Vocabulary

Week: TypeAlias = tuple[int, int, int, int, int, int, int]
MONDAY_TO_FRIDAY: Week = (4, 4, 4, 4, 4, 0, 0)
DAYS = 7
LONGEST = 200

_ITEMS = re.compile(r"[,،;؛&+\n]|\s(?:and|dan|serta|و)\s", re.IGNORECASE)
_RANGE = re.compile(r"\s*[-–—−~]\s*|\s+(?:to|until|s/d|s\.d\.|sampai|hingga|تا)\s+", re.IGNORECASE)
_HALF = re.compile(r"(.+?)\s*(?:/\s*2|½)")


def read_week(text: str, words: Vocabulary) -> Week | None:
    """The quarters worked on each weekday from Monday; None where the text names no such week.

    A day named twice counts as it is named last: `Sat-Thu, Thu/2` has half a Thursday.
    """
    if len(text) > LONGEST:
        return None
    week = [0] * DAYS
    items = [item.strip() for item in _ITEMS.split(to_ascii_digits(text)) if item.strip()]
    for item in items:
        half = _HALF.fullmatch(item)
        days = _days(half.group(1) if half else item, words)
        if not days:
            return None
        for day in days:
            week[day] = HALF_DAY if half else FULL_DAY
    return _week(week) if items else None


def _days(item: str, words: Vocabulary) -> list[int]:
    ends = [words.weekday(part) for part in _RANGE.split(item)]
    match ends:
        case [int(day)]:
            return [day]
        case [int(first), int(last)]:
            return [(first + step) % DAYS for step in range((last - first) % DAYS + 1)]
    return []


def week_without(days_off: frozenset[int]) -> Week:
    """The week of full days but for those weekdays (Monday 0)."""
    return _week([0 if day in days_off else FULL_DAY for day in range(DAYS)])


def _week(quarters: list[int]) -> Week:
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = quarters
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday
