"""Sorting the rows of a block: blanks last, numbers before texts before truths; what goes along with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from sheets_server.areas import Block
from sheets_server.formulas import value_of
from sheets_server.references import translated
from sheets_server.state import Book, Cell, Fault, Line, Sheet

Key: TypeAlias = tuple[int, float, str]


def sorted_rows(
    book: Book, sheet: Sheet, block: Block, columns: Sequence[tuple[int, bool]]
) -> list[int]:
    """The rows of the block in their new order, by (column, ascending), the first column first."""
    order = list(range(block.top, block.bottom))
    for column, ascending in reversed(columns):
        keys = {row: _key(book, sheet, row, column) for row in order}
        filled = [(key, row) for row in order if (key := keys[row]) is not None]
        blank = [row for row in order if keys[row] is None]
        filled.sort(key=lambda each: each[0], reverse=not ascending)
        order = [row for _, row in filled] + blank
    return order


def rearrange(sheet: Sheet, block: Block, order: Sequence[int], *, metadata_follows: bool) -> None:
    """Put the block's rows into an order; cells outside the block stay where they are."""
    old = list(sheet.rows)
    for place, row in enumerate(order, start=block.top):
        line = _joined(old[place], old[row], block, place - row)
        anchors = old[row].anchors if metadata_follows else old[place].anchors
        sheet.rows[place] = replace(line, anchors=anchors)


def _key(book: Book, sheet: Sheet, row: int, column: int) -> Key | None:
    value = value_of(book, sheet, sheet.cell(row, column))
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return 2, float(value), ""
    if isinstance(value, int | float):
        return 0, float(value), ""
    return (3, 0.0, value.code) if isinstance(value, Fault) else (1, 0.0, value.casefold())


def _joined(place: Line, source: Line, block: Block, down: int) -> Line:
    cells: dict[int, Cell] = {}
    for column in range(block.left, min(block.right, max(len(place.cells), len(source.cells)))):
        cell = source.at(column)
        if cell.formula is not None:
            cell = replace(cell, formula=translated(cell.formula, down, 0))
        cells[column] = cell
    return place.holding(cells)


def is_whole(sheet: Sheet, block: Block) -> bool:
    """Whether the block takes in all that stands in its rows."""
    rows = sheet.rows[block.top : block.bottom]
    return not block.left and all(len(row.cells) <= block.right for row in rows)
