"""A spreadsheet as `spreadsheets.get` gives it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sheets_server.areas import GRID_KEYS, Area, Block
from sheets_server.cell_json import cell_json
from sheets_server.masks import Mask, names
from sheets_server.metadata import Place, as_json
from sheets_server.refusals import Json
from sheets_server.state import COLUMNS, ROWS, Book, Line, Sheet

_OF_RANGES = (*GRID_KEYS, "dimension")
PIXELS = {ROWS: 21, COLUMNS: 100}


def spreadsheet(book: Book, areas: Sequence[Area], mask: Mask, *, grid: bool) -> Json:
    """The Spreadsheet: only the sheets of the areas, if there are any; cells where asked for or named by the mask."""
    wanted = {area.sheet for area in areas}
    with_data = names(mask, "sheets", "data") if mask and "*" not in mask else grid
    sheets = [
        {**_sheet(book, each), **(_data(book, each, areas) if with_data else {})}
        for each in book.sheets
        if not areas or each.number in wanted
    ]
    answer: Json = {
        "spreadsheetId": book.number,
        "properties": book.properties,
        "sheets": sheets,
        "namedRanges": [without_sheet_zero(each) for each in book.named_ranges],
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{book.number}/edit",
        "developerMetadata": [as_json(each, Place()) for each in book.anchors],
    }
    return {name: each for name, each in answer.items() if each}


def sheet_properties(book: Book, sheet: Sheet) -> Json:
    """The SheetProperties, with the index and the size of the grid as they are now."""
    grid = {
        "rowCount": len(sheet.rows),
        "columnCount": len(sheet.columns),
        **sheet.properties["gridProperties"],
    }
    told = {
        **sheet.properties,
        "gridProperties": {name: each for name, each in grid.items() if each},
    }
    index = next(place for place, each in enumerate(book.sheets) if each.number == sheet.number)
    kept = {name: each for name, each in told.items() if each or name == "sheetId"}
    return {**kept, "index": index}


def _sheet(book: Book, sheet: Sheet) -> Json:
    answer: Json = {"properties": sheet_properties(book, sheet)}
    answer |= {
        name: [without_sheet_zero(each) for each in parts]
        for name, parts in sheet.parts.items()
        if parts
    }
    if "protectedRanges" in answer:
        answer["protectedRanges"] = [_with_owner(book, each) for each in answer["protectedRanges"]]
    if sheet.basic_filter:
        answer["basicFilter"] = without_sheet_zero(sheet.basic_filter)
    if sheet.anchors:
        answer["developerMetadata"] = [as_json(each, Place(sheet.number)) for each in sheet.anchors]
    return answer


def _with_owner(book: Book, protection: Json) -> Json:
    editors = protection.get("editors", {})
    users = sorted({book.owner, *editors.get("users", ())})
    return {**protection, "editors": {**editors, "users": users}}


def without_sheet_zero(part: Any) -> Any:
    """The JSON as Google prints it: a range on the sheet number 0 does not name its sheet."""
    if isinstance(part, list):
        return [without_sheet_zero(each) for each in part]
    if not isinstance(part, dict):
        return part
    ranges = any(name in part for name in _OF_RANGES) and part.get("sheetId") == 0
    return {
        name: without_sheet_zero(each)
        for name, each in part.items()
        if not (ranges and name == "sheetId")
    }


def _data(book: Book, sheet: Sheet, areas: Sequence[Area]) -> Json:
    here = [area for area in areas if area.sheet == sheet.number] or [Area(sheet.number)]
    return {"data": [_grid_data(book, sheet, area.within(sheet)) for area in here]}


def _grid_data(book: Book, sheet: Sheet, block: Block) -> Json:
    rows = [_row_data(book, sheet, row, block) for row in range(block.top, block.bottom)]
    while rows and not rows[-1]:
        rows.pop()
    data: Json = {"startRow": block.top, "startColumn": block.left, "rowData": rows}
    kept = {name: each for name, each in data.items() if each}
    return {
        **kept,
        "rowMetadata": _lines(sheet, ROWS, block.top, block.bottom),
        "columnMetadata": _lines(sheet, COLUMNS, block.left, block.right),
    }


def _row_data(book: Book, sheet: Sheet, row: int, block: Block) -> Json:
    cells = sheet.rows[row].cells[block.left : block.right]
    values = [cell_json(book, sheet, cell) for cell in cells]
    while values and not values[-1]:
        values.pop()
    return {"values": values} if values else {}


def _lines(sheet: Sheet, dimension: str, start: int, end: int) -> list[Json]:
    lines = sheet.lines(dimension)[start:end]
    return [
        _line(line, dimension, Place(sheet.number, dimension, start + index))
        for index, line in enumerate(lines)
    ]


def _line(line: Line, dimension: str, place: Place) -> Json:
    told: Json = {"hiddenByUser": True} if line.hidden else {}
    told["pixelSize"] = PIXELS[dimension] if line.size is None else line.size
    if line.anchors:
        told["developerMetadata"] = [as_json(each, place) for each in line.anchors]
    return told
