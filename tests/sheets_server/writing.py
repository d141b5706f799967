"""Writing values into a block: null skips a cell, an empty text clears it, and what was written is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheetflow.cells import column_letters
from sheets_server.areas import Area, Block, outside
from sheets_server.entering import entered
from sheets_server.protection import guard
from sheets_server.reading import Rendering, value_range
from sheets_server.refusals import Json, Refusal, invalid
from sheets_server.state import Book, Cell, Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """How values are to be written, and by whom."""

    account: str
    option: str
    echo: bool = False
    asked: Mapping[str, Any]

    @classmethod
    def of(cls, asked: Mapping[str, Any], account: str) -> Writing:
        """What the parameters or the body of a write ask for."""
        option = asked.get("valueInputOption") or "INPUT_VALUE_OPTION_UNSPECIFIED"
        if option == "INPUT_VALUE_OPTION_UNSPECIFIED":
            raise invalid("'valueInputOption' is required but not specified")
        echo = asked.get("includeValuesInResponse", False)
        return cls(
            account=account,
            option=option,
            echo=echo is True or str(echo).lower() == "true",
            asked=asked,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written, and the area whose values the answer may show when all is written."""

    counted: Json
    area: Area
    dimension: str

    def answer(self, book: Book, writing: Writing) -> Json:
        """The UpdateValuesResponse."""
        if not writing.echo:
            return self.counted
        rendering = Rendering.of_answer(writing.asked, self.dimension)
        return {**self.counted, "updatedData": value_range(book, self.area, rendering)}


def write(book: Book, area: Area, given: Json, writing: Writing) -> Written:
    """Write the values of a ValueRange into an area of a book that may be changed."""
    sheet = book.to_edit(area.sheet)
    area.within(sheet)
    dimension = given.get("majorDimension") or "ROWS"
    rows = as_rows(given.get("values", []), dimension)
    block = _block(sheet, area, rows)
    counts = _put(book, sheet, block, rows, writing)
    counted = {"spreadsheetId": book.number, "updatedRange": block.a1(sheet), **counts}
    whole = block.area(sheet) if _is_cell(area) else area
    return Written(counted=counted, area=whole, dimension=dimension)


def as_rows(values: list[list[Any]], dimension: str) -> list[list[Any]]:
    """Values by row; null where a column was shorter."""
    if dimension == "ROWS":
        return values
    height = max(map(len, values), default=0)
    return [[line[row] if row < len(line) else None for line in values] for row in range(height)]


def _is_cell(area: Area) -> bool:
    return (
        area.top is not None
        and area.left is not None
        and area.bottom == area.top + 1
        and area.right == area.left + 1
    )


def _block(sheet: Sheet, area: Area, rows: list[list[Any]]) -> Block:
    top, left = area.top or 0, area.left or 0
    bottom = top + max(len(rows), 1)
    right = left + max((len(row) for row in rows), default=0)
    block = Block(top, bottom, left, max(right, left + 1))
    if not _is_cell(area):
        _keep_within(sheet, area, block)
    if block.bottom > len(sheet.rows) or block.right > len(sheet.columns):
        raise outside(sheet, block.area(sheet))
    return block


def _keep_within(sheet: Sheet, area: Area, block: Block) -> None:
    shown = area.within(sheet).a1(sheet)
    if area.bottom is not None and block.bottom > area.bottom:
        raise _beyond(shown, f"row [{area.bottom + 1}]")
    if area.right is not None and block.right > area.right:
        raise _beyond(shown, f"column [{column_letters(area.right + 1)}]")


def _beyond(shown: str, place: str) -> Refusal:
    return invalid(f"Requested writing within range [{shown}], but tried writing to {place}")


def _put(book: Book, sheet: Sheet, block: Block, rows: list[list[Any]], writing: Writing) -> Json:
    touched: dict[int, dict[int, Cell]] = {}
    for index, row in enumerate(rows):
        line = sheet.rows[block.top + index]
        changed = {
            block.left + column: entered(
                line.at(block.left + column), value, writing.option, f"values[{index}][{column}]"
            )
            for column, value in enumerate(row)
            if value is not None
        }
        if changed:
            touched[block.top + index] = changed
    guard(
        book,
        sheet,
        writing.account,
        ((row, each) for row, cells in touched.items() for each in cells),
    )
    for row_index, cells in touched.items():
        sheet.rows[row_index] = sheet.rows[row_index].holding(cells)
    columns = {column for cells in touched.values() for column in cells}
    counts = {
        "updatedRows": len(touched),
        "updatedColumns": len(columns),
        "updatedCells": sum(map(len, touched.values())),
    }
    return {name: count for name, count in counts.items() if count}


def clear(book: Book, area: Area, account: str) -> str:
    """Take the values from an area, its looks stay; the address of what was cleared."""
    sheet = book.to_edit(area.sheet)
    block = area.within(sheet)
    places = [
        (row, column)
        for row in range(block.top, block.bottom)
        for column in range(block.left, min(block.right, len(sheet.rows[row].cells)))
        if sheet.rows[row].cells[column].has_value
    ]
    guard(book, sheet, account, places)
    for row, column in places:
        sheet.put(row, column, sheet.cell(row, column).holding(None))
    return block.a1(sheet)
