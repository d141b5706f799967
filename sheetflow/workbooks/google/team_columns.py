"""Columns of our own in a team's table: made where the table ends, with the looks that they begin with.

New columns are inserted, never taken: nobody can have typed into a column that was not there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sheetflow.cells import CellEdit, CellRange, ColumnLook, Patch, Style
from sheetflow.workbooks.google.cell_formats import Json, cell_format, column_pixels
from sheetflow.workbooks.google.conditions import rule_request
from sheetflow.workbooks.google.grid_ranges import down_from, grid_range, lines
from sheetflow.workbooks.google.listing import GridTab
from sheetflow.workbooks.google.look import formatted


def new_columns(patch: Patch) -> dict[str, list[int]]:
    """The columns that the patch adds to tables, by tab: those that get a width."""
    found: dict[str, list[int]] = {}
    for look in patch.looks:
        if look.width is not None:
            found.setdefault(look.sheet, []).append(look.column)
    return {sheet: sorted(columns) for sheet, columns in found.items()}


def column_requests(patch: Patch, tab: GridTab, columns: Sequence[int]) -> Iterator[Json]:
    """Makes the columns, which lie side by side, and gives them their looks."""
    yield from _made(tab, columns[0], len(columns))
    edits = [edit for edit in patch.edits if edit.ref.sheet == tab.title]
    for column in columns:
        yield from _formats(tab.sheet_id, [edit for edit in edits if edit.ref.column == column])
    for look in patch.looks:
        if look.sheet == tab.title and look.width is not None:
            yield from _look(tab.sheet_id, look)


def _made(tab: GridTab, first: int, count: int) -> Iterator[Json]:
    missing = first + count - 1 - tab.columns
    if first <= tab.columns:
        place = lines(tab.sheet_id, "COLUMNS", first, first + count - 1)
        yield {"insertDimension": {"range": place, "inheritFromBefore": False}}
    elif missing > 0:
        length = {"sheetId": tab.sheet_id, "dimension": "COLUMNS", "length": missing}
        yield {"appendDimension": length}


def _formats(sheet_id: int, edits: Sequence[CellEdit]) -> Iterator[Json]:
    """The header's own format, and down from it the one that most cells have."""
    in_order = sorted((edit for edit in edits if edit.style), key=lambda edit: edit.ref)
    for head in in_order[:1]:
        row, column = head.ref.row, head.ref.column
        place = grid_range(sheet_id, CellRange(row, column, row, column))
        yield formatted(place, cell_format(head.style or Style()))
        below = down_from(sheet_id, row + 1, column, column)
        yield formatted(below, cell_format(usual_style(in_order[1:])))


def usual_style(edits: Iterable[CellEdit]) -> Style:
    """The commonest style of the cells; of their days with the year where one of them shows it."""
    styles = Counter(edit.style for edit in edits if edit.style)
    if not styles:
        return Style()
    usual = styles.most_common(1)[0][0]
    pattern = max((style.number_format or "" for style in styles), key=len)
    return replace(usual, number_format=pattern or None)


def _look(sheet_id: int, look: ColumnLook) -> Iterator[Json]:
    if look.width is not None:
        yield {
            "updateDimensionProperties": {
                "range": lines(sheet_id, "COLUMNS", look.column, look.column),
                "properties": {"pixelSize": column_pixels(look.width)},
                "fields": "pixelSize",
            }
        }
    for index, rule in enumerate(look.rules):
        area = rule.area
        place = down_from(sheet_id, area.first_row, area.first_column, area.last_column)
        yield rule_request(rule, [place], index)
