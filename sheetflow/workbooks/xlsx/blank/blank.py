"""A new Excel file with tabs to begin with."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetflow.cells import DropDown, StarterTab
from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.blank.drawing import draw
from sheetflow.workbooks.xlsx.blank.dress import Wardrobe

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NOTE_WIDTH, NOTE_HEIGHT = 280, 90
SUFFIX = ".xlsx"


def create_workbook(path: Path, tabs: tuple[StarterTab, ...]) -> None:
    """Make the file.

    Raises:
        UserError: A file is there already, or the name is not that of an Excel file.
    """
    if path.suffix.lower() != SUFFIX:
        raise UserError("file_not_xlsx", file=path.name)
    content = _content(tabs)
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise UserError("file_exists", file=path.name) from error


def _content(tabs: tuple[StarterTab, ...]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for starter in tabs:
        book.create_sheet(starter.tab.sheet)
    wardrobe = Wardrobe(book)
    for starter in tabs:
        _make(book[starter.tab.sheet], starter, wardrobe)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _make(sheet: Worksheet, starter: StarterTab, wardrobe: Wardrobe) -> None:
    draw(sheet, starter.tab, wardrobe)
    for choices in starter.drop_downs:
        _offer(sheet, choices)
    for (row, column), text in starter.notes.items():
        _note(sheet.cell(row, column), text)
    if starter.hidden:
        sheet.sheet_state = "hidden"


def _offer(sheet: Worksheet, choices: DropDown) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    offered = DataValidation(
        type="list",
        formula1=choices.source,
        allow_blank=True,
        errorStyle="stop" if choices.strict else "information",
        showErrorMessage=choices.strict,
    )
    offered.add(choices.area.a1)
    sheet.add_data_validation(offered)


def _note(cell: Any, text: str) -> None:  # noqa: ANN401  openpyxl's cell
    from openpyxl.comments import Comment

    cell.comment = Comment(text, "SheetFlow", width=NOTE_WIDTH, height=NOTE_HEIGHT)
