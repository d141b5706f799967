"""What goes along when lines are inserted, deleted or moved: the ranges kept as JSON."""

from __future__ import annotations

from typing import Any

from sheets_server.areas import GRID_KEYS
from sheets_server.references import Mover, shift_formulas
from sheets_server.refusals import Json
from sheets_server.state import ROWS, Book, Cell, Line, Sheet

_GRID = {*GRID_KEYS, "sheetId"}
_LINE = {"sheetId", "dimension", "startIndex", "endIndex"}
_INHERITED = ("userEnteredFormat", "dataValidation")
_ONE_RANGE = (
    "merges",
    "protectedRanges",
    "bandedRanges",
    "filterViews",
    "rowGroups",
    "columnGroups",
    "tables",
)


def shift(book: Book, number: int, dimension: str, moved: Mover) -> None:
    """Move every range and every reference that means lines of this sheet; what is left with no line goes."""
    for sheet in list(book.sheets):
        if sheet.parts or sheet.basic_filter or sheet.number == number:
            _shift_parts(book.to_edit(sheet.number), number, dimension, moved)
    kept = []
    for each in book.named_ranges:
        area = _walked(each, number, dimension, moved)
        kept += [area] if area["range"] is not None else []
    book.named_ranges = kept
    shift_formulas(book, number, dimension, moved)


def _shift_parts(sheet: Sheet, number: int, dimension: str, moved: Mover) -> None:
    for name, parts in sheet.parts.items():
        walked = [_walked(each, number, dimension, moved) for each in parts]
        sheet.parts[name] = [each for each in walked if _is_left(name, each)]
    if sheet.basic_filter:
        walked_filter = _walked(sheet.basic_filter, number, dimension, moved)
        sheet.basic_filter = walked_filter if walked_filter.get("range") else None


def _is_left(name: str, part: Json | None) -> bool:
    if part is None:
        return False
    if name in _ONE_RANGE and "range" in part:
        return part["range"] is not None
    return name != "conditionalFormats" or any(part.get("ranges", ()))


def _walked(part: Any, number: int, dimension: str, moved: Mover) -> Any:
    if isinstance(part, list):
        walked = [_walked(each, number, dimension, moved) for each in part]
        return [
            each for each, old in zip(walked, part, strict=True) if each is not None or old is None
        ]
    if not isinstance(part, dict):
        return part
    if part and set(part) <= _GRID and part.get("sheetId", 0) == number:
        start, end = GRID_KEYS[:2] if dimension == ROWS else GRID_KEYS[2:]
        return _moved_range(part, start, end, moved)
    if part and set(part) <= _LINE and "dimension" in part and part.get("sheetId", 0) == number:
        same = part["dimension"] == dimension
        return _moved_range(part, "startIndex", "endIndex", moved) if same else part
    return {name: _walked(each, number, dimension, moved) for name, each in part.items()}


def _moved_range(part: Json, start: str, end: str, moved: Mover) -> Json | None:
    if start not in part and end not in part:
        return part
    open_end = end not in part
    span = moved(part.get(start, 0), part.get(end, 10**9))
    if span is None:
        return None
    result = {**part, start: span[0], end: span[1]}
    if open_end:
        del result[end]
    if start not in part and not span[0]:
        del result[start]
    return result


def bare(line: Line) -> Line:
    """A new line that looks like its neighbour: the formats and drop-downs of its cells, no value, no metadata."""
    looks = {
        column: Cell(more={name: cell.more[name] for name in _INHERITED if name in cell.more})
        for column, cell in enumerate(line.cells)
    }
    return Line().holding(looks)
