"""The tabs of a spreadsheet, as a listing tells of them: one request, no cells.

list_tabs(client, spreadsheet) -> tuple[GridTab, ...]
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheetflow.cells import CellRange
from sheetflow.workbooks.google.client import SheetsClient
from sheetflow.workbooks.google.grid_ranges import columns_of
from sheetflow.workbooks.google.marks import MARKS

LISTING = (
    "sheets.properties(sheetId,title,index,sheetType,gridProperties(rowCount,columnCount)),"
    "sheets.developerMetadata(metadataKey),"
    "sheets.merges,"
    "sheets.conditionalFormats.ranges,"
    "sheets.charts.chartId,"
    "sheets.basicFilter.range"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridTab:
    """A tab with cells: its size, whether it carries our mark, and what a new look replaces.

    `ruled` are the columns with conditional formats, `rules` is their number: None where they are others by now.
    """

    sheet_id: int
    title: str
    rows: int
    columns: int
    is_marked: bool = False
    merges: tuple[CellRange, ...] = ()
    ruled: frozenset[int] = frozenset()
    rules: int | None = 0
    charts: frozenset[int] = frozenset()
    is_filtered: bool = False


def list_tabs(client: SheetsClient, spreadsheet: str) -> tuple[GridTab, ...]:
    """Every tab that holds cells, from left to right."""
    answer = client.spreadsheets_get(spreadsheet, {"fields": LISTING})
    sheets = sorted(answer.get("sheets", ()), key=lambda each: each["properties"].get("index", 0))
    return tuple(_tab(sheet) for sheet in sheets if _holds_cells(sheet))


def _holds_cells(sheet: Mapping[str, Any]) -> bool:
    return str(sheet["properties"].get("sheetType", "GRID")) == "GRID"


def _tab(sheet: Mapping[str, Any]) -> GridTab:
    properties, rules = sheet["properties"], sheet.get("conditionalFormats", ())
    grid = properties.get("gridProperties", {})
    keys = {each.get("metadataKey") for each in sheet.get("developerMetadata", ())}
    return GridTab(
        sheet_id=int(properties["sheetId"]),
        title=str(properties["title"]),
        rows=int(grid.get("rowCount", 0)),
        columns=int(grid.get("columnCount", 0)),
        is_marked=not keys.isdisjoint(MARKS),
        merges=tuple(map(_range, sheet.get("merges", ()))),
        ruled=columns_of(area for rule in rules for area in rule.get("ranges", ())),
        rules=len(rules),
        charts=frozenset(chart["chartId"] for chart in sheet.get("charts", ())),
        is_filtered="basicFilter" in sheet,
    )


def _range(merge: Mapping[str, int]) -> CellRange:
    return CellRange(
        first_row=merge.get("startRowIndex", 0) + 1,
        first_column=merge.get("startColumnIndex", 0) + 1,
        last_row=merge["endRowIndex"],
        last_column=merge["endColumnIndex"],
    )
