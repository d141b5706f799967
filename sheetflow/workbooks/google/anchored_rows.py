"""Whether new anchors stand in the rows that they were made for: the answer to their making shows those rows.

Rows may have moved between the reading and the making of their anchors. What is asked for in the same request is of
one moment with it, so that a row which passes here is the right one, and its anchor stays with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from sheetflow.cells import CellRange, KeyedRow, Value, same_value
from sheetflow.workbooks.google.addresses import quoted
from sheetflow.workbooks.google.draft import Draft
from sheetflow.workbooks.google.listing import GridTab
from sheetflow.workbooks.google.seen import Seen
from sheetflow.workbooks.google.serials import value_of
from sheetflow.workbooks.google.writes import RowWrite

SHOWN = (
    "updatedSpreadsheet.sheets(properties.sheetId,"
    "data(startRow,startColumn,rowData.values.userEnteredValue))"
)
MANY = 200
"""With more new rows than this in a tab, only the columns that tell rows apart are shown."""

Cells: TypeAlias = Mapping[tuple[int, int, int], Mapping[str, Any]]
"""ExtendedValues by sheet ID, row and column."""


def shown_ranges(writes: Iterable[RowWrite]) -> list[str]:
    """The addresses of what must be shown of the rows that are to be written."""
    by_sheet: dict[str, list[RowWrite]] = {}
    for write in writes:
        by_sheet.setdefault(write.row.sheet, []).append(write)
    return [
        f"{quoted(sheet)}!{area.a1}" for sheet, some in by_sheet.items() for area in _areas(some)
    ]


def _areas(writes: Sequence[RowWrite]) -> Iterator[CellRange]:
    heads = [write for write in writes if write.row.row == write.row.head]
    others = [write for write in writes if write.row.row != write.row.head]
    for write in writes if len(writes) <= MANY else heads:
        width = max(*write.cells, *_telling(write.row))
        yield CellRange(write.row.row, 1, write.row.row, width)
    if len(writes) > MANY:
        rows = [write.row.row for write in others]
        for column in sorted({column for write in others for column in _telling(write.row)}):
            yield CellRange(min(rows), column, max(rows), column)


def _telling(row: KeyedRow) -> set[int]:
    return {row.key_column, *row.inputs}


def cells_in(answer: Mapping[str, Any]) -> Cells:
    """What the answer shows."""
    found: dict[tuple[int, int, int], Mapping[str, Any]] = {}
    for sheet in answer.get("updatedSpreadsheet", {}).get("sheets", ()):
        sheet_id = sheet.get("properties", {}).get("sheetId", 0)
        for data in sheet.get("data", ()):
            top, left = data.get("startRow", 0) + 1, data.get("startColumn", 0) + 1
            for row, line in enumerate(data.get("rowData", ()), start=top):
                for column, cell in enumerate(line.get("values", ()), start=left):
                    found[sheet_id, row, column] = cell.get("userEnteredValue", {})
    return found


def strangers(
    rows: Iterable[KeyedRow], seen: Seen, listed: Mapping[str, GridTab], cells: Cells
) -> list[KeyedRow]:
    """The rows whose anchors stand in other rows, or in which something else was typed meanwhile."""
    return [
        row
        for row in rows
        if not all(
            _holds(cells.get((listed[row.sheet].sheet_id, row.row, column), {}), value)
            for column, value in _told(row, seen)
        )
    ]


def with_their_tables(moved_on: Iterable[KeyedRow], draft: Draft) -> list[KeyedRow]:
    """The rows that moved on, and all rows of a table whose header did: its columns are others by now."""
    found = list(moved_on)
    tables = {(row.sheet, row.head) for row in found if row.row == row.head}
    rows = (write.row for write in draft.rows)
    others = (row for row in rows if (row.sheet, row.head) in tables)
    return list({row.key: row for row in (*found, *others)}.values())


def _told(row: KeyedRow, seen: Seen) -> Iterator[tuple[int, Value]]:
    table = seen.table(row.sheet)
    for column in sorted(_telling(row)):
        yield column, table.at(row.row, column)


def _holds(cell: Mapping[str, Any], value: Value) -> bool:
    """Whether the cell holds the value; a formula is taken for the value that it was read as."""
    if "formulaValue" in cell:
        return value is not None
    shown = next(iter(cell.values()), None)
    return same_value(value, value_of(shown) if not isinstance(shown, dict) else value)


def formula_columns(
    rows: Iterable[KeyedRow], listed: Mapping[str, GridTab], cells: Cells
) -> dict[str, set[int]]:
    """The columns in which each row holds a formula, by key."""
    keys = {(listed[row.sheet].sheet_id, row.row): row.key for row in rows}
    found: dict[str, set[int]] = {}
    for (sheet_id, row, column), cell in cells.items():
        if "formulaValue" in cell and (sheet_id, row) in keys:
            found.setdefault(keys[sheet_id, row], set()).add(column)
    return found
