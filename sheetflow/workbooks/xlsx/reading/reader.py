"""Reading an Excel file: values by a fast reader; formulas, errors and blank texts by a light pass of our own."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias
from xml.parsers.expat import ExpatError

from sheetflow.cells import CellRange, Snapshot, Table
from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.package.contents import Contents
from sheetflow.workbooks.xlsx.reading.macro_sheets import without_macro_sheets
from sheetflow.workbooks.xlsx.reading.package import Package
from sheetflow.workbooks.xlsx.reading.scan import SheetScan, scan_sheet
from sheetflow.workbooks.xlsx.reading.totals import leave_out, totals_areas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from python_calamine import CalamineSheet, CalamineWorkbook

    from sheetflow.cells import Value

SECONDS_A_DAY = 86_400
MIDNIGHT = time()
Known: TypeAlias = "dict[str | date, str | date]"
"""Texts and days that stand in more than one cell are held once."""
HOLDS_VALUES = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^<>]*)?>\s*[^<\s]")


def read_snapshot(package: Package, only: Iterable[str] | None = None) -> Snapshot:
    """The sheets of the file that hold cells, or those of them that are named in `only`.

    Raises:
        UserError: The file cannot be read, or not all of it: a sheet is never taken for an empty one.
    """
    with _told(package):
        book, contents = _opened(package.content), Contents(package.content)
        names = _worksheets(book, package, only)
        tables = tuple(_table(book, name, package, contents) for name in names)
        return Snapshot(tables=tables, epoch=package.epoch)


def read_rows(content: bytes, sheets: Iterable[str]) -> Iterator[Iterator[list[Value]]]:
    """The rows of one of these sheets after another, as the fast reader alone sees them; raises UserError where not."""
    with _told(None):
        book = _opened(content)
        for sheet in sheets:
            yield _rows(book.get_sheet_by_name(sheet))


def _opened(content: bytes) -> CalamineWorkbook:
    import python_calamine as calamine

    return calamine.load_workbook(BytesIO(without_macro_sheets(content)))


@contextmanager
def _told(package: Package | None) -> Iterator[None]:
    """Tell what the reader stumbles over as trouble with the file."""
    import python_calamine as calamine

    file = package.name if package else ""
    try:
        yield
    except calamine.PasswordError as error:
        raise UserError("file_encrypted", file=file) from error
    except (
        calamine.CalamineError,
        calamine.ZipError,
        calamine.XmlError,
        ExpatError,
        OSError,
        ValueError,
    ) as error:
        raise UserError("file_unreadable", file=file) from error
    except BaseException as error:
        # The reader is not written in Python: where it gives up, it raises what is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise UserError("file_unreadable", file=file) from error


def _worksheets(book: CalamineWorkbook, package: Package, only: Iterable[str] | None) -> list[str]:
    seen = {sheet.name: str(sheet.typ) for sheet in book.sheets_metadata}
    unseen = next((name for name in package.sheets if name not in seen), None)
    if unseen is not None:
        raise UserError("sheet_unreadable", file=package.name, sheet=unseen)
    wanted = package.sheets if only is None else set(only)
    return [name for name in package.sheets if name in wanted and seen[name].endswith("WorkSheet")]


def _table(book: CalamineWorkbook, name: str, package: Package, contents: Contents) -> Table:
    part = package.sheets[name]
    scan, holds_values = _scanned(contents.whole(part), name, package)
    sheet = book.get_sheet_by_name(name)
    merged = tuple(_range(*corners) for corners in sheet.merged_cell_ranges or ())
    rows = _filled(sheet)
    _put_left_out(rows, scan)
    if not rows and holds_values and not scan.formulas:
        raise UserError("sheet_unreadable", file=package.name, sheet=name)
    for area in totals_areas(contents, part):
        leave_out(area, rows, scan.formulas)
    return Table(sheet=name, rows=tuple(map(tuple, rows)), formulas=scan.formulas, merged=merged)


def _scanned(xml: bytes, name: str, package: Package) -> tuple[SheetScan, bool]:
    """What the sheet's own XML tells, and whether values stand in it."""
    if b"\0" in xml[:4]:
        # Letters of two bytes each: the fast reader would find no cell, and say nothing.
        raise UserError("sheet_unreadable", file=package.name, sheet=name)
    return scan_sheet(xml), HOLDS_VALUES.search(xml) is not None


def _filled(sheet: CalamineSheet) -> list[list[Value]]:
    rows = list(_rows(sheet))
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _rows(sheet: CalamineSheet) -> Iterator[list[Value]]:
    # Row by row, which begins at the first column that is filled.
    before: list[Value] = [None] * (sheet.start[1] if sheet.start else 0)
    known: Known = {}
    for cells in sheet.iter_rows():
        row = [_value(cell, known) for cell in cells]
        while row and row[-1] is None:
            row.pop()
        yield before + row if row else row


def _range(first: tuple[int, int], last: tuple[int, int]) -> CellRange:
    return CellRange(
        first_row=first[0] + 1,
        first_column=first[1] + 1,
        last_row=last[0] + 1,
        last_column=last[1] + 1,
    )


def _put_left_out(rows: list[list[Value]], scan: SheetScan) -> None:
    for (row, column), value in scan.left_out.items():
        rows.extend([] for _ in range(row - len(rows)))
        cells = rows[row - 1]
        cells.extend([None] * (column - len(cells)))
        cells[column - 1] = value


def _value(cell: Any, known: Known) -> Value:  # noqa: ANN401 - whatever the reader gives
    if isinstance(cell, str):
        return known.setdefault(cell, cell) or None
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, datetime) and cell.time() == MIDNIGHT:
        cell = cell.date()
    if isinstance(cell, date):
        return known.setdefault(cell, cell)
    return _rare_value(cell)


def _rare_value(cell: Any) -> Value:  # noqa: ANN401 - whatever the reader gives
    if isinstance(cell, time):
        return (cell.hour * 3600 + cell.minute * 60 + cell.second) / SECONDS_A_DAY
    if isinstance(cell, timedelta):
        return cell.total_seconds() / SECONDS_A_DAY
    if isinstance(cell, bool | int):
        return cell
    return None if cell is None else str(cell)
