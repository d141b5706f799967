"""Requests about rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sheets_server.areas import Area
from sheets_server.call import Edit
from sheets_server.dimensions import delete, insert, move
from sheets_server.formulas import value_of
from sheets_server.masks import mask_of
from sheets_server.protection import guard_area
from sheets_server.refusals import Json, invalid
from sheets_server.showing import shown
from sheets_server.spreadsheet_json import PIXELS, without_sheet_zero
from sheets_server.state import COLUMNS, EMPTY_LINE, ROWS, Sheet

PIXELS_A_LETTER, PIXELS_AROUND = 7, 13


def _lines(edit: Edit, line_range: Json) -> tuple[Sheet, str, int, int]:
    if line_range.get("dimension") not in {ROWS, COLUMNS}:
        raise invalid("A dimension is required.")
    sheet = edit.book.to_edit(line_range.get("sheetId", 0))
    dimension = line_range["dimension"]
    end = line_range.get("endIndex", len(sheet.lines(dimension)))
    return sheet, dimension, line_range.get("startIndex", 0), end


def _guarded(edit: Edit, sheet: Sheet, dimension: str, start: int, end: int) -> None:
    area = (
        Area(sheet.number, start, end)
        if dimension == ROWS
        else Area(sheet.number, left=start, right=end)
    )
    guard_area(edit.book, area, edit.account)


def insert_dimension(edit: Edit, asked: Json) -> Json:
    """Insert blank lines."""
    sheet, dimension, start, end = _lines(edit, asked.get("range", {}))
    like_before = asked.get("inheritFromBefore", False)
    if like_before and not start:
        raise invalid("inheritFromBefore must be false when inserting at the first row or column.")
    if start >= len(sheet.lines(dimension)):
        raise invalid(
            f"range.startIndex[{start}] must be less than the grid size[{len(sheet.lines(dimension))}] if inheritFromBefore is false."
        )
    insert(edit.book, sheet.number, dimension, start, end - start, like_before=like_before)
    return {}


def delete_dimension(edit: Edit, asked: Json) -> Json:
    """Delete lines."""
    sheet, dimension, start, end = _lines(edit, asked.get("range", {}))
    _guarded(edit, sheet, dimension, start, end)
    delete(edit.book, sheet.number, dimension, start, end)
    return {}


def move_dimension(edit: Edit, asked: Json) -> Json:
    """Move lines to another place."""
    sheet, dimension, start, end = _lines(edit, asked.get("source", {}))
    _guarded(edit, sheet, dimension, start, end)
    move(edit.book, sheet.number, dimension, start, end, asked.get("destinationIndex", 0))
    return {}


def append_dimension(edit: Edit, asked: Json) -> Json:
    """Add blank lines at the end of the grid."""
    sheet = edit.book.to_edit(asked.get("sheetId", 0))
    if asked.get("dimension") not in {ROWS, COLUMNS} or asked.get("length", 0) < 1:
        raise invalid("A dimension and a length above 0 are required.")
    sheet.lines(asked["dimension"]).extend([EMPTY_LINE] * asked["length"])
    return {}


def update_dimension_properties(edit: Edit, asked: Json) -> Json:
    """Sizes of lines, and hiding them."""
    sheet, dimension, start, end = _lines(edit, asked.get("range", {}))
    properties, mask = asked.get("properties", {}), mask_of(asked.get("fields", "") or "*")
    lines = sheet.lines(dimension)
    if end > len(lines):
        raise invalid(f"endIndex[{end}] is beyond the grid's {len(lines)} {dimension.lower()}.")
    for index in range(start, end):
        if "hiddenByUser" in mask or "*" in mask:
            lines[index] = replace(lines[index], hidden=properties.get("hiddenByUser", False))
        if "pixelSize" in mask or "*" in mask:
            lines[index] = replace(lines[index], size=properties.get("pixelSize"))
    return {}


def auto_resize_dimensions(edit: Edit, asked: Json) -> Json:
    """Columns as wide as their longest text, about; rows as high as ever."""
    sheet, dimension, start, end = _lines(edit, asked.get("dimensions", {}))
    for index in range(start, end):
        size = PIXELS[ROWS]
        if dimension == COLUMNS:
            texts = (
                shown(value_of(edit.book, sheet, cell), cell.number_format)
                for _, column, cell in sheet.with_values()
                if column == index
            )
            longest = max((len(line) for text in texts for line in text.splitlines()), default=0)
            if not longest:
                continue
            size = longest * PIXELS_A_LETTER + PIXELS_AROUND
        lines = sheet.lines(dimension)
        lines[index] = replace(lines[index], size=size)
    return {}


def _groups(sheet: Sheet, dimension: str) -> list[Json]:
    return sheet.parts.setdefault("rowGroups" if dimension == ROWS else "columnGroups", [])


def add_dimension_group(edit: Edit, asked: Json) -> Json:
    """Group lines, a level deeper where they lie in a group."""
    sheet, dimension, start, end = _lines(edit, asked.get("range", {}))
    groups = _groups(sheet, dimension)
    around = [
        each
        for each in groups
        if each["range"]["startIndex"] <= start and end <= each["range"]["endIndex"]
    ]
    span = {"sheetId": sheet.number, "dimension": dimension, "startIndex": start, "endIndex": end}
    control = "rowGroupControlAfter" if dimension == ROWS else "columnGroupControlAfter"
    grid = {**sheet.properties["gridProperties"], control: True}
    sheet.properties = {**sheet.properties, "gridProperties": grid}
    groups.append({"range": span, "depth": 1 + max((each["depth"] for each in around), default=0)})
    return {"dimensionGroups": without_sheet_zero(groups)}


def delete_dimension_group(edit: Edit, asked: Json) -> Json:
    """Undo the deepest group of exactly these lines."""
    sheet, dimension, start, end = _lines(edit, asked.get("range", {}))
    groups = _groups(sheet, dimension)
    same = [
        each
        for each in groups
        if (each["range"]["startIndex"], each["range"]["endIndex"]) == (start, end)
    ]
    if not same:
        raise invalid("No matching dimension group exists.")
    groups.remove(max(same, key=lambda each: each["depth"]))
    return {"dimensionGroups": without_sheet_zero(groups)} if groups else {}


REQUESTS: Mapping[str, Callable[[Edit, Json], Json]] = {
    "insertDimension": insert_dimension,
    "deleteDimension": delete_dimension,
    "moveDimension": move_dimension,
    "appendDimension": append_dimension,
    "updateDimensionProperties": update_dimension_properties,
    "autoResizeDimensions": auto_resize_dimensions,
    "addDimensionGroup": add_dimension_group,
    "deleteDimensionGroup": delete_dimension_group,
}
