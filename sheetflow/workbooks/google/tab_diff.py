"""The cells in which a tab of our own differs from what it is to hold, as rectangles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from sheetflow.cells import Table, Value
from sheetflow.workbooks.google.serials import Carried, carried_value
from sheetflow.workbooks.google.writes import AreaWrite

Changed: TypeAlias = Mapping[int, Carried]

MOST_ROWS = 200
"""How many rows one rectangle has at most, so that a large tab can be parted into batches."""


def changed_areas(held: Table, wanted: Sequence[Sequence[Value]]) -> Iterator[AreaWrite]:
    """What must be written from top to bottom; cells that are no longer wanted are cleared."""
    run: list[Changed] = []
    for row in range(1, max(len(held.rows), len(wanted)) + 1):
        changed = _changed_cells(held, row, wanted[row - 1] if row <= len(wanted) else ())
        if run and (not changed or len(run) == MOST_ROWS):
            yield _area(held.sheet, row - len(run), run)
            run = []
        if changed:
            run.append(changed)
    if run:
        last = max(len(held.rows), len(wanted))
        yield _area(held.sheet, last - len(run) + 1, run)


def _changed_cells(held: Table, row: int, wanted: Sequence[Value]) -> Changed:
    present = held.rows[row - 1] if row <= len(held.rows) else ()
    if tuple(wanted) == present:
        return {}
    found: dict[int, Carried] = {}
    for column in range(1, max(len(present), len(wanted)) + 1):
        value = wanted[column - 1] if column <= len(wanted) else None
        if not held.shows(held.at(row, column), value):
            found[column] = carried_value(value)
    return found


def _area(sheet: str, first_row: int, run: Sequence[Changed]) -> AreaWrite:
    left = min(min(changed) for changed in run)
    right = max(max(changed) for changed in run)
    columns = range(left, right + 1)
    values = tuple(tuple(changed.get(column) for column in columns) for changed in run)
    return AreaWrite(sheet=sheet, row=first_row, column=left, values=values)
