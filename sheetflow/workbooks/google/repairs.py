"""Putting back what a write may have hit while columns or rows moved under it.

A row is written through its anchor, but by column numbers, and an anchor may have been left behind by a sort. What
stood there was read before, and the echo tells where it belongs: so it can be put back through the same anchors.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sheetflow.cells import KeyedRow, Patch, Table, Value, same_value
from sheetflow.workbooks.google.draft import Draft
from sheetflow.workbooks.google.echo import Echo
from sheetflow.workbooks.google.seen import Seen
from sheetflow.workbooks.google.serials import Carried, carried_value
from sheetflow.workbooks.google.writes import AreaWrite, RowWrite

BLANK: Carried = ""


def repairs(patch: Patch, draft: Draft, seen: Seen, echo: Echo) -> list[RowWrite]:
    """What must be put back, or cleared, in rows that were just written."""
    found = []
    moves = _moves(draft, seen, echo)
    for write in draft.rows:
        table, place = echo.tables.get(write.row.sheet), echo.anchors.get(write.number)
        if table is None or place is None:
            continue
        before, moved = seen.table(table.sheet), moves[table.sheet, write.row.head]
        cells = _misplaced(write, before, table.rows[place - 1 : place], moved, patch.rows)
        cells |= _wrong_key(write, before, echo, patch.rows)
        if cells:
            found.append(RowWrite(row=write.row, number=write.number, cells=cells))
    return found


def _moves(draft: Draft, seen: Seen, echo: Echo) -> Mapping[tuple[str, int], Mapping[int, int]]:
    """By tab and header row: the columns that have moved."""
    heads = {(write.row.sheet, write.row.head) for write in draft.rows}
    return {
        (sheet, head): moved_columns(
            _row(seen.table(sheet), head), _head(seen.table(sheet), echo.tables[sheet], head)
        )
        for sheet, head in heads
        if sheet in echo.tables
    }


def _misplaced(
    write: RowWrite,
    before: Table,
    now: Sequence[Sequence[Value]],
    moved: Mapping[int, int],
    rows: Sequence[KeyedRow],
) -> dict[int, Carried]:
    """What the cells held that we took for ours because columns had moved; `now` is the row as it was found."""
    hit = {column: moved[column] for column in write.cells if column in moved}
    if not hit:
        return {}
    key_column = next((c for c, was in moved.items() if was == write.row.key_column), None)
    keys = (row[(key_column or write.row.key_column) - 1 :][:1] for row in now)
    key = next((key for each in keys for key in each), None)
    source = _row_with(key, write, before, rows)
    return {
        column: carried_value(before.at(source, was)) if was else BLANK
        for column, was in hit.items()
    }


def moved_columns(before: Sequence[Value], now: Sequence[Value]) -> dict[int, int]:
    """By column now: the column where its header stood before; 0 for a new column in the place of one that moved.

    A column whose header was merely changed has not moved.
    """
    old = {text: column for column, text in enumerate(before, start=1) if text is not None}
    left = {text for text in now if text is not None}
    found: dict[int, int] = {}
    for column in range(1, max(len(before), len(now)) + 1):
        text = now[column - 1] if column <= len(now) else None
        was = before[column - 1] if column <= len(before) else None
        if text == was:
            continue
        if text in old:
            found[column] = old[text]
        elif was in left:
            found[column] = 0
    return found


def _head(before: Table, now: Table, head: int) -> Sequence[Value]:
    """The header row as it is now, wherever it has gone."""
    texts = {text for text in _row(before, head) if text is not None}

    def alike(number: int) -> tuple[int, int]:
        return len(texts.intersection(_row(now, number))), -abs(number - head)

    return _row(now, max(range(1, len(now.rows) + 1), key=alike, default=head))


def _row_with(key: Value, write: RowWrite, before: Table, rows: Sequence[KeyedRow]) -> int:
    for row in rows:
        if row.sheet == before.sheet and same_value(before.at(row.row, row.key_column), key):
            return row.row
    return write.row.row


def _wrong_key(
    write: RowWrite, before: Table, echo: Echo, rows: Sequence[KeyedRow]
) -> dict[int, Carried]:
    """The key to put back where a new one was written over it; none where somebody used ours meanwhile."""
    row, now, place = write.row, echo.tables[write.row.sheet], echo.anchors[write.number]
    if not write.fills_key or row.row == row.head:
        return {}
    filled = write.cells[row.key_column]
    if not same_value(now.at(place, row.key_column), filled):
        return {}
    if _keys(rows, echo)[_folded(filled)] > 1:
        return {row.key_column: BLANK}
    if _has_inputs(now, place, row):
        return {}
    lost = next(_lost_keys(row, before, now, place, rows), None)
    return {} if lost is None else {row.key_column: carried_value(lost)}


def _lost_keys(
    row: KeyedRow, before: Table, now: Table, place: int, rows: Sequence[KeyedRow]
) -> Iterator[Value]:
    """The key that was read in the row which stands now where the new key was written, if no row has it any more."""
    left = {_folded(each[row.key_column - 1]) for each in now.rows if len(each) >= row.key_column}
    for other in rows:
        key = before.at(other.row, other.key_column)
        mine = other.sheet == row.sheet and other.row != other.head
        if mine and key is not None and _folded(key) not in left and _has_inputs(now, place, other):
            yield key


def _has_inputs(table: Table, place: int, row: KeyedRow) -> bool:
    return all(same_value(table.at(place, column), value) for column, value in row.inputs.items())


def _keys(rows: Sequence[KeyedRow], echo: Echo) -> Counter[str]:
    columns: Mapping[str, int] = {row.sheet: row.key_column for row in rows if row.row != row.head}
    return Counter(
        _folded(row[column - 1])
        for sheet, column in columns.items()
        if sheet in echo.tables
        for row in echo.tables[sheet].rows
        if len(row) >= column and row[column - 1] is not None
    )


def _folded(value: Value) -> str:
    return str(value).strip().casefold()


def overwritten(draft: Draft, seen: Seen, echo: Echo) -> Iterator[AreaWrite]:
    """Rows at the end of a tab that is only appended to, which had moved down into the place of what was appended."""
    by_sheet: dict[str, list[AreaWrite]] = {}
    for area in draft.appended:
        by_sheet.setdefault(area.sheet, []).append(area)
    for sheet, areas in by_sheet.items():
        before, now = seen.table(sheet), echo.tables.get(sheet)
        if now is not None:
            lost = _lost(before, now, first=areas[0].row, count=len(areas))
            for number, row in enumerate(lost, start=len(now.rows) + 1):
                values = tuple(carried_value(value) for value in row)
                yield AreaWrite(sheet=sheet, row=number, column=1, values=(values,))


def _lost(before: Table, now: Table, *, first: int, count: int) -> list[tuple[Value, ...]]:
    """The last rows, as far as the row above the appended ones tells that all had moved down by so many."""
    above = _row(now, first - 1)
    for down in range(1, count + 1):
        if first - 1 - down < 1 or above != _row(before, first - 1 - down):
            continue
        moved = before.rows[first - 1 - down : first - 1]
        if above != _row(before, first - 1):
            return [row for row in moved if row]
    return []


def _row(table: Table, number: int) -> tuple[Value, ...]:
    return table.rows[number - 1] if 1 <= number <= len(table.rows) else ()
