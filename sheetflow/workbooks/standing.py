"""Which edits may be written: those whose cell still holds the value that they replace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sheetflow.cells import CellEdit, Table, same_value


def part_edits(
    edits: Iterable[CellEdit], tables: Mapping[str, Table]
) -> tuple[tuple[CellEdit, ...], tuple[CellEdit, ...]]:
    """The edits that may be written and those to skip, each in the order given."""
    standing: list[CellEdit] = []
    skipped: list[CellEdit] = []
    for edit in edits:
        (standing if _stands(edit, tables) else skipped).append(edit)
    return tuple(standing), tuple(skipped)


def _stands(edit: CellEdit, tables: Mapping[str, Table]) -> bool:
    table = tables.get(edit.ref.sheet)
    if table is None:
        return False
    row, column = edit.ref.row, edit.ref.column
    if (row, column) in table.formulas or any(span.covers(row, column) for span in table.merged):
        return False
    return same_value(table.at(row, column), edit.before)
