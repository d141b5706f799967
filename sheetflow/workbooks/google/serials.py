"""Values as Google's values API carries them: a date is the number of days since 30 December 1899.

value_of(carried) -> Value           # what was read, UNFORMATTED_VALUE and SERIAL_NUMBER
carried_value(value) -> Carried      # what is written, RAW: None leaves the cell as it is, "" clears it
"""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from sheetflow.cells import CellFault, Value, serial_number

Carried: TypeAlias = str | int | float | bool | None

FAULTS = frozenset(
    {
        *("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#ERROR!"),
        *("#SPILL!", "#CALC!", "Loading..."),
    }
)
"""What stands in place of a formula's value; text that somebody typed in these very words counts as one too."""


def value_of(carried: Carried) -> Value:
    """The value of a cell; a blank text is none, a whole number has no decimals, dates stay numbers."""
    if isinstance(carried, str):
        return CellFault(carried) if carried in FAULTS else carried or None
    if isinstance(carried, float) and carried.is_integer():
        return int(carried)
    return carried


def carried_value(value: Value) -> Carried:
    """The value to write; no value is a blank text, which clears the cell (None would leave it as it is)."""
    if isinstance(value, date):
        return serial_number(value)
    if isinstance(value, CellFault):
        return value.code
    return "" if value is None else value
