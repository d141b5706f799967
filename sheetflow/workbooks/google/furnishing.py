"""What a tab that people made gets beside what is theirs: drop-downs, notes and colours where there are none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sheetflow.cells import StarterTab
from sheetflow.workbooks.google.addresses import quoted
from sheetflow.workbooks.google.cell_formats import Json
from sheetflow.workbooks.google.client import SheetsClient
from sheetflow.workbooks.google.conditions import rule_request
from sheetflow.workbooks.google.grid_ranges import columns_of
from sheetflow.workbooks.google.new_tabs import (
    Choices,
    below,
    drop_down_requests,
    guard_requests,
)

FURNITURE = (
    "sheets(properties(sheetId,title,gridProperties(frozenRowCount,rowCount)),conditionalFormats.ranges,"
    "protectedRanges.range,data(startRow,startColumn,rowData.values(note,dataValidation)))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """What stands on a sheet that people made: the columns with rules of each kind, and the cells with notes."""

    frozen_rows: int
    with_choices: frozenset[int]
    with_colours: frozenset[int]
    with_guards: frozenset[int]
    with_notes: frozenset[tuple[int, int]]


def read_furniture(
    client: SheetsClient, spreadsheet: str, titles: Sequence[str]
) -> Mapping[str, Furniture]:
    """What stands on these sheets, by title; one request, none where there are no titles."""
    if not titles:
        return {}
    params: Mapping[str, Any] = {"ranges": list(map(quoted, titles)), "fields": FURNITURE}
    answer = client.spreadsheets_get(spreadsheet, dict(params))
    return {sheet["properties"]["title"]: _furniture(sheet) for sheet in answer.get("sheets", ())}


def furnishing_requests(
    starter: StarterTab, sheet_id: int, choices: Choices, standing: Furniture
) -> Iterator[Json]:
    """What is missing; not one cell, rule or note that is there is touched."""
    for offered in starter.drop_downs:
        if offered.area.first_column not in standing.with_choices:
            yield from drop_down_requests(offered, sheet_id, choices)
    for index, rule in enumerate(starter.tab.rules):
        if rule.area.first_column not in standing.with_colours:
            yield rule_request(rule, [below(sheet_id, rule.area)], index)
    yield from _notes(starter, sheet_id, standing)
    if not standing.with_guards:
        yield from guard_requests(starter, sheet_id)
    if not standing.frozen_rows:
        yield _frozen(sheet_id, starter.tab.frozen_rows)


def _notes(starter: StarterTab, sheet_id: int, standing: Furniture) -> Iterator[Json]:
    for (row, column), text in starter.notes.items():
        if (row, column) not in standing.with_notes:
            yield _note(sheet_id, row, column, text)


def _note(sheet_id: int, row: int, column: int, text: str) -> Json:
    start = {"sheetId": sheet_id, "rowIndex": row - 1, "columnIndex": column - 1}
    return {
        "updateCells": {"start": start, "rows": [{"values": [{"note": text}]}], "fields": "note"}
    }


def _frozen(sheet_id: int, rows: int) -> Json:
    grid = {"gridProperties": {"frozenRowCount": rows}}
    return {
        "updateSheetProperties": {
            "properties": {"sheetId": sheet_id, **grid},
            "fields": "gridProperties.frozenRowCount",
        }
    }


def _furniture(sheet: Mapping[str, Any]) -> Furniture:
    grid = sheet["properties"].get("gridProperties", {})
    cells = list(_cells(sheet.get("data", ())))
    rules = sheet.get("conditionalFormats", ())
    return Furniture(
        frozen_rows=grid.get("frozenRowCount", 0),
        with_choices=frozenset(column for _, column, cell in cells if "dataValidation" in cell),
        with_colours=columns_of(area for rule in rules for area in rule.get("ranges", ())),
        with_guards=columns_of(each.get("range", {}) for each in sheet.get("protectedRanges", ())),
        with_notes=frozenset((row, column) for row, column, cell in cells if cell.get("note")),
    )


def _cells(data: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
    for part in data:
        for row, held in enumerate(part.get("rowData", ()), start=part.get("startRow", 0) + 1):
            first = part.get("startColumn", 0) + 1
            for column, cell in enumerate(held.get("values", ()), start=first):
                yield row, column, cell
