"""Values as spreadsheets hand them over: a date is a number whose format shows it as a day, an error is its own word.

value_of(carried, pattern, epoch) -> Value
carried_value(value, epoch) -> Carried
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TypeAlias

from sheetflow.cells import CellFault, Value, serial_number
from sheetflow.workbooks.xlsx.styles.style_xml import shows_dates

Carried: TypeAlias = str | float | bool | None

FAULTS = frozenset(
    {
        *("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"),
        *("#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#PYTHON!", "#EXTERNAL!"),
        *("#TIMEOUT!", "#GETTING_DATA", "#ERROR!", "Loading..."),
    }
)
"""What stands in place of a formula's value; text that somebody typed in these very words counts as one too."""

LAST_DAY = 2_958_465
"""The number of 31 December 9999."""

MIDNIGHT = time()
ELAPSED = re.compile(r"\[[hms]+\]", re.IGNORECASE)
MILLISECONDS_A_DAY = 86_400_000


def value_of(carried: Carried, pattern: str | None, epoch: date) -> Value:
    """The value of a cell: a blank text is none, a whole number has no decimals, a number shown as a day is one."""
    if isinstance(carried, str):
        return CellFault(carried) if carried in FAULTS else carried or None
    if carried is None or isinstance(carried, bool):
        return carried
    if pattern and _shows_days(pattern) and 1 <= carried < LAST_DAY:
        return _moment(carried, epoch)
    return int(carried) if carried == int(carried) else carried


def carried_value(value: Value, epoch: date) -> Carried:
    """The value as it goes back: a day as its number."""
    if isinstance(value, date):
        return serial_number(value, epoch)
    return value.code if isinstance(value, CellFault) else value


@cache
def _shows_days(pattern: str) -> bool:
    """Whether the format shows days or times of day; hours that have passed are a number."""
    return shows_dates(pattern) and not ELAPSED.search(pattern)


def _moment(serial: float, epoch: date) -> date:
    days = int(serial)
    day = epoch + timedelta(days=days)
    milliseconds = round((serial - days) * MILLISECONDS_A_DAY)
    if not milliseconds:
        return day
    moment = datetime.combine(day, MIDNIGHT) + timedelta(milliseconds=milliseconds)
    return moment if moment.time() != MIDNIGHT else moment.date()
