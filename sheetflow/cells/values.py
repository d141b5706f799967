"""Values at places: cells, ranges, and a sheet as it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

EXCEL_EPOCH = date(1899, 12, 30)
MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class CellFault:
    """An error that a formula left in a cell, such as `#REF!`."""

    code: str


Value: TypeAlias = str | int | float | bool | date | datetime | CellFault | None
NEARLY = 1e-9


def same_value(one: Value, other: Value) -> bool:
    """Whether two values are the same in a cell: blank text is no value, midnight is its day, 2.0 is 2."""
    one, other = _plain(one), _plain(other)
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= NEARLY * max(1.0, abs(one))
    return one == other


def serial_number(moment: date, epoch: date = EXCEL_EPOCH) -> float:
    """The days from the epoch to a date, and the share of the day that a time of day adds."""
    if not isinstance(moment, datetime):
        return (moment - epoch).days
    start = datetime.combine(moment.date(), MIDNIGHT, moment.tzinfo)
    share = (moment - start) / timedelta(days=1)
    return (moment.date() - epoch).days + share


def _plain(value: Value) -> Value:
    if isinstance(value, datetime) and value.time() == MIDNIGHT:
        return value.date()
    return None if value == "" else value


@dataclass(frozen=True, slots=True, order=True)
class CellRef:
    """One cell: its sheet, its row and its column."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """The address as a spreadsheet shows it, without the sheet: `D5`."""
        return f"{column_letters(self.column)}{self.row}"


def column_letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, order=True)
class CellRange:
    """A rectangle of cells, both corners included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def a1(self) -> str:
        """The address as a spreadsheet shows it: `A2:D9`."""
        first = f"{column_letters(self.first_column)}{self.first_row}"
        return f"{first}:{column_letters(self.last_column)}{self.last_row}"

    def covers(self, row: int, column: int) -> bool:
        """Whether the cell lies in the rectangle but is not its top left corner, which holds the value."""
        inside = (
            self.first_row <= row <= self.last_row
            and self.first_column <= column <= self.last_column
        )
        return inside and (row, column) != (self.first_row, self.first_column)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One sheet as it was read: the values by row (short rows end in blanks) and what else matters to a reader.

    `formulas` holds the text of every formula by (row, column); the value is the one stored with it,
    None where the file holds none. A table that was read as `values_only` tells of formulas and merges what is known of
    them. Where `dates_are_numbers`, a date was read as its serial number: how a cell shows it was not told.
    """

    sheet: str
    rows: tuple[tuple[Value, ...], ...] = ()
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[CellRange, ...] = ()
    values_only: bool = False
    dates_are_numbers: bool = False

    def at(self, row: int, column: int) -> Value:
        """The value of a cell; None where nothing stands."""
        if row > len(self.rows) or column > len(self.rows[row - 1]):
            return None
        return self.rows[row - 1][column - 1]

    def shows(self, present: Value, wanted: Value) -> bool:
        """Whether a value of this table is the wanted one, be it a date that was read as a number."""
        if self.dates_are_numbers and isinstance(wanted, date) and not isinstance(present, date):
            wanted = serial_number(wanted)
        return same_value(present, wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A whole workbook at one moment; `epoch` is the day that its serial number 0 stands for.

    `may_lack_tabs` where tabs that were added since the last run are not among the tables.
    """

    tables: tuple[Table, ...]
    epoch: date = EXCEL_EPOCH
    may_lack_tabs: bool = False
