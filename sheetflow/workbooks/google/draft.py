"""What a patch makes of a spreadsheet as it was seen: cells of rows, areas of our own tabs, and what stands then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sheetflow.cells import CellEdit, KeyedRow, Patch, Table, Value
from sheetflow.workbooks.google.dressing import Dressed
from sheetflow.workbooks.google.seen import Seen
from sheetflow.workbooks.google.serials import Carried, carried_value, value_of
from sheetflow.workbooks.google.tab_diff import altered_areas, changed_areas
from sheetflow.workbooks.google.writes import AreaWrite, Entry, RowWrite


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All that is to be written, in an order that leaves the sheet right at every moment.

    Headers come before what stands under them, History before the plan that its promises were read from, the team's
    rows before our own tabs.
    """

    rows: tuple[RowWrite, ...] = ()
    appended: tuple[AreaWrite, ...] = ()
    areas: tuple[AreaWrite, ...] = ()

    @property
    def entries(self) -> list[Entry]:
        """The entries of the request."""
        heads = [write for write in self.rows if write.row.row == write.row.head]
        rows = [write for write in self.rows if write.row.row != write.row.head]
        writes: list[RowWrite | AreaWrite] = [*heads, *self.appended, *rows, *self.areas]
        return [write.entry for write in writes]

    @property
    def cells(self) -> int:
        """How many cells of rows, and how many areas."""
        return sum(len(write.cells) for write in self.rows) + len(self.appended) + len(self.areas)


def draft_of(
    patch: Patch, dressed: Iterable[Dressed], seen: Seen, numbers: Mapping[str, int]
) -> Draft:
    """The draft of a patch that was computed from what was seen; what stands there already is left out."""
    keyed = {(row.sheet, row.row): row for row in patch.rows}
    rows, appended = list[RowWrite](), list[AreaWrite]()
    for place, cells in _cells(patch.edits, seen).items():
        row = keyed.get(place)
        if row is None:
            appended.append(_across(*place, cells))
        else:
            rows.append(RowWrite(row=row, number=numbers[row.key], cells=cells))
    areas = tuple(area for tab in dressed for area in _areas(tab, seen))
    return Draft(rows=tuple(rows), appended=tuple(appended), areas=areas)


def _areas(tab: Dressed, seen: Seen) -> Iterator[AreaWrite]:
    held = seen.table(tab.sheet)
    return (altered_areas if tab.sheet in seen.parts else changed_areas)(held, tab)


def _cells(
    edits: Iterable[CellEdit], seen: Seen
) -> Mapping[tuple[str, int], Mapping[int, Carried]]:
    found: dict[tuple[str, int], dict[int, Carried]] = {}
    for edit in edits:
        ref = edit.ref
        table = seen.table(ref.sheet)
        if not table.shows(table.at(ref.row, ref.column), edit.after):
            row = found.setdefault((ref.sheet, ref.row), {})
            row[ref.column] = carried_value(edit.after)
    return found


def _across(sheet: str, row: int, cells: Mapping[int, Carried]) -> AreaWrite:
    left, right = min(cells), max(cells)
    values = tuple(cells.get(column) for column in range(left, right + 1))
    return AreaWrite(sheet=sheet, row=row, column=left, values=(values,))


def expected(draft: Draft, seen: Seen) -> dict[str, Table]:
    """The tables as they are when the draft is written and nobody else has done anything."""
    grids: dict[str, dict[int, list[Value]]] = {}
    for row in draft.rows:
        _put(grids, seen.table(row.row.sheet), row.row.row, row.cells)
    for area in (*draft.appended, *draft.areas):
        for number, values in enumerate(area.values, start=area.row):
            cells = dict(enumerate(values, start=area.column))
            _put(grids, seen.table(area.sheet), number, cells)
    return {
        **seen.tables,
        **{sheet: _filled(seen.table(sheet), grid) for sheet, grid in grids.items()},
    }


def _put(
    grids: dict[str, dict[int, list[Value]]],
    table: Table,
    number: int,
    cells: Mapping[int, Carried],
) -> None:
    rows = grids.setdefault(table.sheet, {})
    row = rows.get(number)
    if row is None:
        present = table.rows[number - 1] if number <= len(table.rows) else ()
        row = rows[number] = list(present)
    for column, value in cells.items():
        if value is not None:
            row.extend([None] * (column - len(row)))
            row[column - 1] = value_of(value)


def _filled(table: Table, changed: Mapping[int, list[Value]]) -> Table:
    rows = [*table.rows, *[()] * (max(changed) - len(table.rows))]
    for number, cells in changed.items():
        while cells and cells[-1] is None:
            cells.pop()
        rows[number - 1] = tuple(cells)
    while rows and not rows[-1]:
        rows.pop()
    return replace(table, rows=tuple(rows), formulas={}, merged=())


def without(draft: Draft, keys: Iterable[str], formulas: Mapping[str, set[int]]) -> Draft:
    """The draft without the rows of these keys, and without the cells (by key and column) that hold formulas."""
    gone = set(keys)
    kept = [_spared(write, formulas.get(write.row.key, set())) for write in draft.rows]
    rows = tuple(write for write in kept if write.row.key not in gone and write.cells)
    return replace(draft, rows=rows)


def _spared(write: RowWrite, columns: set[int]) -> RowWrite:
    if not columns:
        return write
    cells = {column: value for column, value in write.cells.items() if column not in columns}
    return replace(write, cells=cells)


def keys_of(rows: Iterable[KeyedRow]) -> tuple[str, ...]:
    """The keys as people know them, without what tells equal ones apart."""
    return tuple(dict.fromkeys(row.key.partition("\n")[0] or row.sheet for row in rows))
