"""The requests that give a computed tab its look: for spreadsheets.batchUpdate, in the order in which they stand.

    new_tab_requests(dressed, sheet_id) -> list[dict]                  # makes the tab, with its looks
    look_requests(dressed, sheet_id, standing) -> list[dict]           # in the place of the looks that it has
    standing_in(answer) -> {sheet_id: Standing}                        # of a listing that holds STANDING

Write the values after these: before, the sheet may be too small for them. Columns further right, charts that people
have drawn and a filter that they have set stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sheetflow.workbooks.google.cell_formats import Json
from sheetflow.workbooks.google.dressing import Dressed
from sheetflow.workbooks.google.grid_ranges import down_from, lines
from sheetflow.workbooks.google.look import Look, chart_number, lasting_requests, properties

SPARE_ROWS = 100
"""Sheets get their rows by the hundred, so that a plan that grows seldom needs a larger one."""

MOST_CHARTS = 10
STANDING = "sheets.charts.chartId,sheets.conditionalFormats.ranges,sheets.basicFilter.range"
"""What a listing of the tabs holds beside their names, sizes and merges."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a sheet has that a new look replaces: how many rules, which charts; and its size."""

    rows: int
    columns: int
    rules: int = 0
    charts: frozenset[int] = frozenset()
    is_merged: bool = False
    is_filtered: bool = False


def grid_size(dressed: Dressed) -> tuple[int, int]:
    """The rows and columns that a sheet for the tab gets."""
    rows = max(len(dressed.rows), dressed.look.body_row)
    return rows + SPARE_ROWS - rows % SPARE_ROWS, dressed.look.width + 1


def new_tab_requests(dressed: Dressed, sheet_id: int) -> list[Json]:
    """Makes the tab at the right end of the others, blank, with its looks."""
    rows, columns = grid_size(dressed)
    wanted = properties(dressed.look)
    wanted["gridProperties"] |= {"rowCount": rows, "columnCount": columns}
    added = {"addSheet": {"properties": {"sheetId": sheet_id, "title": dressed.sheet, **wanted}}}
    return [added, *lasting_requests(dressed.look, sheet_id), *_filter(dressed.look, sheet_id)]


def look_requests(dressed: Dressed, sheet_id: int, standing: Standing) -> list[Json]:
    """Takes the former look away, makes room, and gives the tab its look."""
    look = dressed.look
    filtered = () if standing.is_filtered else _filter(look, sheet_id)
    return [
        *_cleared(dressed, sheet_id, standing),
        *lasting_requests(look, sheet_id),
        *filtered,
    ]


def standing_in(answer: Mapping[str, Any]) -> Mapping[int, Standing]:
    """What stands on each sheet that a new look replaces, by its ID."""
    return {sheet["properties"]["sheetId"]: _standing(sheet) for sheet in answer.get("sheets", ())}


def _standing(sheet: Mapping[str, Any]) -> Standing:
    grid = sheet["properties"].get("gridProperties", {})
    return Standing(
        rows=grid.get("rowCount", 0),
        columns=grid.get("columnCount", 0),
        rules=len(sheet.get("conditionalFormats", ())),
        charts=frozenset(chart["chartId"] for chart in sheet.get("charts", ())),
        is_merged=bool(sheet.get("merges")),
        is_filtered="basicFilter" in sheet,
    )


def _cleared(dressed: Dressed, sheet_id: int, standing: Standing) -> Iterator[Json]:
    look = dressed.look
    for index in reversed(range(standing.rules)):
        yield {"deleteConditionalFormatRule": {"sheetId": sheet_id, "index": index}}
    ours = {chart_number(sheet_id, place) for place in range(MOST_CHARTS)}
    for chart in sorted(ours & standing.charts):
        yield {"deleteEmbeddedObject": {"objectId": chart}}
    if standing.is_merged:
        yield {"unmergeCells": {"range": {"sheetId": sheet_id}}}
    yield _resized(dressed, sheet_id, standing)
    shown = lines(sheet_id, "COLUMNS", 1, look.width + 1)
    yield {
        "updateDimensionProperties": {
            "range": shown,
            "properties": {"hiddenByUser": False},
            "fields": "hiddenByUser",
        }
    }


def _resized(dressed: Dressed, sheet_id: int, standing: Standing) -> Json:
    rows, columns = grid_size(dressed)
    wanted = properties(dressed.look)
    wanted["gridProperties"] |= {
        "rowCount": max(rows, standing.rows),
        "columnCount": max(columns, standing.columns),
    }
    return {
        "updateSheetProperties": {
            "properties": {"sheetId": sheet_id, **wanted},
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
    area = look.tab.filtered
    if area:
        place = down_from(sheet_id, area.first_row, area.first_column, area.last_column)
        yield {"setBasicFilter": {"filter": {"range": place}}}
