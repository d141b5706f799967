"""What the answer to a write says: where each anchor is now, and what whole tabs hold after the write.

Beside what it writes, a request names whole tabs and writes nothing into them: Google's answer then holds all their
cells as they are after the write. So a write is a reading too, of one and the same moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sheetflow.cells import KeyedRow, Patch, Table, column_letters, same_value
from sheetflow.workbooks.google.addresses import first_cell, quoted
from sheetflow.workbooks.google.anchors import anchor_in
from sheetflow.workbooks.google.draft import Draft, keys_of
from sheetflow.workbooks.google.reading import size_of, table_of
from sheetflow.workbooks.google.seen import Seen, Size
from sheetflow.workbooks.google.worn import worn_by
from sheetflow.workbooks.google.writes import Entry

MOST_CELLS = 20_000
"""A tab of our own with more cells is echoed by one column alone, which tells whether its rows have moved."""

_COLUMN = re.compile(r"!([A-Z]+):\1$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """The answer to a write: rows by anchor, whole tabs, and one column of each that is too large."""

    anchors: Mapping[int, int] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    sizes: Mapping[str, Size] = field(default_factory=dict)
    columns: Mapping[str, tuple[int, Table]] = field(default_factory=dict)


def listening(patch: Patch, draft: Draft, seen: Seen) -> list[Entry]:
    """The entries that write nothing: the tabs that matter, as far as they were seen."""
    keyed = {row.sheet for row in patch.rows}
    written = {area.sheet for area in (*draft.appended, *draft.areas)}
    places = []
    for sheet in patch.sheets:
        table = seen.tables.get(sheet)
        if table is None:
            continue
        if sheet in keyed or (_cells(table) <= MOST_CELLS and sheet not in seen.parts):
            places.append(quoted(sheet))
        elif sheet in written:
            letters = column_letters(_telling(table))
            places.append(f"{quoted(sheet)}!{letters}:{letters}")
    return [{"dataFilter": {"a1Range": place}, "values": [[None]]} for place in places]


def _cells(table: Table) -> int:
    return sum(map(len, table.rows))


def _telling(table: Table) -> int:
    """The column that tells whether rows have moved: that of the digests, else the first."""
    worn = worn_by(table)
    return worn.column + 1 if worn and worn.memo.is_summed else 1


def echo_of(answers: Iterable[Mapping[str, Any]]) -> Echo:
    """Read the answers of all requests of a write; of a tab that several show, the last one counts."""
    anchors: dict[int, int] = {}
    tables: dict[str, Table] = {}
    sizes: dict[str, Size] = {}
    columns: dict[str, tuple[int, Table]] = {}
    for each in (response for answer in answers for response in answer.get("responses", ())):
        asked = each.get("dataFilter", {})
        number, shown = anchor_in(asked), each.get("updatedData")
        if number is not None and "updatedRange" in each:
            anchors[number] = first_cell(each["updatedRange"])[0]
        elif shown is not None and _COLUMN.search(asked.get("a1Range", "")):
            table = table_of(shown)
            columns[table.sheet] = first_cell(shown["range"])[1], table
        elif shown is not None and asked.get("a1Range", "").endswith("'"):
            table = table_of(shown)
            tables[table.sheet], sizes[table.sheet] = table, size_of(shown)
    return Echo(anchors=anchors, tables=tables, sizes=sizes, columns=columns)


def seen_in(echo: Echo, wanted: Mapping[str, Table], seen: Seen) -> Seen:
    """The spreadsheet as the echo shows it; what the echo does not show is as it was wanted."""
    tables = {sheet: echo.tables.get(sheet, table) for sheet, table in wanted.items()}
    sizes = {**seen.sizes, **echo.sizes}
    return replace(seen, tables=tables, sizes=sizes, anchors=echo.anchors, knows_formulas=False)


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
        for sheet, (column, table) in echo.columns.items()
        if not _same(table, replace(table, rows=_one_column(wanted[sheet], column)))
    )


def _one_column(table: Table, column: int) -> tuple[tuple[Any, ...], ...]:
    blank = (None,) * (column - 1)
    values = [row[column - 1] if column <= len(row) else None for row in table.rows]
    rows = [() if value is None else (*blank, value) for value in values]
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
