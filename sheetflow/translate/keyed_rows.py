"""By what a row of publications is known when it is written into: its ID, and what stands in its input columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sheetflow.cells import KeyedRow, Table
from sheetflow.domain.workspace import Workspace
from sheetflow.translate.ids import id_key
from sheetflow.translate.layout import COMPUTED, REQUIRED, PublicationsTab


def keyed_rows(
    workspace: Workspace, tab: PublicationsTab, table: Table, new: Mapping[str, int]
) -> Iterator[KeyedRow]:
    """Every row of the table that has an ID or gets one, and its header row where there are `new` columns."""
    key_column = tab.columns.get("ID") or new.get("ID")
    if new:
        yield _header_row(tab, table)
    if key_column is None:
        return
    inputs = [tab.columns[name] for name in REQUIRED]
    filled = _filled_by_us(tab)
    for row, identity in _identities(workspace, tab.sheet):
        yield KeyedRow(
            sheet=tab.sheet,
            row=row,
            key=id_key(identity),
            key_column=key_column,
            head=tab.header_row,
            inputs={column: table.at(row, column) for column in inputs},
            is_new=row in tab.new_ids or not _any(table, row, filled),
        )


def with_unique_keys(rows: Iterable[KeyedRow]) -> tuple[KeyedRow, ...]:
    """The rows with their keys told apart: an ID that stands in several rows counts by their order."""
    seen = Counter[str]()
    found = []
    for row in rows:
        seen[row.key] += 1
        nth = seen[row.key]
        is_plain = nth == 1 and row.key
        found.append(row if is_plain else replace(row, key=f"{row.key}\n{nth}"))
    return tuple(found)


def _identities(workspace: Workspace, sheet: str) -> list[tuple[int, str]]:
    sound = [(row.row, row.id) for row in workspace.publications if row.sheet == sheet]
    faulty = [(row.row, row.id) for row in workspace.faulty if row.sheet == sheet]
    return sorted(sound + faulty)


def _header_row(tab: PublicationsTab, table: Table) -> KeyedRow:
    headers = enumerate(table.rows[tab.header_row - 1], start=1)
    return KeyedRow(
        sheet=tab.sheet,
        row=tab.header_row,
        key=f"\n\n{tab.sheet}",
        key_column=tab.columns[REQUIRED[0]],
        head=tab.header_row,
        inputs={column: header for column, header in headers if header is not None},
        is_new=True,
    )


def _filled_by_us(tab: PublicationsTab) -> list[int]:
    known = [column for name, column in tab.columns.items() if name in COMPUTED]
    return known + [column.column for column in tab.step_columns]


def _any(table: Table, row: int, columns: Iterable[int]) -> bool:
    return any(table.at(row, column) is not None for column in columns)
