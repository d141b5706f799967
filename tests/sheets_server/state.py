"""Spreadsheets as the server holds them: cells, rows, sheets, books, and the metadata anchored to them.

Rows and columns count from 0 here, as in the API. Cells, lines and metadata never change: an edit puts another in
their place, so that a book is copied in no time and a batch works on a copy. JSON that is kept as it came (rules,
charts, protections) is replaced, never changed in place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from sheets_server.refusals import Json, invalid, not_found

ROWS, COLUMNS = "ROWS", "COLUMNS"
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Fault:
    """An error value in a cell, such as `#REF!`."""

    code: str


Scalar: TypeAlias = str | int | float | bool | Fault | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell: its value (for a formula the one stored with it), and all else of its CellData as JSON."""

    value: Scalar = None
    formula: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nobody would see or find anything here."""
        return self.value is None and self.formula is None and not self.more

    @property
    def has_value(self) -> bool:
        """Whether a value or a formula stands here."""
        return self.formula is not None or self.value is not None

    @property
    def number_format(self) -> Mapping[str, str]:
        """The type and the pattern of its number format; empty where it has none."""
        found: Mapping[str, str] = self.more.get("userEnteredFormat", NOTHING).get(
            "numberFormat", NOTHING
        )
        return found

    def holding(self, value: Scalar, formula: str | None = None) -> Cell:
        """The same cell with another value; its looks stay."""
        return replace(self, value=value, formula=formula)


BLANK = Cell()


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Developer metadata; where it is attached is told by who holds it."""

    number: int
    key: str
    value: str | None = None
    visibility: str = "DOCUMENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row with its cells (short ones end in blanks), or a column, which holds no cells itself."""

    cells: tuple[Cell, ...] = ()
    anchors: tuple[Metadata, ...] = ()
    size: int | None = None
    hidden: bool = False

    def at(self, column: int) -> Cell:
        """The cell in a column of this row."""
        return self.cells[column] if column < len(self.cells) else BLANK

    def holding(self, cells: Mapping[int, Cell]) -> Line:
        """The same row with other cells in some columns."""
        width = max(len(self.cells), max(cells, default=-1) + 1)
        row = [*self.cells, *[BLANK] * (width - len(self.cells))]
        for column, cell in cells.items():
            row[column] = cell
        while row and row[-1].is_empty:
            row.pop()
        return replace(self, cells=tuple(row))


EMPTY_LINE = Line()


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One tab: its properties, its lines, and its parts (merges, conditionalFormats ...) as lists of JSON."""

    properties: Json
    rows: list[Line]
    columns: list[Line]
    parts: dict[str, list[Json]] = field(default_factory=dict)
    basic_filter: Json | None = None
    anchors: tuple[Metadata, ...] = ()

    @property
    def number(self) -> int:
        """The sheetId."""
        found: int = self.properties["sheetId"]
        return found

    @property
    def title(self) -> str:
        """What stands on the tab."""
        found: str = self.properties["title"]
        return found

    def copy(self) -> Sheet:
        """A sheet that may be changed without changing this one."""
        return Sheet(
            properties=dict(self.properties),
            rows=list(self.rows),
            columns=list(self.columns),
            parts={name: list(each) for name, each in self.parts.items()},
            basic_filter=self.basic_filter,
            anchors=self.anchors,
        )

    def lines(self, dimension: str) -> list[Line]:
        """The rows or the columns."""
        return self.rows if dimension == ROWS else self.columns

    def cell(self, row: int, column: int) -> Cell:
        """One cell; blank where nothing stands."""
        return self.rows[row].at(column) if row < len(self.rows) else BLANK

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Put another cell in a place of the grid."""
        self.rows[row] = self.rows[row].holding({column: cell})

    def with_values(self) -> Iterator[tuple[int, int, Cell]]:
        """Every cell that holds a value or a formula, row by row."""
        for index, row in enumerate(self.rows):
            for column, cell in enumerate(row.cells):
                if cell.has_value:
                    yield index, column, cell


@dataclass(slots=True, kw_only=True)
class Book:
    """A spreadsheet. Only a copy is ever changed, through `to_edit`; then it takes the place of the first."""

    number: str
    properties: Json
    owner: str = ""
    sheets: list[Sheet] = field(default_factory=list)
    named_ranges: list[Json] = field(default_factory=list)
    anchors: tuple[Metadata, ...] = ()
    owned: set[int] = field(default_factory=set)

    def copy(self) -> Book:
        """A book that may be changed; its sheets are copied when they are first changed."""
        return Book(
            number=self.number,
            properties=dict(self.properties),
            owner=self.owner,
            sheets=list(self.sheets),
            named_ranges=list(self.named_ranges),
            anchors=self.anchors,
        )

    def sheet(self, number: int) -> Sheet:
        """A sheet by its sheetId, to look at."""
        for sheet in self.sheets:
            if sheet.number == number:
                return sheet
        raise invalid(f"No grid with id: {number}")

    def titled(self, title: str) -> Sheet | None:
        """The sheet of a title, in whatever case; None where there is none."""
        wanted = title.casefold()
        return next((each for each in self.sheets if each.title.casefold() == wanted), None)

    def to_edit(self, number: int) -> Sheet:
        """A sheet by its sheetId, to change."""
        sheet = self.sheet(number)
        if number in self.owned:
            return sheet
        mine = sheet.copy()
        self.sheets[self.sheets.index(sheet)] = mine
        self.owned.add(number)
        return mine

    def first(self) -> Sheet:
        """The first sheet, which an address without a sheet means."""
        if not self.sheets:
            raise not_found()
        return self.sheets[0]
