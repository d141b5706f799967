"""A spreadsheet as somebody has it open in a browser: to edit while others write.

Rows and columns count from 1 here, as people see them. Each edit is one of the owner's; `undo` takes the last back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sheets_server import new_book
from sheets_server.addresses import area_of
from sheets_server.areas import Block
from sheets_server.dimensions import delete, grow, insert, move
from sheets_server.drive import Drive
from sheets_server.entering import entered
from sheets_server.references import rename_in_formulas
from sheets_server.refusals import Json
from sheets_server.seen_book import SeenBook
from sheets_server.sheet_requests import own_metadata
from sheets_server.sorting import is_whole, rearrange, sorted_rows
from sheets_server.state import COLUMNS, ROWS, Book, Cell, Line, Sheet
from sheets_server.switches import Switches


class OpenBook(SeenBook):
    """What a person does to a spreadsheet."""

    def __init__(self, drive: Drive, number: str, switches: Switches) -> None:
        """Open the spreadsheet of that ID."""
        super().__init__(drive, number)
        self.switches = switches
        self.done: list[Callable[[], None]] = []

    @contextmanager
    def _editing(self, title: str) -> Iterator[tuple[Book, Sheet]]:
        with self.drive.lock:
            draft = self.book.copy()
            yield draft, draft.to_edit(self.sheet(title).number)
            self.drive.keep(draft)

    def type(self, title: str, row: int, column: int, value: Any) -> None:
        """Type into a cell: a text is read as a spreadsheet reads it, "" empties the cell."""
        with self._editing(title) as (_, sheet):
            grow(sheet, row, column)
            before = sheet.cell(row - 1, column - 1)
            sheet.put(row - 1, column - 1, entered(before, value, "USER_ENTERED", "value"))
        self.done.append(lambda: self._put(title, row, column, before))

    def type_at(self, title: str, address: str, value: Any) -> None:
        """Type into a cell by its address: `B5`."""
        area = area_of(self.book, address)
        self.type(title, (area.top or 0) + 1, (area.left or 0) + 1, value)

    def _put(self, title: str, row: int, column: int, cell: Cell) -> None:
        with self._editing(title) as (_, sheet):
            sheet.put(row - 1, column - 1, cell)

    def insert_rows(self, title: str, row: int, count: int = 1) -> None:
        """Insert blank rows before a row."""
        self._insert(title, ROWS, row, count)

    def insert_columns(self, title: str, column: int, count: int = 1) -> None:
        """Insert blank columns before a column."""
        self._insert(title, COLUMNS, column, count)

    def _insert(self, title: str, dimension: str, first: int, count: int) -> None:
        with self._editing(title) as (book, sheet):
            insert(book, sheet.number, dimension, first - 1, count, like_before=first > 1)
        self.done.append(lambda: self._take_out(title, dimension, first, count))

    def delete_rows(self, title: str, row: int, count: int = 1) -> None:
        """Delete rows; undone, they come back, with their metadata if the switch says so."""
        gone = self._delete(title, ROWS, row, count)
        self.done.append(lambda: self._bring_back(title, row, gone))

    def delete_columns(self, title: str, column: int, count: int = 1) -> None:
        """Delete columns; the way back brings blank ones."""
        self._delete(title, COLUMNS, column, count)
        self.done.append(lambda: self._insert(title, COLUMNS, column, count))

    def _delete(self, title: str, dimension: str, first: int, count: int) -> list[Line]:
        with self._editing(title) as (book, sheet):
            return delete(book, sheet.number, dimension, first - 1, first - 1 + count)

    def _take_out(self, title: str, dimension: str, first: int, count: int) -> None:
        self._delete(title, dimension, first, count)

    def _bring_back(self, title: str, row: int, gone: list[Line]) -> None:
        with self._editing(title) as (book, sheet):
            insert(book, sheet.number, ROWS, row - 1, len(gone))
            for index, line in enumerate(gone, start=row - 1):
                anchors = line.anchors if self.switches.metadata_returns_on_undo else ()
                sheet.rows[index] = Line(cells=line.cells, anchors=anchors, size=line.size)

    def move_rows(self, title: str, first: int, count: int, before: int) -> None:
        """Drag rows to before another row."""
        self._move(title, ROWS, first, count, before)

    def move_columns(self, title: str, first: int, count: int, before: int) -> None:
        """Drag columns to before another column."""
        self._move(title, COLUMNS, first, count, before)

    def _move(self, title: str, dimension: str, first: int, count: int, before: int) -> None:
        with self._editing(title) as (book, sheet):
            move(book, sheet.number, dimension, first - 1, first - 1 + count, before - 1)
        there, back = (before - count, first) if before > first else (before, first + count)
        self.done.append(lambda: self._move(title, dimension, there, count, back))

    def sort(
        self,
        title: str,
        column: int,
        *,
        first_row: int = 2,
        descending: bool = False,
        columns: tuple[int, int] | None = None,
    ) -> None:
        """Sort the rows from `first_row` on by a column: all of them, or only the columns from one to another."""
        with self._editing(title) as (book, sheet):
            bottom = max((row + 1 for row, _, _ in sheet.with_values()), default=0)
            left, right = columns or (1, len(sheet.columns))
            block = Block(first_row - 1, max(bottom, first_row), left - 1, right)
            follows = self.switches.metadata_follows_ui_sort
            if not is_whole(sheet, block):
                follows = self.switches.metadata_follows_partial_sort
            order = sorted_rows(book, sheet, block, [(column - 1, not descending)])
            rearrange(sheet, block, order, metadata_follows=follows)
        self.done.append(lambda: self._unsort(title, block, order, follows))

    def _unsort(self, title: str, block: Block, order: list[int], follows: bool) -> None:
        back = sorted(range(block.top, block.bottom), key=lambda place: order[place - block.top])
        with self._editing(title) as (_, sheet):
            rearrange(sheet, block, back, metadata_follows=follows)

    def paste_row(self, title: str, row: int, to: int) -> None:
        """Copy the cells of a row onto another, which keeps its metadata."""
        with self._editing(title) as (_, sheet):
            grow(sheet, to, 0)
            before, source = sheet.rows[to - 1], sheet.rows[row - 1]
            sheet.rows[to - 1] = Line(cells=source.cells, anchors=before.anchors, size=before.size)
        self.done.append(lambda: self._back_to(title, to, before.cells))

    def cut_row(self, title: str, row: int, to: int) -> None:
        """Cut the cells of a row and paste them onto another; both rows keep their metadata."""
        with self._editing(title) as (_, sheet):
            grow(sheet, to, 0)
            old, cells = sheet.rows[to - 1].cells, sheet.rows[row - 1].cells
            for index, held in ((row - 1, ()), (to - 1, cells)):
                sheet.rows[index] = replace(sheet.rows[index], cells=held)
        self.done.append(lambda: self._cut_back(title, (row, cells), (to, old)))

    def _cut_back(self, title: str, *held: tuple[int, tuple[Cell, ...]]) -> None:
        for row, cells in held:
            self._back_to(title, row, cells)

    def append_row(self, title: str, values: Sequence[Any]) -> int:
        """Type a new row below the last one that holds anything; its number."""
        row = len(self.rows(title)) + 1
        for column, value in enumerate(values, start=1):
            if value not in (None, ""):
                self.type(title, row, column, value)
        return row

    def _back_to(self, title: str, row: int, cells: tuple[Cell, ...]) -> None:
        with self._editing(title) as (_, sheet):
            sheet.rows[row - 1] = replace(sheet.rows[row - 1], cells=cells)

    def rename(self, title: str, new: str) -> None:
        """Rename a tab."""
        with self._editing(title) as (book, sheet):
            sheet.properties = {**sheet.properties, "title": new}
            rename_in_formulas(book, title, new)
        self.done.append(lambda: self.rename(new, title))

    def merge(self, title: str, area: Json) -> None:
        """Merge the cells of a GridRange."""
        with self._editing(title) as (_, sheet):
            sheet.parts.setdefault("merges", []).append(area)

    def add_tab(self, title: str) -> None:
        """Add a blank tab at the end."""
        with self.drive.lock:
            draft = self.book.copy()
            draft.sheets.append(new_book.sheet(self.drive.next_number(), {"title": title}))
            self.drive.keep(draft)

    def duplicate_tab(self, title: str, new: str) -> None:
        """Make a copy of a tab, behind it; its metadata goes along if the switch says so."""
        with self.drive.lock:
            draft = self.book.copy()
            copied = self.sheet(title).copy()
            copied.properties |= {"sheetId": self.drive.next_number(), "title": new}
            own_metadata(self.drive, copied, kept=self.switches.metadata_follows_duplicate)
            draft.sheets.insert(self.titles.index(title) + 1, copied)
            self.drive.keep(draft)

    def delete_tab(self, title: str) -> None:
        """Delete a tab."""
        with self.drive.lock:
            draft = self.book.copy()
            draft.sheets.remove(self.sheet(title))
            self.drive.keep(draft)

    def undo(self) -> None:
        """Take back the last edit that was made here and not taken back yet; what others did since stays."""
        if self.done:
            before = len(self.done)
            self.done.pop()()
            del self.done[before - 1 :]
