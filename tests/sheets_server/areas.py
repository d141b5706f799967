"""Rectangles of cells: as the API's GridRange, as A1 text, and within the grid of their sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheetflow.cells import column_letters
from sheets_server.refusals import Json, invalid
from sheets_server.state import Book, Sheet

_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LIKE_A_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]?\d*|[Cc]\d*|TRUE|FALSE", re.IGNORECASE)
GRID_KEYS = ("startRowIndex", "endRowIndex", "startColumnIndex", "endColumnIndex")


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a sheet, from `top` up to but not with `bottom`; None is open: up to the grid's end."""

    sheet: int
    top: int | None = None
    bottom: int | None = None
    left: int | None = None
    right: int | None = None

    @classmethod
    def of_json(cls, grid_range: Mapping[str, Any]) -> Area:
        """A GridRange; a missing index is open."""
        edges = [grid_range.get(name) for name in GRID_KEYS]
        return cls(grid_range.get("sheetId", 0), *edges)

    def json(self) -> Json:
        """A GridRange as Google prints it: no sheetId 0, no open index."""
        edges = zip(GRID_KEYS, (self.top, self.bottom, self.left, self.right), strict=True)
        known = {name: index for name, index in edges if index is not None}
        return {"sheetId": self.sheet, **known} if self.sheet else known

    def within(self, sheet: Sheet) -> Block:
        """The cells of the grid that it covers; raises a refusal where it begins outside the grid."""
        rows, columns = len(sheet.rows), len(sheet.columns)
        block = Block(
            self.top or 0,
            rows if self.bottom is None else min(self.bottom, rows),
            self.left or 0,
            columns if self.right is None else min(self.right, columns),
        )
        if block.top >= rows or block.left >= columns:
            raise outside(sheet, self)
        return block

    def covers(self, row: int, column: int) -> bool:
        """Whether the cell lies in it."""
        return (
            (self.top or 0) <= row
            and (self.bottom is None or row < self.bottom)
            and (self.left or 0) <= column
            and (self.right is None or column < self.right)
        )

    def meets(self, other: Area) -> bool:
        """Whether the two have a cell in common."""
        rows = _overlap(self.top, self.bottom, other.top, other.bottom)
        columns = _overlap(self.left, self.right, other.left, other.right)
        return self.sheet == other.sheet and rows and columns


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of the grid with all four edges known."""

    top: int
    bottom: int
    left: int
    right: int

    @property
    def height(self) -> int:
        """How many rows."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """How many columns."""
        return self.right - self.left

    def a1(self, sheet: Sheet) -> str:
        """The address with its sheet, one cell as one."""
        first = f"{column_letters(self.left + 1)}{self.top + 1}"
        last = f"{column_letters(self.right)}{self.bottom}"
        place = first if first == last else f"{first}:{last}"
        return f"{quoted(sheet.title)}!{place}"

    def area(self, sheet: Sheet) -> Area:
        """The same as an area."""
        return Area(sheet.number, self.top, self.bottom, self.left, self.right)


def _overlap(
    start: int | None, end: int | None, other_start: int | None, other_end: int | None
) -> bool:
    before = end is not None and end <= (other_start or 0)
    behind = other_end is not None and other_end <= (start or 0)
    return not before and not behind


def quoted(title: str) -> str:
    """A sheet's title as it stands in an address."""
    if _PLAIN_TITLE.fullmatch(title) and not _LIKE_A_CELL.fullmatch(title):
        return title
    doubled = title.replace("'", "''")
    return f"'{doubled}'"


def outside(sheet: Sheet, area: Area) -> Exception:
    """The refusal of a range beyond the grid."""
    rows, columns = len(sheet.rows), len(sheet.columns)
    shown = Block(
        area.top or 0,
        rows if area.bottom is None else area.bottom,
        area.left or 0,
        columns if area.right is None else area.right,
    )
    return invalid(
        f"Range ({shown.a1(sheet)}) exceeds grid limits. Max rows: {rows}, max columns: {columns}"
    )


def grid_block(book: Book, grid_range: Mapping[str, Any]) -> tuple[Sheet, Block]:
    """The sheet and the cells of a GridRange, which must lie within the grid."""
    area = Area.of_json(grid_range)
    sheet = book.sheet(area.sheet)
    if (area.bottom or 0) > len(sheet.rows) or (area.right or 0) > len(sheet.columns):
        raise outside(sheet, area)
    return sheet, area.within(sheet)
