"""Answering with values: a block of cells as rows or columns, trimmed at the end, rendered as asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheets_server.areas import Area, Block
from sheets_server.formulas import value_of
from sheets_server.refusals import Json
from sheets_server.showing import MOMENTS, shown
from sheets_server.state import Book, Cell, Fault, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """How values are asked for."""

    dimension: str = "ROWS"
    values: str = "FORMATTED_VALUE"
    moments: str = "SERIAL_NUMBER"

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Rendering:
        """What the parameters or the body of a read ask for."""
        return cls(
            dimension=asked.get("majorDimension") or "ROWS",
            values=asked.get("valueRenderOption") or "FORMATTED_VALUE",
            moments=asked.get("dateTimeRenderOption") or "SERIAL_NUMBER",
        )

    @classmethod
    def of_answer(cls, asked: Mapping[str, Any], dimension: str) -> Rendering:
        """What a write asks for the values in its answer."""
        return cls(
            dimension=dimension,
            values=asked.get("responseValueRenderOption") or "FORMATTED_VALUE",
            moments=asked.get("responseDateTimeRenderOption") or "SERIAL_NUMBER",
        )


def value_range(book: Book, area: Area, rendering: Rendering) -> Json:
    """The ValueRange of an area; without `values` where nothing stands in it."""
    sheet = book.sheet(area.sheet)
    block = area.within(sheet)
    rows = _rows(book, sheet, block, rendering)
    if rendering.dimension == "COLUMNS":
        rows = [
            [row[index] if index < len(row) else "" for row in rows]
            for index in range(max(map(len, rows), default=0))
        ]
    answer: Json = {"range": block.a1(sheet), "majorDimension": rendering.dimension}
    values = _trimmed([_trimmed(row) for row in rows])
    return {**answer, "values": values} if values else answer


def _rows(book: Book, sheet: Sheet, block: Block, rendering: Rendering) -> list[list[Any]]:
    return [
        [
            rendered(book, sheet, cell, rendering)
            for cell in sheet.rows[row].cells[block.left : block.right]
        ]
        for row in range(block.top, block.bottom)
    ]


def _trimmed(values: list[Any]) -> list[Any]:
    end = len(values)
    while end and values[end - 1] in ("", []):
        end -= 1
    return values[:end]


def rendered(book: Book, sheet: Sheet, cell: Cell, rendering: Rendering) -> Any:
    """One cell's value as JSON; blank ones are an empty text."""
    if cell.formula is not None and rendering.values == "FORMULA":
        return cell.formula
    value = value_of(book, sheet, cell)
    if value is None:
        return ""
    looks = cell.number_format
    in_words = rendering.moments == "FORMATTED_STRING" and looks.get("type") in MOMENTS
    if rendering.values == "FORMATTED_VALUE" or (
        in_words and rendering.values == "UNFORMATTED_VALUE"
    ):
        return shown(value, looks)
    return value.code if isinstance(value, Fault) else value
