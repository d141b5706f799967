"""A workbook in memory: the twin of the real ones, for tests and trial runs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sheetflow.cells import Snapshot, Table
from sheetflow.workbooks.port import WriteReport
from sheetflow.workbooks.standing import part_edits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sheetflow.cells import CellEdit, ComputedTab, Patch, Value


class MemoryWorkbook:
    """Holds a snapshot and changes it as a file would be changed; looks are not kept."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Begin with these tables."""
        self._snapshot = snapshot

    def read(self, *, every_tab: bool = False) -> Snapshot:  # noqa: ARG002 - they are all here
        """The tables as they are now."""
        return self._snapshot

    def write(self, patch: Patch) -> WriteReport:
        """Apply the patch; edits whose cell has changed are skipped."""
        tables = {table.sheet: table for table in self._snapshot.tables}
        edits, skipped = part_edits(patch.edits, tables)
        for sheet in dict.fromkeys(edit.ref.sheet for edit in edits):
            tables[sheet] = _edited(tables[sheet], [e for e in edits if e.ref.sheet == sheet])
        tables |= {tab.sheet: _as_table(tab) for tab in patch.tabs}
        self._snapshot = replace(self._snapshot, tables=tuple(tables.values()))
        return WriteReport(written=len(edits) + len(patch.tabs), skipped=skipped)


def _edited(table: Table, edits: Iterable[CellEdit]) -> Table:
    rows = [list(row) for row in table.rows]
    for edit in edits:
        rows.extend([] for _ in range(edit.ref.row - len(rows)))
        row = rows[edit.ref.row - 1]
        row.extend([None] * (edit.ref.column - len(row)))
        row[edit.ref.column - 1] = edit.after
    return replace(table, rows=_trimmed(rows))


def _as_table(tab: ComputedTab) -> Table:
    return Table(sheet=tab.sheet, rows=_trimmed(tab.rows), merged=tab.merges)


def _trimmed(rows: Iterable[Iterable[Value]]) -> tuple[tuple[Value, ...], ...]:
    trimmed = [_short(list(row)) for row in rows]
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return tuple(trimmed)


def _short(row: list[Value]) -> tuple[Value, ...]:
    while row and row[-1] in (None, ""):
        row.pop()
    return tuple(row)
