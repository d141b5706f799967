"""Writing a snapshot as an Excel file, by the library alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sheetflow.cells import CellFault, Snapshot


def save(content: Snapshot, path: Path) -> None:
    """Write a snapshot as a file, by the library alone."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for table in content.tables:
        sheet: Any = book.create_sheet(table.sheet)
        for number, row in enumerate(table.rows, start=1):
            for column, value in enumerate(row, start=1):
                cell = sheet.cell(number, column)
                cell.value = value.code if isinstance(value, CellFault) else value
                if isinstance(value, str):
                    cell.data_type = "s"
        for (number, column), formula in table.formulas.items():
            sheet.cell(number, column).value = formula
        for area in table.merged:
            sheet.merge_cells(area.a1)
    book.save(path)
