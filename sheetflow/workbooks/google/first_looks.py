"""What the columns get that a team has made for SheetFlow to fill: once, when their tab is read for the first time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sheetflow.cells import CellEdit, Patch
from sheetflow.workbooks.google.cell_formats import Json, number_format
from sheetflow.workbooks.google.conditions import rule_request
from sheetflow.workbooks.google.grid_ranges import down_from
from sheetflow.workbooks.google.listing import GridTab
from sheetflow.workbooks.google.look import FORMAT, formatted
from sheetflow.workbooks.google.team_columns import new_columns, usual_style

DAY_PATTERN = "ddd d mmm yyyy"


def first_look_requests(patch: Patch, tab: GridTab) -> Iterator[Json]:
    """Colours for a column without conditional formats, and for days a format where nothing stood before.

    A column in which something stands keeps the format that somebody has chosen for it.
    """
    for look in patch.looks:
        if look.sheet == tab.title and look.width is None and look.column not in tab.ruled:
            for index, rule in enumerate(look.rules):
                area = rule.area
                place = down_from(tab.sheet_id, area.first_row, look.column, look.column)
                yield rule_request(rule, [place], index)
    made = new_columns(patch).get(tab.title, [])
    by_column: dict[int, list[CellEdit]] = {}
    for edit in patch.edits:
        if edit.ref.sheet == tab.title and edit.ref.column not in made:
            by_column.setdefault(edit.ref.column, []).append(edit)
    for column, edits in by_column.items():
        yield from _shown_as_days(column, tab, edits)


def _shown_as_days(column: int, tab: GridTab, edits: Sequence[CellEdit]) -> Iterator[Json]:
    days = [edit for edit in edits if isinstance(edit.after, date)]
    if not days or any(edit.before is not None for edit in edits):
        return
    shown = number_format(usual_style(days).number_format)
    place = down_from(tab.sheet_id, min(edit.ref.row for edit in edits), column, column)
    pattern = shown or {"type": "DATE", "pattern": DAY_PATTERN}
    yield formatted(place, {"numberFormat": pattern}, f"{FORMAT}.numberFormat")
