"""What the answer to a write says: where each anchor is now, and what whole tabs hold after the write.

Beside what it writes, a request names whole tabs and writes nothing into them: Google's answer then holds all their
cells as they are after the write. So a write is a reading too, of one and the same moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sheetflow.cells import KeyedRow, Patch, Table, same_value
from sheetflow.workbooks.google.addresses import first_cell, quoted
from sheetflow.workbooks.google.anchors import anchor_in
from sheetflow.workbooks.google.draft import Draft, keys_of
from sheetflow.workbooks.google.reading import size_of, table_of
from sheetflow.workbooks.google.seen import Seen, Size
from sheetflow.workbooks.google.writes import Entry

FIRST_COLUMN = "A:A"
MOST_CELLS = 20_000
"""A tab of our own with more cells is echoed by its first column alone, which tells whether its rows have moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """The answer to a write: rows by anchor, whole tabs, and first columns of those that are too large."""

    anchors: Mapping[int, int] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    sizes: Mapping[str, Size] = field(default_factory=dict)
    first_columns: Mapping[str, Table] = field(default_factory=dict)


def listening(patch: Patch, draft: Draft, seen: Seen) -> list[Entry]:
    """The entries that write nothing: the tabs that matter, as far as they were seen."""
    keyed = {row.sheet for row in patch.rows}
    written = {area.sheet for area in (*draft.appended, *draft.areas)}
    places = []
    for sheet in patch.sheets:
        table = seen.tables.get(sheet)
        if table is not None and (sheet in keyed or _cells(table) <= MOST_CELLS):
            places.append(quoted(sheet))
        elif table is not None and sheet in written:
            places.append(f"{quoted(sheet)}!{FIRST_COLUMN}")
    return [{"dataFilter": {"a1Range": place}, "values": [[None]]} for place in places]


def _cells(table: Table) -> int:
    return sum(map(len, table.rows))


def echo_of(answers: Iterable[Mapping[str, Any]]) -> Echo:
    """Read the answers of all requests of a write; of a tab that several show, the last one counts."""
    anchors: dict[int, int] = {}
    tables: dict[str, Table] = {}
    sizes: dict[str, Size] = {}
    columns: dict[str, Table] = {}
    for each in (response for answer in answers for response in answer.get("responses", ())):
        asked = each.get("dataFilter", {})
        number, shown = anchor_in(asked), each.get("updatedData")
        if number is not None and "updatedRange" in each:
            anchors[number] = first_cell(each["updatedRange"])[0]
        elif shown is not None and asked.get("a1Range", "").endswith(f"!{FIRST_COLUMN}"):
            table = table_of(shown)
            columns[table.sheet] = table
        elif shown is not None and asked.get("a1Range", "").endswith("'"):
            table = table_of(shown)
            tables[table.sheet], sizes[table.sheet] = table, size_of(shown)
    return Echo(anchors=anchors, tables=tables, sizes=sizes, first_columns=columns)


def seen_in(echo: Echo, wanted: Mapping[str, Table], seen: Seen) -> Seen:
    """The spreadsheet as the echo shows it; what the echo does not show is as it was wanted."""
    tables = {sheet: echo.tables.get(sheet, table) for sheet, table in wanted.items()}
    sizes = {**seen.sizes, **echo.sizes}
    return replace(seen, tables=tables, sizes=sizes, anchors=echo.anchors)


def drifted(echo: Echo, wanted: Mapping[str, Table], rows: Iterable[KeyedRow]) -> tuple[str, ...]:
    """The keys of the rows, and the tabs, that are not as they were wanted: people changed them meanwhile."""
    by_sheet: dict[str, list[KeyedRow]] = {}
    for row in rows:
        by_sheet.setdefault(row.sheet, []).append(row)
    found: list[str] = []
    for sheet, table in echo.tables.items():
        if not _same(wanted[sheet], table):
            changed = _changed(wanted[sheet], table, by_sheet.get(sheet, []))
            found += keys_of(changed) or (sheet,)
    return tuple(found) + misplaced(echo, wanted)


def misplaced(echo: Echo, wanted: Mapping[str, Table]) -> tuple[str, ...]:
    """The large tabs of our own whose rows are not where they were: what else they hold is not known."""
    return tuple(
        sheet
        for sheet, column in echo.first_columns.items()
        if not _same(column, replace(column, rows=_first_column(wanted[sheet])))
    )


def _first_column(table: Table) -> tuple[tuple[Any, ...], ...]:
    rows = [row[:1] if row[:1] != (None,) else () for row in table.rows]
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


def _same(one: Table, other: Table) -> bool:
    if one.rows == other.rows:
        return True
    return len(one.rows) == len(other.rows) and all(
        len(a) == len(b) and all(map(same_value, a, b))
        for a, b in zip(one.rows, other.rows, strict=True)
        if a != b
    )


def _changed(wanted: Table, now: Table, rows: Iterable[KeyedRow]) -> list[KeyedRow]:
    """The rows of which no equal is left."""
    left = {row for row in now.rows if row}
    return [row for row in rows if _row(wanted, row.row) not in left]


def _row(table: Table, number: int) -> tuple[Any, ...]:
    return table.rows[number - 1] if number <= len(table.rows) else ()
