"""Filling a spreadsheet from a snapshot of tables, with the looks that its dates and moments have in a sheet."""

from __future__ import annotations

from datetime import date, datetime

from sheetflow.cells import CellFault, Snapshot, Table, Value
from sheets_server import new_book
from sheets_server.entering import Typed, formatted, serial
from sheets_server.state import Book, Cell, Fault, Line, Sheet

SPARE_ROWS = 200
LEAST_COLUMNS = 26


def loaded(number: str, title: str, snapshot: Snapshot) -> Book:
    """A book of the tables; the first sheet has the ID 0, as in a new spreadsheet."""
    book = new_book.book(number, {"title": title})
    for index, table in enumerate(snapshot.tables):
        book.sheets.append(_sheet(table, index * 1_000_003))
    return book


def _sheet(table: Table, number: int) -> Sheet:
    cells: dict[int, dict[int, Cell]] = {}
    for row, values in enumerate(table.rows):
        cells[row] = {column: held(value) for column, value in enumerate(values)}
    for (row, column), formula in table.formulas.items():
        line = cells.setdefault(row - 1, {})
        stored = line.get(column - 1, Cell())
        line[column - 1] = Cell(value=stored.value, formula=formula, more=stored.more)
    columns = max((column + 1 for line in cells.values() for column in line), default=0)
    grid = {
        "rowCount": max(cells, default=0) + 1 + SPARE_ROWS,
        "columnCount": max(columns, LEAST_COLUMNS),
    }
    sheet = new_book.sheet(number, {"title": table.sheet, "gridProperties": grid})
    for row, line in cells.items():
        sheet.rows[row] = Line().holding(line)
    sheet.parts["merges"] = [
        {
            "sheetId": number,
            "startRowIndex": each.first_row - 1,
            "endRowIndex": each.last_row,
            "startColumnIndex": each.first_column - 1,
            "endColumnIndex": each.last_column,
        }
        for each in table.merged
    ]
    return sheet


def held(value: Value) -> Cell:
    """The cell that holds a value; dates and moments are numbers with a format."""
    if isinstance(value, datetime):
        number = serial(value)
        return formatted(Cell(value=number), Typed(number, "DATE_TIME", "yyyy-mm-dd h:mm:ss"))
    if isinstance(value, date):
        number = serial(value)
        return formatted(Cell(value=number), Typed(number, "DATE", "yyyy-mm-dd"))
    if isinstance(value, CellFault):
        return Cell(value=Fault(value.code))
    return Cell(value=None if value == "" else value)
