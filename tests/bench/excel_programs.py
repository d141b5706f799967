"""The programs that the Excel bench compares: each imports only what it needs, in a process of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

SHEET = "Plan"
EVERY = 10
FIRST_DAY = date(2026, 1, 1)


def make(path: str, rows: int, columns: int) -> None:
    """A workbook of numbers, texts and days."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    sheet.append([f"Column {column}" for column in range(1, columns + 1)])
    for row in range(2, rows + 2):
        sheet.append([held(row, column) for column in range(1, columns + 1)])
    book.save(path)


def held(row: int, column: int) -> str | int | date:
    """What stands in a cell before."""
    if column % 3 == 0:
        return row * column
    if column % 3 == 1:
        return f"Text {row % 500} in {column}"
    return FIRST_DAY + timedelta(days=(row + column) % 700)


def edits(rows: int, columns: int) -> list[tuple[int, int, str | float]]:
    """Row, column and new value of every cell that changes: every tenth column, as a whole."""
    return [
        (row, column, f"new {row}" if column % 2 else row / 4)
        for column in range(1, columns + 1, EVERY)
        for row in range(2, rows + 2)
    ]


def theirs(path: str, rows: int, columns: int) -> None:
    """Load, edit, save."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet: Any = book[SHEET]
    for row, column, value in edits(rows, columns):
        sheet.cell(row, column).value = value
    book.save(path)


def ours(path: str, rows: int, columns: int) -> None:
    """Read, then write the edits: proved, with a backup, in place."""
    from pathlib import Path

    from sheetflow.cells import CellEdit, CellRef, Patch
    from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook

    workbook = XlsxWorkbook(Path(path))
    table = workbook.read().tables[0]
    patch = Patch(
        edits=tuple(
            CellEdit(ref=CellRef(SHEET, row, column), before=table.at(row, column), after=value)
            for row, column, value in edits(rows, columns)
        )
    )
    report = workbook.write(patch)
    if report.written != len(patch.edits):
        message = f"only {report.written} of {len(patch.edits)} cells were written"
        raise SystemExit(message)


def reading(path: str, _rows: int, _columns: int) -> None:
    """Read alone."""
    from pathlib import Path

    from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook

    XlsxWorkbook(Path(path)).read()
