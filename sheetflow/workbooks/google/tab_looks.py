"""The requests that give a computed tab its look: for spreadsheets.batchUpdate, in the order in which they stand.

    new_tab_requests(dressed, sheet_id, longest) -> list[dict]             # makes the tab, with its looks
    look_requests(dressed, tab, longest) -> list[dict]                     # in the place of the looks that it has

Write the values after these: before, the sheet may be too small for them. Columns further right, charts that people
have drawn and a filter that they have set stay.
"""

from __future__ import annotations

from collections.abc import Iterator

from sheetflow.cells import CellRange
from sheetflow.workbooks.google.cell_formats import Json
from sheetflow.workbooks.google.dressing import Dressed
from sheetflow.workbooks.google.grid_ranges import down_from, lines
from sheetflow.workbooks.google.listing import GridTab
from sheetflow.workbooks.google.look import Look, chart_number, lasting_requests, properties
from sheetflow.workbooks.google.marks import line_mark_requests, mark_requests, unmark_requests

SPARE_ROWS, LEAST_ROWS = 100, 1000
"""Sheets get their rows by the hundred, lists as many at least as a sheet made by hand: a plan that grows has room."""

CHANGES_A_STEP, MOST_SPARE_ROWS = 3, 20_000
"""When all is planned anew, each step may have another owner, start and end; no more blank rows than these are made."""

MOST_CHARTS = 10


def grid_size(dressed: Dressed, longest: int) -> tuple[int, int]:
    """The rows and columns that a sheet for the tab gets; a list may outgrow the `longest` tab that there is."""
    rows = max(len(dressed.rows), dressed.look.body_row)
    if dressed.look.tab.body:
        rows = max(rows, LEAST_ROWS - 1, min(CHANGES_A_STEP * longest, MOST_SPARE_ROWS))
    return rows + SPARE_ROWS - rows % SPARE_ROWS, dressed.look.watch


def new_tab_requests(dressed: Dressed, sheet_id: int, longest: int) -> list[Json]:
    """Makes the tab at the right end of the others, blank, with its looks."""
    rows, columns = grid_size(dressed, longest)
    wanted = properties(dressed.look)
    wanted["gridProperties"] |= {"rowCount": rows, "columnCount": columns}
    added = {"addSheet": {"properties": {"sheetId": sheet_id, "title": dressed.sheet, **wanted}}}
    look = dressed.look
    return [
        added,
        *lasting_requests(look, sheet_id),
        *_filter(look, sheet_id),
        *_marks(look, sheet_id),
    ]


def look_requests(dressed: Dressed, tab: GridTab, longest: int) -> list[Json]:
    """Takes the former look away, makes room, and gives the tab its look."""
    look, sheet_id = dressed.look, tab.sheet_id
    return [
        *_cleared(dressed, tab, longest),
        *lasting_requests(look, sheet_id),
        *(() if tab.is_filtered else _filter(look, sheet_id)),
        *unmark_requests(sheet_id),
        *_marks(look, sheet_id),
    ]


def _marks(look: Look, sheet_id: int) -> Iterator[Json]:
    """A tab that is known by the digests of its rows is read by marked lines."""
    if look.is_summed:
        columns = (*look.tab.read_again, look.digests)
        yield from line_mark_requests(sheet_id, look.tab.frozen_rows, columns)
    else:
        yield from mark_requests(sheet_id)


def _cleared(dressed: Dressed, tab: GridTab, longest: int) -> Iterator[Json]:
    look, sheet_id = dressed.look, tab.sheet_id
    for index in reversed(range(tab.rules or 0)):
        yield {"deleteConditionalFormatRule": {"sheetId": sheet_id, "index": index}}
    ours = {chart_number(sheet_id, place) for place in range(MOST_CHARTS)}
    for chart in sorted(ours & tab.charts):
        yield {"deleteEmbeddedObject": {"objectId": chart}}
    if tab.merges:
        yield {"unmergeCells": {"range": {"sheetId": sheet_id}}}
    yield _resized(dressed, tab, longest)
    shown = lines(sheet_id, "COLUMNS", 1, look.watch)
    yield {
        "updateDimensionProperties": {
            "range": shown,
            "properties": {"hiddenByUser": False},
            "fields": "hiddenByUser",
        }
    }


def _resized(dressed: Dressed, tab: GridTab, longest: int) -> Json:
    rows, columns = grid_size(dressed, longest)
    wanted = properties(dressed.look)
    wanted["gridProperties"] |= {
        "rowCount": max(rows, tab.rows),
        "columnCount": max(columns, tab.columns),
    }
    return {
        "updateSheetProperties": {
            "properties": {"sheetId": tab.sheet_id, **wanted},
            "fields": ",".join(_names(wanted)),
        }
    }


def _names(part: Json, before: str = "") -> Iterator[str]:
    """The path of every single property."""
    for name, value in part.items():
        if name == "gridProperties":
            yield from _names(value, f"{name}.")
        else:
            yield before + name


def _filter(look: Look, sheet_id: int) -> Iterator[Json]:
    blank = CellRange(1, 1, 1, len(look.tab.body)) if look.tab.body else None
    area = look.tab.filtered or blank
    if area:
        place = down_from(sheet_id, area.first_row, area.first_column, area.last_column)
        yield {"setBasicFilter": {"filter": {"range": place}}}
