"""Rows to insert into a large tab of our own, or to delete from it, where else all rows below would be written again.

shifts = shifts_of(held, dressed)      # from top to bottom; () where few rows would be written again
shift_requests(sheet_id, shifts)       # for spreadsheets.batchUpdate
with_shifts(seen, {sheet: shifts})     # what was seen, as it is afterwards
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sheetflow.cells import Table, Value
from sheetflow.workbooks.google.cell_formats import Json
from sheetflow.workbooks.google.dressing import Dressed
from sheetflow.workbooks.google.grid_ranges import lines
from sheetflow.workbooks.google.seen import Seen

MANY_ROWS, MOST_SHIFTS = 1_000, 40
"""So many rows must be saved, by no more insertions and deletions than these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """So many blank rows before a row, or as many rows less as the number is negative: those right above it."""

    row: int
    more: int
    is_first: bool = False


def shifts_of(held: Table, dressed: Dressed) -> tuple[Shift, ...]:
    """What brings the rows that stay to where they are to be, by their digests."""
    column, first = dressed.look.digests, dressed.look.body_row
    matched = _matched(
        _by_digest(held.rows, column, first), _by_digest(dressed.rows, column, first)
    )
    pairs = [(first - 1, first - 1), *matched]
    if sum(before != after for before, after in pairs) < MANY_ROWS:
        return ()
    found = tuple(
        Shift(row=before, more=more, is_first=before == first)
        for (last_before, last_after), (before, after) in pairwise(pairs)
        if (more := (after - last_after) - (before - last_before))
    )
    return found if len(found) <= MOST_SHIFTS else ()


def _by_digest(rows: Sequence[Sequence[Value]], column: int, first: int) -> Mapping[Value, int]:
    """The rows of those digests that are there but once."""
    digests = [row[column - 1] if column <= len(row) else None for row in rows[first - 1 :]]
    times = Counter(digests)
    return {
        digest: number
        for number, digest in enumerate(digests, start=first)
        if digest is not None and times[digest] == 1
    }


def _matched(held: Mapping[Value, int], wanted: Mapping[Value, int]) -> list[tuple[int, int]]:
    """Most of the rows that are in both and in the same order, as pairs: before and after."""
    ends: list[int] = []
    at_end: list[int] = []
    pairs = [(row, wanted[digest]) for digest, row in held.items() if digest in wanted]
    before: list[int | None] = []
    for place, (_, after) in enumerate(pairs):
        length = bisect_left(ends, after)
        ends[length : length + 1] = [after]
        at_end[length : length + 1] = [place]
        before.append(at_end[length - 1] if length else None)
    chain: list[tuple[int, int]] = []
    last = at_end[-1] if at_end else None
    while last is not None:
        chain.append(pairs[last])
        last = before[last]
    return chain[::-1]


def shift_requests(sheet_id: int, shifts: Sequence[Shift]) -> Iterator[Json]:
    """From the bottom up, so that no row moves before its turn; new rows look like those above them."""
    for shift in reversed(shifts):
        if shift.more > 0:
            place = lines(sheet_id, "ROWS", shift.row, shift.row + shift.more - 1)
            like_above = not shift.is_first
            yield {"insertDimension": {"range": place, "inheritFromBefore": like_above}}
        else:
            place = lines(sheet_id, "ROWS", shift.row + shift.more, shift.row - 1)
            yield {"deleteDimension": {"range": place}}


def shifted(held: Table, shifts: Iterable[Shift]) -> Table:
    """The table with the rows where they are then."""
    rows = list(held.rows)
    for shift in reversed(tuple(shifts)):
        if shift.more > 0:
            rows[shift.row - 1 : shift.row - 1] = [()] * shift.more
        else:
            del rows[shift.row - 1 + shift.more : shift.row - 1]
    return replace(held, rows=tuple(rows))


def with_shifts(seen: Seen, shifts: Mapping[str, Sequence[Shift]]) -> Seen:
    """What was seen, as it is when the rows are there, or gone."""
    tables = {sheet: shifted(seen.tables[sheet], found) for sheet, found in shifts.items()}
    sizes = {
        sheet: (seen.sizes[sheet][0] + sum(each.more for each in found), seen.sizes[sheet][1])
        for sheet, found in shifts.items()
    }
    return replace(seen, tables={**seen.tables, **tables}, sizes={**seen.sizes, **sizes})
