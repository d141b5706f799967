"""Writing an Excel file: edits whose cell still holds what they replace, and computed tabs drawn anew."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from sheetflow.cells import CellEdit, ColumnLook, Patch, column_letters
from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.drawing import frame, put
from sheetflow.workbooks.xlsx.dress import Wardrobe, add_rules, clothed
from sheetflow.workbooks.xlsx.package import Package
from sheetflow.workbooks.xlsx.rows import Splicer, rows_of

if TYPE_CHECKING:
    import openpyxl

LIBRARY_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    ParseError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
)


def patched(package: Package, patch: Patch, edits: Iterable[CellEdit]) -> bytes:
    """The file with these edits and the patch's looks and tabs; raises UserError where it cannot be made safely."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = _load(package, [tab.sheet for tab in patch.tabs])
            wardrobe = Wardrobe(book)
            _apply(book, patch, edits, wardrobe)
            rows = {
                _part(book, tab.sheet): rows_of(tab, wardrobe, package.epoch) for tab in patch.tabs
            }
            return _saved(book, rows)
    except LIBRARY_FAULTS as error:
        raise UserError("file_unsafe", file=package.name) from error


def _part(book: openpyxl.Workbook, sheet: str) -> str:
    """The part that the library will give the sheet."""
    return f"xl/worksheets/sheet{book.worksheets.index(book[sheet]) + 1}.xml"


def _saved(book: openpyxl.Workbook, rows: Mapping[str, tuple[bytes, bytes]]) -> bytes:
    from openpyxl.writer.excel import ExcelWriter

    content = BytesIO()
    # An archive of our own is closed even where the library gives up half-way.
    with Splicer(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.rows = rows
        ExcelWriter(book, archive).save()
    return content.getvalue()


def _load(package: Package, redrawn: list[str]) -> openpyxl.Workbook:
    import openpyxl

    book = openpyxl.load_workbook(
        package.blanked(redrawn), keep_vba=package.name.lower().endswith("m"), rich_text=True
    )
    if set(book.sheetnames) != set(package.sheets):
        raise UserError("file_unsafe", file=package.name)
    return book


def _apply(
    book: openpyxl.Workbook, patch: Patch, edits: Iterable[CellEdit], wardrobe: Wardrobe
) -> None:
    for edit in edits:
        cell: Any = book[edit.ref.sheet].cell(edit.ref.row, edit.ref.column)
        dress = clothed(cell, edit, wardrobe)
        put(cell, edit.after)
        cell._style = dress  # noqa: SLF001 - a date would bring a format of its own
    for look in patch.looks:
        _set_look(book[look.sheet], look)
    for tab in patch.tabs:
        sheet = book[tab.sheet] if tab.sheet in book.sheetnames else book.create_sheet(tab.sheet)
        frame(sheet, tab)


def _set_look(sheet: Any, look: ColumnLook) -> None:  # noqa: ANN401 - openpyxl's worksheet
    letters = column_letters(look.column)
    if look.width is not None and letters not in sheet.column_dimensions:
        sheet.column_dimensions[letters].width = look.width
    add_rules(sheet, look.rules)
