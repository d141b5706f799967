"""The rows of one worksheet as places in its bytes, and the cells among them that are wanted."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias

from sheetflow.cells import CellRange
from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.package.addresses import column_of
from sheetflow.workbooks.xlsx.sheets.sheet_part import SheetPart
from sheetflow.workbooks.xlsx.sheets.sheet_tags import (
    NUMBER,
    CellSpot,
    Grammar,
    RowSpot,
    address_in,
    grammar,
)

Place: TypeAlias = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Worksheet(SheetPart):
    """A sheet searched once for the cells at `places`, (row, column).

    Raises:
        UserError: It cannot be edited: where one of these cells stands, or belongs, cannot be told.
    """

    places: Collection[Place]

    @cached_property
    def last_row(self) -> int:
        """The number of the last row, 0 where there is none."""
        return self._highest_so_far[-1] if self.row_starts else 0

    @cached_property
    def row_starts(self) -> list[tuple[int, re.Match[bytes]]]:
        """The number and the tag of every row."""
        found = []
        number = 0
        for tag in self._grammar.row.finditer(self.quiet, self.data.inner, self.data.close):
            number = int(tag[1]) if tag[1] else self._number(tag, number + 1)
            found.append((number, tag))
        if not found:
            self._refuse_tags(self.data.inner, self.data.close)
        return found

    @cached_property
    def rows(self) -> dict[int, RowSpot]:
        """The wanted rows that are there, by number."""
        wanted = {row for row, _ in self.places}
        found: dict[int, RowSpot] = {}
        for number, tag in self.row_starts:
            if number in wanted:
                if number in found:
                    raise UserError("sheet_disordered", sheet=self.sheet, row=number)
                found[number] = self.row_at(number, tag)
        return found

    @cached_property
    def cells(self) -> dict[Place, CellSpot]:
        """Where the wanted cells of these rows stand or belong; those of a row without content are left out."""
        columns: dict[int, list[int]] = {}
        for row, column in sorted(set(self.places)):
            columns.setdefault(row, []).append(column)
        return {
            (number, column): spot
            for number, row in self.rows.items()
            if not row.is_closed
            for column, spot in self._spots(row, columns[number]).items()
        }

    def row_at(self, number: int, tag: re.Match[bytes]) -> RowSpot:
        """The row of a tag."""
        if tag[2].endswith(b"/"):
            return RowSpot(number, tag.start(), tag.end(), tag.end(), is_closed=True)
        closing = self._grammar.row_end.search(self.quiet, tag.end())
        if closing is None:
            raise UserError("sheet_damaged", sheet=self.sheet)
        return RowSpot(number, tag.start(), tag.end(), closing.start(), is_closed=False)

    def new_row_at(self, number: int) -> int:
        """Where a row of that number belongs: before the first one with a higher number."""
        following = bisect_right(self._highest_so_far, number)
        if following < len(self.row_starts):
            return self.row_starts[following][1].start()
        return self._end_of_rows

    def cells_of(self, row: RowSpot) -> Iterator[tuple[int, re.Match[bytes]]]:
        """The column and the tag of each cell of a row."""
        column = 0
        digits = b"%d" % row.number
        for tag in self._grammar.cell.finditer(self.quiet, row.inner, row.close):
            letters, number, others = tag.groups()
            if letters is None:
                letters, number = address_in(others) or (None, digits)
            if number != digits:
                raise UserError("sheet_disordered", sheet=self.sheet, row=row.number)
            column = column_of(letters) if letters else column + 1
            yield column, tag

    def cell_at(self, tag: re.Match[bytes]) -> CellSpot:
        """The cell of a tag."""
        return CellSpot(tag.start(), self._end(tag), tag[0])

    def formulas(self, start: int | None = None, end: int | None = None) -> Iterator[bytes]:
        """The tags of the formulas, of the whole sheet or between two places in its bytes."""
        first = self.data.inner if start is None else start
        last = self.data.close if end is None else end
        return (tag[0] for tag in self._grammar.formula.finditer(self.quiet, first, last))

    def filled(self, area: CellRange, known: Container[Place] = ()) -> Iterator[Place]:
        """The cells of an area that hold something, but for those that are known."""
        span = range(area.first_column, area.last_column + 1)
        for number, row_tag in self.row_starts:
            if not area.first_row <= number <= area.last_row:
                continue
            columns = {column for column in span if (number, column) not in known}
            cells = self.cells_of(self.row_at(number, row_tag)) if columns else ()
            for column, tag in cells:
                if column in columns and self._is_filled(tag):
                    yield number, column

    @cached_property
    def _grammar(self) -> Grammar:
        return grammar(self.prefix)

    @cached_property
    def _highest_so_far(self) -> list[int]:
        return list(accumulate((number for number, _ in self.row_starts), max))

    @cached_property
    def _end_of_rows(self) -> int:
        if not self.row_starts:
            return self.data.inner
        last = self.row_at(*self.row_starts[-1])
        return last.inner if last.is_closed else self.quiet.index(b">", last.close) + 1

    def _number(self, tag: re.Match[bytes], following: int) -> int:
        """The number of a row whose tag does not begin with it: its own, else that of its first cell, else the next."""
        named = NUMBER.search(tag[2])
        if named:
            return int(named[1])
        row = self.row_at(following, tag)
        cell = self._grammar.cell.search(self.quiet, row.inner, row.close)
        digits = (address_in(cell[0]) or (None, None))[1] if cell else None
        return int(digits) if digits else following

    def _spots(self, row: RowSpot, wanted: list[int]) -> dict[int, CellSpot]:
        found: dict[int, CellSpot] = {}
        waiting = 0
        tag = None
        for column, tag in self.cells_of(row):
            while waiting < len(wanted) and wanted[waiting] < column:
                found.setdefault(wanted[waiting], CellSpot(tag.start(), tag.start()))
                waiting += 1
            if column in wanted:
                if column in found and found[column].tag:
                    raise UserError("sheet_disordered", sheet=self.sheet, row=row.number)
                found[column] = self.cell_at(tag)
        if tag is None:
            self._refuse_tags(row.inner, row.close)
        end = self._end(tag) if tag else row.inner
        return {column: CellSpot(end, end) for column in wanted} | found

    def _refuse_tags(self, start: int, end: int) -> None:
        """What is no row among rows, or no cell among cells, may be one under another prefix."""
        if self.quiet.find(b"<", start, end) >= 0:
            raise UserError("sheet_damaged", sheet=self.sheet)

    def _is_filled(self, tag: re.Match[bytes]) -> bool:
        return bool(self._grammar.content.search(self.quiet, tag.end(), self._end(tag)))

    def _end(self, tag: re.Match[bytes]) -> int:
        if tag[3].endswith(b"/"):
            return tag.end()
        closing = self._grammar.cell_end.search(self.quiet, tag.end())
        if closing is None:
            raise UserError("sheet_damaged", sheet=self.sheet)
        return closing.end()
