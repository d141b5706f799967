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
from dataclasses import dataclass
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
from sheetflow.cells import CellFault, Table, Value
from sheets import table

PROJECT = Path(__file__).parents[1]
DEMO = PROJECT / "sheetflow/data/demo.xlsx"
MADE = "2026-11-20T08:00:00Z"
ZIP_DAY = (2026, 11, 20, 8, 0, 0)
NARROWEST, WIDEST = 8, 46


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
        _fill(book.create_sheet(name), table(name, drawing), sample)
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
        return
    sheet.sheet_view.rightToLeft = sample.right_to_left
    sheet.freeze_panes = f"A{header + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _dress_titles(sheet, header)
    _dress_table(sheet, drawn, header, sample.header)


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


def _dress_table(sheet: Worksheet, drawn: Table, header: int, colour: str) -> None:
    line = Border(bottom=Side("hair", color="B8B8B8"))
    widths: dict[int, float] = {}
    for row in range(header, len(drawn.rows) + 1):
        for column in range(1, len(drawn.rows[header - 1]) + 1):
            cell = sheet.cell(row, column)
            cell.alignment = Alignment(vertical="center")
            cell.border = line
            if row == header:
                cell.font = Font(name="Calibri", bold=True)
                cell.fill = PatternFill("solid", fgColor=colour)
            shown = 15 if isinstance(drawn.at(row, column), date) else len(str(cell.value or ""))
            widths[column] = max(widths.get(column, NARROWEST), min(shown + 2, WIDEST))
    for column, width in widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width


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
