"""Requests that copy cells from one range to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sheets_server.areas import Area, Block, grid_block
from sheets_server.call import Edit
from sheets_server.dimensions import grow
from sheets_server.protection import guard_area
from sheets_server.references import translated
from sheets_server.refusals import Json, invalid
from sheets_server.state import BLANK, Cell, Sheet

_LOOKS = ("userEnteredFormat",)


def copy_paste(edit: Edit, asked: Json) -> Json:
    """Copy a range into another, over and over where that is a multiple of it; references move along."""
    source, block = grid_block(edit.book, asked.get("source", {}))
    area = Area.of_json(asked.get("destination", {}))
    target = edit.book.to_edit(area.sheet)
    cells = _cells(source, block)
    if asked.get("pasteOrientation") == "TRANSPOSE":
        cells = [list(column) for column in zip(*cells, strict=True)]
    place = _target(target, area, len(cells), len(cells[0]))
    guard_area(edit.book, place.area(target), edit.account)
    for row in range(place.top, place.bottom):
        changed = {}
        for column in range(place.left, place.right):
            from_row, from_column = (
                (row - place.top) % len(cells),
                (column - place.left) % len(cells[0]),
            )
            moved = row - block.top - from_row, column - block.left - from_column
            cell = _translated(cells[from_row][from_column], *moved)
            changed[column] = pasted(
                target.cell(row, column), cell, asked.get("pasteType", "PASTE_NORMAL")
            )
        target.rows[row] = target.rows[row].holding(changed)
    return {}


def _cells(sheet: Sheet, block: Block) -> list[list[Cell]]:
    return [
        [sheet.cell(row, column) for column in range(block.left, block.right)]
        for row in range(block.top, block.bottom)
    ]


def _target(sheet: Sheet, area: Area, height: int, width: int) -> Block:
    top, left = area.top or 0, area.left or 0
    rows = (area.bottom if area.bottom is not None else len(sheet.rows)) - top
    columns = (area.right if area.right is not None else len(sheet.columns)) - left
    rows = rows if rows and rows % height == 0 else height
    columns = columns if columns and columns % width == 0 else width
    grow(sheet, top + rows, left + columns)
    return Block(top, top + rows, left, left + columns)


def _translated(cell: Cell, down: int, right: int) -> Cell:
    if cell.formula is None:
        return cell
    return replace(cell, formula=translated(cell.formula, down, right))


def pasted(old: Cell, new: Cell, kind: str) -> Cell:
    """What a cell becomes when another is pasted on it, as a whole, its value or its format alone."""
    if kind in {"PASTE_NORMAL", "PASTE_NO_BORDERS"}:
        return new
    if kind == "PASTE_VALUES":
        return old.holding(new.value)
    if kind == "PASTE_FORMULA":
        return old.holding(new.value, new.formula)
    if kind == "PASTE_FORMAT":
        kept = {name: each for name, each in old.more.items() if name not in _LOOKS}
        looks = {name: each for name, each in new.more.items() if name in _LOOKS}
        return replace(old, more={**kept, **looks})
    raise invalid(f"Pasting as {kind} is not known here.")


def cut_paste(edit: Edit, asked: Json) -> Json:
    """Move the cells of a range to another place; formulas keep what they mean."""
    source, block = grid_block(edit.book, asked.get("source", {}))
    to = asked.get("destination", {})
    cells = _cells(source, block)
    source = edit.book.to_edit(source.number)
    guard_area(edit.book, block.area(source), edit.account)
    for row in range(block.top, block.bottom):
        blanks = dict.fromkeys(range(block.left, block.right), BLANK)
        source.rows[row] = source.rows[row].holding(blanks)
    target = edit.book.to_edit(to.get("sheetId", 0))
    top, left = to.get("rowIndex", 0), to.get("columnIndex", 0)
    grow(target, top + block.height, left + block.width)
    guard_area(
        edit.book,
        Block(top, top + block.height, left, left + block.width).area(target),
        edit.account,
    )
    for index, line in enumerate(cells):
        changed = {
            left + column: pasted(
                target.cell(top + index, left + column),
                cell,
                asked.get("pasteType", "PASTE_NORMAL"),
            )
            for column, cell in enumerate(line)
        }
        target.rows[top + index] = target.rows[top + index].holding(changed)
    return {}


REQUESTS: Mapping[str, Callable[[Edit, Json], Json]] = {
    "copyPaste": copy_paste,
    "cutPaste": cut_paste,
}
