"""Rows and columns: inserting, deleting, moving, appending; cells, metadata, ranges and references go along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from sheets_server.references import Span
from sheets_server.refusals import invalid
from sheets_server.shifting import bare, shift
from sheets_server.state import BLANK, COLUMNS, EMPTY_LINE, ROWS, Book, Cell, Line, Sheet

MOST_CELLS = 10_000_000
CellsChange: TypeAlias = Callable[[tuple[Cell, ...]], tuple[Cell, ...]]


def grow(sheet: Sheet, rows: int, columns: int) -> None:
    """Make the grid at least so large."""
    sheet.rows += [EMPTY_LINE] * (rows - len(sheet.rows))
    sheet.columns += [EMPTY_LINE] * (columns - len(sheet.columns))


def insert(
    book: Book, number: int, dimension: str, start: int, count: int, *, like_before: bool = False
) -> None:
    """Insert blank lines before `start`; they look like the line before or the one that was there."""
    sheet = book.to_edit(number)
    lines = sheet.lines(dimension)
    if start > len(lines):
        raise invalid(
            f"range.startIndex[{start}] must be at most the number of {dimension.lower()}"
        )
    if (len(lines) + count) * len(sheet.lines(_other(dimension))) > MOST_CELLS:
        raise invalid(
            f"This action would increase the number of cells in the workbook above the limit of {MOST_CELLS} cells."
        )
    neighbour = start - 1 if like_before else start
    model = lines[neighbour] if 0 <= neighbour < len(lines) else EMPTY_LINE
    lines[start:start] = [bare(model) if dimension == ROWS else EMPTY_LINE] * count
    if dimension == COLUMNS:
        blanks = (BLANK,) * count
        _rewrite(
            sheet,
            lambda cells: cells if start >= len(cells) else cells[:start] + blanks + cells[start:],
        )
    shift(book, number, dimension, lambda first, last: _after_insert(first, last, start, count))


def _other(dimension: str) -> str:
    return COLUMNS if dimension == ROWS else ROWS


def _after_insert(first: int, last: int, start: int, count: int) -> Span:
    return first + count * (first >= start), last + count * (last > start)


def delete(book: Book, number: int, dimension: str, start: int, end: int) -> list[Line]:
    """Delete lines with all that hangs on them; the lines that went."""
    sheet = book.to_edit(number)
    lines = sheet.lines(dimension)
    if start >= len(lines) or end > len(lines) or start >= end:
        word = "rows" if dimension == ROWS else "columns"
        raise invalid(
            f"range.startIndex[{start}] and range.endIndex[{end}] must lie within the {len(lines)} {word}"
        )
    if end - start == len(lines):
        word = "rows" if dimension == ROWS else "columns"
        raise invalid(f"You can't delete all the {word} on the sheet.")
    gone = lines[start:end]
    del lines[start:end]
    if dimension == COLUMNS:
        _rewrite(sheet, lambda cells: cells[:start] + cells[end:])
    shift(book, number, dimension, lambda first, last: _after_delete(first, last, start, end))
    return gone


def _after_delete(first: int, last: int, start: int, end: int) -> Span:
    gone = end - start
    new_first = first if first < start else max(start, first - gone)
    new_last = last if last <= start else max(start, last - gone)
    return (new_first, new_last) if new_last > new_first else None


def move(book: Book, number: int, dimension: str, start: int, end: int, to: int) -> None:
    """Move lines before the line that is at `to` now, as moveDimension has it."""
    sheet = book.to_edit(number)
    lines = sheet.lines(dimension)
    if not start < end <= len(lines) or to > len(lines):
        raise invalid("The source and the destination must lie within the grid.")
    if start <= to <= end:
        return
    order = [*range(start), *range(end, len(lines))]
    place = to if to < start else to - (end - start)
    order[place:place] = range(start, end)
    lines[:] = [lines[index] for index in order]
    if dimension == COLUMNS:
        _rewrite(
            sheet,
            lambda cells: tuple(cells[each] if each < len(cells) else BLANK for each in order),
        )
    new = {old: index for index, old in enumerate(order)}
    shift(book, number, dimension, lambda first, last: _after_move(first, last, new))


def _after_move(first: int, last: int, new: dict[int, int]) -> Span:
    places = sorted(new.get(index, index) for index in range(first, min(last, len(new))))
    whole = bool(places) and places[-1] - places[0] == len(places) - 1
    return (places[0], places[-1] + 1 + max(0, last - len(new))) if whole else (first, last)


def _rewrite(sheet: Sheet, change: CellsChange) -> None:
    for index, row in enumerate(sheet.rows):
        if row.cells:
            cells = change(row.cells)
            end = len(cells)
            while end and cells[end - 1].is_empty:
                end -= 1
            sheet.rows[index] = replace(row, cells=cells[:end])
