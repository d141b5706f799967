"""What the Changes tab shows now: what the last run that moved anything has moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, repeat

from sheetflow.cells import Snapshot, Table, Value
from sheetflow.translate.layout import Layout
from sheetflow.translate.rows import as_text

TAB = "Changes"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownChange:
    """One row of the tab, in the workbook's own words; days are dates where the sheet holds dates."""

    id: str
    title: str
    step: str
    what: str
    before: str | date
    after: str | date
    why: str


def last_changes(layout: Layout, snapshot: Snapshot) -> tuple[ShownChange, ...]:
    """The rows of the tab, in its order; none where there is no such tab or nothing in it."""
    sheet = layout.computed.get(TAB)
    found = (table for table in snapshot.tables if table.sheet == sheet)
    return tuple(chain.from_iterable(_rows(table, snapshot.epoch) for table in found))


def _rows(table: Table, epoch: date) -> Iterator[ShownChange]:
    for row in table.rows[1:]:
        id_, title, step, what, before, after, why = _filled(row)
        if id_ is not None and what is not None:  # else the one cell that says that nothing moved
            yield ShownChange(
                id=as_text(id_),
                title=as_text(title),
                step=as_text(step),
                what=as_text(what),
                before=_side(before, epoch),
                after=_side(after, epoch),
                why=as_text(why),
            )


def _filled(row: Sequence[Value]) -> tuple[Value, ...]:
    """The seven cells of a row."""
    return (*row, *repeat(None, 7))[:7]


def _side(value: Value, epoch: date) -> str | date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return epoch + timedelta(days=int(value))  # a date that was read as its number
    return value if isinstance(value, date) else as_text(value)
