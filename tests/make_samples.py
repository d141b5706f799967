"""Makes sample_sheets/ and the demo's workbook again, the same byte for byte wherever it runs.

python tests/make_samples.py [FOLDER]
"""

from __future__ import annotations

import io
import re
import shutil
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

import sample_agency
import sample_others
from sheetflow.cells import CellFault, CellRange, ComputedTab, Table, Value
from sheetflow.translate import palette
from sheetflow.workbooks.xlsx.blank.drawing import draw
from sheetflow.workbooks.xlsx.blank.dress import Wardrobe
from sheets import table

PROJECT = Path(__file__).parents[1]
DEMO = PROJECT / "sheetflow/data/demo.xlsx"
MADE = "2026-11-20T08:00:00Z"
ZIP_DAY = (2026, 11, 20, 8, 0, 0)
NARROWEST, WIDEST = 8, 46
HISTORY, HISTORY_DATE = "History", "[$-409]ddd d mmm yyyy"
HISTORY_WIDTHS = (19.0, 8.0, 26.0, 13.0, 12.0, 19.0, 46.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One workbook: its drawn tabs and what a drawing cannot show."""

    file: str
    tabs: Mapping[str, str]
    header: str = "FFF4CC"
    date_format: str = "ddd d mmm yyyy"
    right_to_left: bool = False
    plain: bool = False
    hidden_rows: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()


SAMPLES = (
    Sample(file="agency.xlsx", tabs=sample_agency.TABS, header="E7D9C4"),
    Sample(file="smallest.xlsx", tabs=sample_others.SMALLEST, date_format="dd/mm/yyyy", plain=True),
    Sample(file="indonesia.xlsx", tabs=sample_others.INDONESIA, header="DDEBDA"),
    Sample(file="persian.xlsx", tabs=sample_others.PERSIAN, header="E3DDF0", right_to_left=True),
    Sample(
        file="messy.xlsx",
        tabs=sample_others.MESSY,
        header="FFFF00",
        date_format="dd.mm.yy",
        hidden_rows=(20,),
        merged=("E7:E8",),
    ),
    Sample(file="colours.xlsx", tabs=sample_others.COLOURS, header="D9E2EC"),
)


def main(folder: Path) -> None:
    """Make every sample in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES:
        (folder / sample.file).write_bytes(made(sample))


def made(sample: Sample) -> bytes:
    """The bytes of one sample's workbook."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for number, (name, drawing) in enumerate(sample.tabs.items()):
        drawn = table(name, drawing)
        if name == HISTORY:
            draw(book.create_sheet(name), _history(drawn), Wardrobe(book))
            continue
        _fill(book.create_sheet(name), drawn, sample)
        if number == 0:
            _trouble(book.worksheets[0], sample)
    book.properties.creator = sample.file.removesuffix(".xlsx")
    held = io.BytesIO()
    book.save(held)
    return _steady(held.getvalue())


def _fill(sheet: Worksheet, drawn: Table, sample: Sample) -> None:
    header = _header_row(drawn)
    for (row, column), formula in drawn.formulas.items():
        sheet.cell(row, column, formula)
    for row, values in enumerate(drawn.rows, start=1):
        for column, value in enumerate(values, start=1):
            if (row, column) not in drawn.formulas:
                _put(sheet.cell(row, column), value, sample.date_format)
    if sample.plain:
        _widen(sheet, drawn, header)
        return
    sheet.sheet_view.rightToLeft = sample.right_to_left
    sheet.freeze_panes = f"A{header + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _dress_titles(sheet, header)
    _dress_table(sheet, drawn, header, sample)


def _history(drawn: Table) -> ComputedTab:
    """The tab as the runs of the weeks before would have left it."""
    head = {"When": palette.HEAD_RIGHT, "Due": palette.HEAD_RIGHT, "Note": palette.HEAD_LONG}
    plain = {
        "When": replace(palette.SOFT_DAY, number_format=HISTORY_DATE),
        "Event": palette.SOFT_TEXT,
        "Due": replace(palette.DAY, number_format=HISTORY_DATE),
        "Note": palette.LONG_TEXT,
    }
    styles = {
        (row, column): (head if row == 1 else plain).get(
            str(header), palette.HEAD if row == 1 else palette.TEXT
        )
        for row in range(1, len(drawn.rows) + 1)
        for column, header in enumerate(drawn.rows[0], start=1)
    }
    return ComputedTab(
        sheet=HISTORY,
        rows=drawn.rows,
        styles=styles,
        widths=HISTORY_WIDTHS,
        filtered=CellRange(1, 1, len(drawn.rows), len(drawn.rows[0])),
        footer=HISTORY,
    )


def _header_row(drawn: Table) -> int:
    widest = max(len(row) for row in drawn.rows)
    return next(i for i, row in enumerate(drawn.rows, start=1) if len(row) >= widest - 1)


def _put(cell: Cell | MergedCell, value: Value, date_format: str) -> None:
    if isinstance(cell, MergedCell):
        return
    if isinstance(value, CellFault):
        cell.value, cell.data_type = value.code, "e"
    elif isinstance(value, str):
        cell.value, cell.data_type = value, "s"
    elif value is not None:
        cell.value = value
    if isinstance(value, date) and not isinstance(value, datetime):
        cell.number_format = date_format


def _dress_titles(sheet: Worksheet, header: int) -> None:
    for row in range(1, header):
        sheet.cell(row, 1).font = Font(
            name="Calibri", bold=row == 1, size=16 if row == 1 else 10, italic=row > 1
        )
    if header > 1:
        sheet.row_dimensions[1].height = 26


def _dress_table(sheet: Worksheet, drawn: Table, header: int, sample: Sample) -> None:
    line = Border(bottom=Side("hair", color="B8B8B8"))
    for row in range(header, len(drawn.rows) + 1):
        for column in range(1, len(drawn.rows[header - 1]) + 1):
            cell = sheet.cell(row, column)
            cell.alignment = (
                Alignment(horizontal="right", vertical="center", readingOrder=2)
                if sample.right_to_left
                else _alignment(drawn, header, row, column)
            )
            cell.border = line
            if row == header:
                cell.font = Font(name="Calibri", bold=True)
                cell.fill = PatternFill("solid", fgColor=sample.header)
    _widen(sheet, drawn, header)


def _widen(sheet: Worksheet, drawn: Table, header: int) -> None:
    for column in range(1, len(drawn.rows[header - 1]) + 1):
        values = [drawn.at(row, column) for row in range(header, len(drawn.rows) + 1)]
        shown = [15 if isinstance(value, date) else len(str(value or "")) for value in values]
        width = max(NARROWEST, *(min(length + 3, WIDEST) for length in shown))
        sheet.column_dimensions[get_column_letter(column)].width = width


def _alignment(drawn: Table, header: int, row: int, column: int) -> Alignment:
    """Numbers stand under headers at the same side; a text beside them keeps its distance."""
    value = drawn.at(row, column)
    under = drawn.at(header, column)
    if row == header and _has_numbers(drawn, header, column):
        return Alignment(horizontal="right", vertical="center")
    if column > 1 and _has_numbers(drawn, header, column - 1) and isinstance(value or under, str):
        return Alignment(horizontal="left", vertical="center", indent=1)
    return Alignment(vertical="center")


def _has_numbers(drawn: Table, header: int, column: int) -> bool:
    """Whether dates or numbers stand in the column, and nothing else."""
    values = [drawn.at(row, column) for row in range(header + 1, len(drawn.rows) + 1)]
    filled = [value for value in values if value is not None]
    return bool(filled) and all(isinstance(value, date | float | int) for value in filled)


def _trouble(sheet: Worksheet, sample: Sample) -> None:
    for row in sample.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for area in sample.merged:
        sheet.merge_cells(area)


def _steady(content: bytes) -> bytes:
    """The same workbook without the moment at which it was saved."""
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", MADE.encode(), part)
            entry = zipfile.ZipInfo(name, ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, part)
    return held.getvalue()


if __name__ == "__main__":
    goal = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "sample_sheets"
    main(goal)
    if len(sys.argv) == 1:
        shutil.copyfile(goal / "agency.xlsx", DEMO)
