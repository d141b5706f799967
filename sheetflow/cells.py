"""The vocabulary of a sheet: values at places, how they look, and the edits that change them.

Rows and columns count from 1, as people see them. Nothing here knows what a cell means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
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
    None where the file holds none.
    """

    sheet: str
    rows: tuple[tuple[Value, ...], ...] = ()
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[CellRange, ...] = ()

    def at(self, row: int, column: int) -> Value:
        """The value of a cell; None where nothing stands."""
        if row > len(self.rows) or column > len(self.rows[row - 1]):
            return None
        return self.rows[row - 1][column - 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A whole workbook at one moment; `epoch` is the day that its serial number 0 stands for."""

    tables: tuple[Table, ...]
    epoch: date = EXCEL_EPOCH


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a cell looks; colours are six hex digits, None leaves the sheet's default.

    `indent` is the distance from the side that the text is aligned to, in steps of about one letter;
    `right_to_left` is the direction in which a text is read whose first letter does not tell.
    """

    font: str | None = None
    ink: str | None = None
    fill: str | None = None
    bold: bool = False
    size: float | None = None
    align: str | None = None
    indent: int = 0
    right_to_left: bool = False
    number_format: str | None = None
    wrap: bool = False
    outline: str | None = None
    left_edge: str | None = None
    under: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A conditional format: cells of `area` whose value compares so with `operand` look like `style`.

    `operator` is one of: equal, greaterThan, greaterThanOrEqual. A text operand compares as text.
    """

    area: CellRange
    operator: str
    operand: str | float
    style: Style


@dataclass(frozen=True, slots=True, kw_only=True)
class CellEdit:
    """One cell to change: written only where `before` still stands, so that nobody's typing is lost."""

    ref: CellRef
    before: Value
    after: Value
    style: Style | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedTab:
    """A whole tab of SheetFlow's own, drawn anew each time that it changes.

    `styles` by (row, column); `widths` in characters, by column, 0 for a hidden one; `heights` in points, by row; the
    rows up to `frozen_rows` and the columns up to `frozen_columns` stay in view; the rows up to `header_row` repeat on
    every printed page; `filtered` puts filter buttons on the header row.
    """

    sheet: str
    rows: tuple[tuple[Value, ...], ...]
    styles: Mapping[tuple[int, int], Style] = field(default_factory=dict)
    widths: tuple[float, ...] = ()
    heights: Mapping[int, float] = field(default_factory=dict)
    header_row: int = 1
    frozen_rows: int = 1
    frozen_columns: int = 0
    filtered: bool = False
    rules: tuple[Rule, ...] = ()
    merges: tuple[CellRange, ...] = ()
    right_to_left: bool = False
    footer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropDown:
    """Choices offered in the cells of `area`; `source` is a range (`Team!$A$2:$A$60`) or a quoted list (`"en,id"`).

    Where it is not `strict`, anything else may be typed too.
    """

    area: CellRange
    source: str
    strict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StarterTab:
    """A tab of a new workbook: what it holds, its drop-downs, and the notes on its cells by (row, column)."""

    tab: ComputedTab
    drop_downs: tuple[DropDown, ...] = ()
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnLook:
    """How a column that SheetFlow filled in a team's sheet looks: its width, and the rules of its cells."""

    sheet: str
    column: int
    width: float | None = None
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """All that one run writes: edits in the team's sheets, and computed tabs as a whole."""

    edits: tuple[CellEdit, ...] = ()
    looks: tuple[ColumnLook, ...] = ()
    tabs: tuple[ComputedTab, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.edits or self.tabs)
