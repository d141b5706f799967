"""The cells in which a tab of our own differs from what it is to hold, as rectangles.

changed_areas(held, dressed)      # where all of the tab was read
altered_areas(held, dressed)      # where the digests of its rows were read, and what a later run reads again
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TypeAlias

from sheetflow.cells import Table, Value
from sheetflow.workbooks.google.dressing import Dressed
from sheetflow.workbooks.google.serials import Carried, carried_value
from sheetflow.workbooks.google.writes import AreaWrite

Changed: TypeAlias = Mapping[int, Carried]

MOST_ROWS = 200
"""How many rows one rectangle has at most, so that a large tab can be parted into batches."""


def changed_areas(held: Table, dressed: Dressed) -> Iterator[AreaWrite]:
    """What must be written from top to bottom; cells that are no longer wanted are cleared."""
    rows = enumerate(zip_longest(held.rows, dressed.rows, fillvalue=()), start=1)
    yield from _areas(held.sheet, (_changed_cells(held, number, row) for number, (_, row) in rows))


def altered_areas(held: Table, dressed: Dressed) -> Iterator[AreaWrite]:
    """The header by its cells; other rows as a whole where a digest, or a cell that is read again, is another one."""
    look = dressed.look
    known = (*look.tab.read_again, look.digests) if dressed.is_summed else ()

    def changed(number: int, row: Sequence[Value]) -> Changed:
        if number <= look.tab.frozen_rows:
            return _changed_cells(held, number, row)
        if known and all(held.shows(held.at(number, c), _at(row, c)) for c in known):
            return {}
        return {column: carried_value(_at(row, column)) for column in range(1, look.digests + 1)}

    rows = enumerate(zip_longest(held.rows, dressed.rows, fillvalue=()), start=1)
    yield from _areas(held.sheet, (changed(number, row) for number, (_, row) in rows))


def _areas(sheet: str, changed: Iterable[Changed]) -> Iterator[AreaWrite]:
    """The changed cells of each row from the first on, neighbouring rows together."""
    run: list[Changed] = []
    number = 0
    for number, cells in enumerate(changed, start=1):
        if run and (not cells or len(run) == MOST_ROWS):
            yield _area(sheet, number - len(run), run)
            run = []
        if cells:
            run.append(cells)
    if run:
        yield _area(sheet, number - len(run) + 1, run)


def _changed_cells(held: Table, row: int, wanted: Sequence[Value]) -> Changed:
    """The cells of a row that hold something else than what is wanted, by column."""
    present = held.rows[row - 1] if row <= len(held.rows) else ()
    if tuple(wanted) == present:
        return {}
    if not present:
        filled = enumerate(wanted, start=1)
        return {column: carried_value(value) for column, value in filled if value not in (None, "")}
    found: dict[int, Carried] = {}
    for column in range(1, max(len(present), len(wanted)) + 1):
        value = _at(wanted, column)
        if not held.shows(held.at(row, column), value):
            found[column] = carried_value(value)
    return found


def _at(row: Sequence[Value], column: int) -> Value:
    return row[column - 1] if column <= len(row) else None


def _area(sheet: str, first_row: int, run: Sequence[Changed]) -> AreaWrite:
    left = min(min(changed) for changed in run)
    right = max(max(changed) for changed in run)
    columns = range(left, right + 1)
    values = tuple(tuple(changed.get(column) for column in columns) for changed in run)
    return AreaWrite(sheet=sheet, row=first_row, column=left, values=values)
