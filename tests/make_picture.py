"""Makes the picture of the README again: the planned agency sample as LibreOffice draws it.

python tests/make_picture.py [FILE]
"""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
import zlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click
import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from sheetflow.usecases.recalculate import recalculate
from sheetflow.wiring.workbooks import open_workbook

PROJECT = Path(__file__).parents[1]
PICTURE = PROJECT / "sheetflow/help/result.png"
SAMPLE = PROJECT / "sample_sheets/agency.xlsx"
TODAY = date(2026, 11, 23)
PROGRAMS = ("soffice", "pdftoppm")

WIDTH, EDGE, GAP = 1400, 16, 28
WHITE = b"\xff\xff\xff"
TRIAL_DPI = 100
A3 = 8
SHOWN = (
    *("Publication", "Delivery date", "Priority", "Current step"),
    *("Flag", "Why", "Step owner", "Step due", "Forecast"),
)
HEADER_ROW, PUBLICATIONS = 4, 14
WEEK_ROWS, LABELS, WEEKS = 2, 3, 5
LEGEND_ROWS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """A picture: its rows, each three bytes a pixel, and its width in pixels."""

    rows: tuple[bytes, ...]
    width: int


def main(goal: Path) -> None:
    """Plan the sample, draw two of its tabs, and put one below the other."""
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        click.echo(f"The picture stays as it is: {' and '.join(missing)} cannot be found.")
        return
    with TemporaryDirectory() as folder:
        planned = Path(folder) / "planned.xlsx"
        recalculate(open_workbook(str(SAMPLE), planned), TODAY)
        page = Path(folder) / "page.xlsx"
        _keep_what_is_shown(planned, page)
        made = [_drawn(_pdf(page), number) for number in (1, 2)]
    goal.write_bytes(_png(_stacked(made)))
    click.echo(f"{goal} is made.")


def _keep_what_is_shown(planned: Path, page: Path) -> None:
    book = openpyxl.load_workbook(planned)
    plan, timeline = book.worksheets[0], book["Timeline"]
    for sheet in book.worksheets:
        if sheet not in (plan, timeline):
            book.remove(sheet)
    _show_publications(plan)
    _show_timeline(timeline)
    for sheet in (plan, timeline):
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", A3
        sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = 1
        sheet.oddFooter = HeaderFooterItem()
    book.save(page)


def _show_publications(sheet: Worksheet) -> None:
    for column in range(1, sheet.max_column + 1):
        if sheet.cell(HEADER_ROW, column).value not in SHOWN:
            sheet.column_dimensions[get_column_letter(column)].hidden = True
    _hide_rows(sheet, 1, HEADER_ROW - 1)
    _hide_rows(sheet, HEADER_ROW + PUBLICATIONS + 1, sheet.max_row)


def _show_timeline(sheet: Worksheet) -> None:
    first_blank = next(
        row for row in range(WEEK_ROWS + 1, sheet.max_row) if not sheet.cell(row, 2).value
    )
    _hide_rows(sheet, WEEK_ROWS + PUBLICATIONS + 1, first_blank - 1)
    _hide_rows(sheet, first_blank + LEGEND_ROWS, sheet.max_row)
    for column in range(LABELS + 7 * WEEKS + 1, sheet.max_column + 1):
        sheet.column_dimensions[get_column_letter(column)].hidden = True


def _hide_rows(sheet: Worksheet, first: int, last: int) -> None:
    for row in range(first, last + 1):
        sheet.row_dimensions[row].hidden = True


def _pdf(workbook: Path) -> Path:
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(workbook.parent)]
    subprocess.run([*command, str(workbook)], check=True, capture_output=True)
    return workbook.with_suffix(".pdf")


def _drawn(pdf: Path, page: int) -> Pixels:
    """A page without its blank edges, at the resolution that makes it as wide as it is to be."""
    trial = _trimmed(_rendered(pdf, page, TRIAL_DPI))
    dpi = TRIAL_DPI * (WIDTH - 2 * EDGE) / trial.width
    return _trimmed(_rendered(pdf, page, dpi))


def _rendered(pdf: Path, page: int, dpi: float) -> Pixels:
    command = ["pdftoppm", "-r", f"{dpi:.2f}", "-f", str(page), "-l", str(page), str(pdf)]
    made = subprocess.run(command, check=True, capture_output=True).stdout
    _, size, _, content = made.split(b"\n", 3)
    width = int(size.split()[0])
    length = len(WHITE) * width
    rows = tuple(content[i : i + length] for i in range(0, len(content), length))
    return Pixels(rows=rows, width=width)


def _trimmed(picture: Pixels) -> Pixels:
    """The smallest part that holds all that is not white."""
    inked = [i for i, row in enumerate(picture.rows) if row.strip(b"\xff")]
    rows = picture.rows[inked[0] : inked[-1] + 1]
    first = min(len(row) - len(row.lstrip(b"\xff")) for row in rows) // len(WHITE)
    last = max(len(row.rstrip(b"\xff")) for row in rows) // len(WHITE) + 1
    cut = tuple(row[len(WHITE) * first : len(WHITE) * last] for row in rows)
    return Pixels(rows=cut, width=len(cut[0]) // len(WHITE))


def _stacked(pictures: list[Pixels]) -> Pixels:
    blank = WHITE * WIDTH
    rows = [blank] * EDGE
    for number, picture in enumerate(pictures):
        rows += [blank] * GAP if number else []
        rows += [
            (WHITE * EDGE + row).ljust(len(blank), b"\xff")[: len(blank)] for row in picture.rows
        ]
    return Pixels(rows=(*rows, *[blank] * EDGE), width=WIDTH)


def _png(picture: Pixels) -> bytes:
    size = struct.pack(">IIBBBBB", picture.width, len(picture.rows), 8, 2, 0, 0, 0)
    content = zlib.compress(b"".join(b"\x00" + row for row in picture.rows), 9)
    parts = ((b"IHDR", size), (b"IDAT", content), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE)
