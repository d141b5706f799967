"""Requests that put CellData into cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sheets_server import colours
from sheets_server.areas import Area, Block, grid_block, outside
from sheets_server.call import Edit
from sheets_server.cell_json import changed
from sheets_server.dimensions import grow
from sheets_server.masks import Mask, mask_of
from sheets_server.protection import guard, guard_area
from sheets_server.references import translated
from sheets_server.refusals import Json, invalid
from sheets_server.state import BLANK, Cell, Sheet


def _mask(asked: Json) -> Mask:
    fields = asked.get("fields", "")
    if not fields:
        raise invalid(
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    mask = colours.paired(mask_of(fields))
    return {} if "*" in mask else mask


def update_cells(edit: Edit, asked: Json) -> Json:
    """Rows of CellData at a start or in a range; in a range the cells beyond them are cleared."""
    mask = _mask(asked)
    rows = [each.get("values", []) for each in asked.get("rows", [])]
    if "range" in asked:
        looked, block = grid_block(edit.book, asked["range"])
    elif "start" in asked:
        looked, block = _from_start(edit, asked["start"], rows)
    else:
        raise invalid("A start or a range is required.")
    _keep_within(looked, block, rows)
    sheet = edit.book.to_edit(looked.number)
    places = [
        (r, c) for r in range(block.top, block.bottom) for c in range(block.left, block.right)
    ]
    if "start" in asked:
        places = [
            (block.top + index, block.left + column)
            for index, row in enumerate(rows)
            for column in range(len(row))
        ]
    guard(edit.book, sheet, edit.account, places)
    _put(
        sheet, places, mask, lambda row, column: _given(rows, row - block.top, column - block.left)
    )
    return {}


def _from_start(edit: Edit, start: Json, rows: list[list[Json]]) -> tuple[Sheet, Block]:
    sheet = edit.book.sheet(start.get("sheetId", 0))
    top, left = start.get("rowIndex", 0), start.get("columnIndex", 0)
    width = max(map(len, rows), default=0)
    area = Area(sheet.number, top, top + len(rows), left, left + width)
    if top + len(rows) > len(sheet.rows) or left + width > len(sheet.columns):
        raise outside(sheet, area)
    return sheet, Block(top, top + len(rows), left, left + width)


def _keep_within(sheet: Sheet, block: Block, rows: list[list[Json]]) -> None:
    if len(rows) > block.height:
        raise invalid(
            f"Attempting to write row: {block.top + block.height}, beyond the last requested row of: {block.bottom - 1}"
        )
    if max(map(len, rows), default=0) > block.width:
        raise invalid(
            f"Attempting to write column: {block.right}, beyond the last requested column of: {block.right - 1}"
        )
    if block.bottom > len(sheet.rows) or block.right > len(sheet.columns):
        raise outside(sheet, block.area(sheet))


def _given(rows: list[list[Json]], row: int, column: int) -> Json:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else {}


def _put(
    sheet: Sheet, places: list[tuple[int, int]], mask: Mask, data: Callable[[int, int], Json]
) -> None:
    lines: dict[int, dict[int, Cell]] = {}
    # Very many cells are blank and get the very same data: they are changed once.
    known: dict[int, tuple[Json, Cell]] = {}
    for row, column in places:
        old, given = sheet.cell(row, column), data(row, column)
        if old is not BLANK:
            new = changed(old, given, mask)
        elif id(given) in known:
            new = known[id(given)][1]
        else:
            new = changed(old, given, mask)
            known[id(given)] = given, new
        lines.setdefault(row, {})[column] = new
    for row, cells in lines.items():
        sheet.rows[row] = sheet.rows[row].holding(cells)


def repeat_cell(edit: Edit, asked: Json) -> Json:
    """One CellData into every cell of a range; the references of its formula move along."""
    mask = _mask(asked)
    cell: Json = asked.get("cell", {})
    looked, block = grid_block(edit.book, asked.get("range", {}))
    sheet = edit.book.to_edit(looked.number)
    guard_area(edit.book, block.area(sheet), edit.account)
    places = [
        (r, c) for r in range(block.top, block.bottom) for c in range(block.left, block.right)
    ]
    formula = cell.get("userEnteredValue", {}).get("formulaValue")

    def data(row: int, column: int) -> Json:
        if formula is None:
            return cell
        moved = translated(formula, row - block.top, column - block.left)
        return {**cell, "userEnteredValue": {"formulaValue": moved}}

    _put(sheet, places, mask, data)
    return {}


def append_cells(edit: Edit, asked: Json) -> Json:
    """Rows of CellData behind the last row that holds data."""
    sheet = edit.book.to_edit(asked.get("sheetId", 0))
    if "tableId" in asked:
        raise invalid("Tables are not known here.")
    rows = [each.get("values", []) for each in asked.get("rows", [])]
    top = max((row + 1 for row, _, _ in sheet.with_values()), default=0)
    grow(sheet, top + len(rows), max(map(len, rows), default=0))
    start = {"sheetId": sheet.number, "rowIndex": top, "columnIndex": 0}
    return update_cells(
        edit, {"start": start, "rows": asked.get("rows", []), "fields": asked.get("fields", "")}
    )


REQUESTS: Mapping[str, Callable[[Edit, Json], Json]] = {
    "updateCells": update_cells,
    "repeatCell": repeat_cell,
    "appendCells": append_cells,
}
