"""That a second reader sees in a file what was written into it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from itertools import chain, islice, repeat, zip_longest
from typing import TypeAlias

from sheetflow.cells import CellEdit, CellFault, CellRef, ComputedTab, Value, same_value
from sheetflow.workbooks.xlsx.reading.reader import read_rows

LONGEST_TEXT = 32_767
Rows: TypeAlias = Iterator[Sequence[Value]]
NEARLY = timedelta(seconds=1)


def first_difference(
    content: bytes, tabs: Iterable[ComputedTab], edits: Sequence[CellEdit]
) -> str | None:
    """The first cell, such as `Plan!B7`, in which the reader sees something else; None where it sees all."""
    by_sheet: dict[str, dict[int, list[CellEdit]]] = {}
    for edit in edits:
        by_sheet.setdefault(edit.ref.sheet, {}).setdefault(edit.ref.row, []).append(edit)
    looks = [(sheet, partial(_in_edits, of_rows)) for sheet, of_rows in by_sheet.items()]
    looks += [(tab.sheet, partial(_in_tab, tab)) for tab in tabs]
    seen = read_rows(content, [sheet for sheet, _ in looks])
    differences = (look(rows) for (_, look), rows in zip(looks, seen, strict=True))
    ref = next(filter(None, differences), None)
    return f"{ref.sheet}!{ref.a1}" if ref else None


def _in_edits(edits: Mapping[int, list[CellEdit]], rows: Rows) -> CellRef | None:
    with_blanks = chain(rows, repeat(()))
    for number, row in enumerate(islice(with_blanks, max(edits)), start=1):
        for edit in edits.get(number, ()):
            if not _is_seen(edit.after, _at(row, edit.ref.column)):
                return edit.ref
    return None


def _in_tab(tab: ComputedTab, rows: Rows) -> CellRef | None:
    for number, (written, row) in enumerate(zip_longest(tab.rows, rows, fillvalue=()), start=1):
        if _is_row(written, row):
            continue
        for column in range(1, max(len(row), len(written)) + 1):
            if not _is_seen(_at(written, column), _at(row, column)):
                return CellRef(tab.sheet, number, column)
    return None


def _is_row(written: Sequence[Value], seen: Sequence[Value]) -> bool:
    """Whether the reader sees just these values; it sees no blank behind the last of them."""
    behind = written[len(seen) :]
    return list(written[: len(seen)]) == seen and behind.count(None) == len(behind)


def _at(row: Sequence[Value], column: int) -> Value:
    return row[column - 1] if column <= len(row) else None


def _is_seen(written: Value, seen: Value) -> bool:
    if isinstance(written, CellFault):
        return seen in {written.code, None}
    if isinstance(written, str):
        return written[:LONGEST_TEXT] == (seen or "")
    if isinstance(written, datetime) and isinstance(seen, date):
        return abs(_moment(written) - _moment(seen)) < NEARLY
    return same_value(written, seen)


def _moment(day: date) -> datetime:
    if isinstance(day, datetime):
        return day.replace(tzinfo=None)
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 - cells know no zone
