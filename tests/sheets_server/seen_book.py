"""A spreadsheet as somebody has it open in a browser, to look into. Rows and columns count from 1, as people see them."""

from __future__ import annotations

from sheets_server.drive import Drive
from sheets_server.formulas import value_of
from sheets_server.refusals import Json
from sheets_server.state import Book, Cell, Metadata, Scalar, Sheet


class SeenBook:
    """What a person sees of a spreadsheet."""

    def __init__(self, drive: Drive, number: str) -> None:
        """Open the spreadsheet of that ID."""
        self.drive = drive
        self.number = number

    @property
    def book(self) -> Book:
        """The state as it is now."""
        book = self.drive.files[self.number].book
        if book is None:
            raise KeyError(self.number)
        return book

    @property
    def titles(self) -> list[str]:
        """The titles of the tabs in their order."""
        return [sheet.title for sheet in self.book.sheets]

    def sheet(self, title: str) -> Sheet:
        """A tab by its title; raises KeyError."""
        found = self.book.titled(title)
        if found is None:
            raise KeyError(title)
        return found

    def rows(self, title: str) -> list[list[Scalar]]:
        """The values of a tab by row, formulas computed, blank ends left off; dates are serial numbers."""
        book, sheet = self.book, self.sheet(title)
        rows = [[value_of(book, sheet, cell) for cell in line.cells] for line in sheet.rows]
        for row in rows:
            while row and row[-1] is None:
                row.pop()
        while rows and not rows[-1]:
            rows.pop()
        return rows

    def at(self, title: str, row: int, column: int) -> Scalar:
        """The value of one cell."""
        sheet = self.sheet(title)
        return value_of(self.book, sheet, sheet.cell(row - 1, column - 1))

    def cell(self, title: str, row: int, column: int) -> Cell:
        """One cell with its formula and looks."""
        return self.sheet(title).cell(row - 1, column - 1)

    def anchors(self, title: str) -> dict[int, tuple[Metadata, ...]]:
        """The metadata of the rows that have any."""
        rows = enumerate(self.sheet(title).rows, start=1)
        return {index: line.anchors for index, line in rows if line.anchors}

    def parts(self, title: str, name: str) -> list[Json]:
        """Parts of a tab by their name in the API: conditionalFormats, protectedRanges, charts ..."""
        return list(self.sheet(title).parts.get(name, []))
