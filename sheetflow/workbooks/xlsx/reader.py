"""Reading an Excel file: values by a fast reader, formulas and errors by a light pass of our own."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.parsers.expat import ExpatError

from sheetflow.cells import CellRange, Snapshot, Table
from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.package import Package
from sheetflow.workbooks.xlsx.scan import SheetScan, is_too_large, scan_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from python_calamine import CalamineWorkbook

    from sheetflow.cells import Value

SECONDS_A_DAY = 86_400
MIDNIGHT = time()


def read_snapshot(package: Package, only: Iterable[str] | None = None) -> Snapshot:
    """The sheets of the file that hold cells, or those of them that are named in `only`."""
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(BytesIO(package.content))
        names = _worksheets(book, package, only)
        parts = package.parts(names)
        return Snapshot(
            tables=tuple(_table(book, name, parts[name]) for name in names), epoch=package.epoch
        )
    except calamine.PasswordError as error:
        raise UserError("file_encrypted", file=package.name) from error
    except (
        calamine.CalamineError,
        calamine.ZipError,
        calamine.XmlError,
        ExpatError,
        OSError,
        ValueError,
    ) as error:
        raise UserError("file_unreadable", file=package.name) from error


def _worksheets(book: CalamineWorkbook, package: Package, only: Iterable[str] | None) -> list[str]:
    wanted = None if only is None else set(only)
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if str(sheet.typ).endswith("WorkSheet")
        and sheet.name in package.sheets
        and (wanted is None or sheet.name in wanted)
    ]


def _table(book: CalamineWorkbook, name: str, xml: bytes) -> Table:
    if is_too_large(xml):
        raise UserError("sheet_too_large", sheet=name)
    sheet = book.get_sheet_by_name(name)
    scan = scan_sheet(xml)
    merged = tuple(_range(*corners) for corners in sheet.merged_cell_ranges or ())
    rows = [_row(row) for row in sheet.to_python(skip_empty_area=False)]
    _put_faults(rows, scan)
    while rows and not rows[-1]:
        rows.pop()
    return Table(sheet=name, rows=tuple(map(tuple, rows)), formulas=scan.formulas, merged=merged)


def _range(first: tuple[int, int], last: tuple[int, int]) -> CellRange:
    return CellRange(
        first_row=first[0] + 1,
        first_column=first[1] + 1,
        last_row=last[0] + 1,
        last_column=last[1] + 1,
    )


def _put_faults(rows: list[list[Value]], scan: SheetScan) -> None:
    for (row, column), fault in scan.faults.items():
        rows.extend([] for _ in range(row - len(rows)))
        cells = rows[row - 1]
        cells.extend([None] * (column - len(cells)))
        cells[column - 1] = fault


def _row(cells: list[Any]) -> list[Value]:
    row = [_value(cell) for cell in cells]
    while row and row[-1] is None:
        row.pop()
    return row


def _value(cell: Any) -> Value:  # noqa: ANN401 - whatever the reader gives
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == MIDNIGHT else cell
    return _rare_value(cell)


def _rare_value(cell: Any) -> Value:  # noqa: ANN401 - whatever the reader gives
    if isinstance(cell, time):
        return (cell.hour * 3600 + cell.minute * 60 + cell.second) / SECONDS_A_DAY
    if isinstance(cell, timedelta):
        return cell.total_seconds() / SECONDS_A_DAY
    if isinstance(cell, bool | int | date):
        return cell
    return None if cell is None else str(cell)
