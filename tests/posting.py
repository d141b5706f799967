"""Workbooks as their tabs are posted: what Excel's interface gives of them, in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sheetflow.cells import EXCEL_EPOCH, CellFault, Snapshot, Table, Value, serial_number
from sheetflow.workbooks.posted.tables import PostedTab
from sheetflow.workbooks.posted.workbook import PostedWorkbook

DAY, MOMENT = "yyyy-mm-dd", "m/d/yyyy h:mm"
PLENTY = 1_000_000


def posted_workbook(content: Snapshot, most_rows: int = PLENTY) -> PostedWorkbook:
    """The content as it comes in by a request."""
    tabs = [PostedTab(**fields) for fields in posted_tabs(content)]
    return PostedWorkbook(tabs, content.epoch, most_rows)


def posted_tabs(content: Snapshot) -> list[dict[str, Any]]:
    """The tabs of a request."""
    return [_tab(table, content.epoch) for table in content.tables]


def applied(content: Snapshot, answer: Mapping[str, Any]) -> Snapshot:
    """The content after the edits and the tabs of an answer, done by hand as whoever gets it must do them."""
    grids = {fields["name"]: fields for fields in posted_tabs(content)}
    for edit in answer["edits"]:
        tab, style = grids[edit["sheet"]], edit.get("number_format")
        assert (_at(tab["values"], edit["row"], edit["column"]) or None) == edit["before"]
        _put(tab["values"], edit["row"], edit["column"], edit["after"])
        _put(tab["formats"], edit["row"], edit["column"], style)
    for drawn in answer["tabs"]:
        grids[drawn["sheet"]] = _drawn(drawn)
    tabs = [PostedTab(**fields) for fields in grids.values()]
    return PostedWorkbook(tabs, content.epoch, PLENTY).read()


def carried(value: Value, epoch: date = EXCEL_EPOCH) -> Any:
    """A value as Excel hands it over."""
    if isinstance(value, date):
        return serial_number(value, epoch)
    return value.code if isinstance(value, CellFault) else value


def shown_as(value: Value) -> str | None:
    """The number format that makes a number a date."""
    if isinstance(value, datetime):
        return MOMENT
    return DAY if isinstance(value, date) else None


def _tab(table: Table, epoch: date) -> dict[str, Any]:
    width = max([column for _, column in table.formulas] + [len(row) for row in table.rows] + [0])
    height = max([row for row, _ in table.formulas] + [len(table.rows)])
    places = [[(r, c) for c in range(1, width + 1)] for r in range(1, height + 1)]
    return {
        "name": table.sheet,
        "values": [[carried(table.at(*place), epoch) for place in row] for row in places],
        "formats": [[shown_as(table.at(*place)) for place in row] for row in places],
        "formulas": [[table.formulas.get(place) for place in row] for row in places],
        "merges": [area.a1 for area in table.merged],
    }


def _drawn(tab: Mapping[str, Any]) -> dict[str, Any]:
    formats: list[list[Any]] = []
    for layer in tab["layers"]:
        if layer["property"] == "number_format":
            for row, column in _cells(layer["ranges"]):
                _put(formats, row, column, layer["value"])
    return {
        "name": tab["sheet"],
        "values": tab["rows"],
        "formats": formats,
        "merges": tab["merges"],
    }


def _cells(addresses: Iterable[str]) -> Iterable[tuple[int, int]]:
    from sheetflow.workbooks.xlsx.package.addresses import area_of

    for area in filter(None, map(area_of, addresses)):
        for row in range(area.first_row, area.last_row + 1):
            for column in range(area.first_column, area.last_column + 1):
                yield row, column


def _at(grid: list[list[Any]], row: int, column: int) -> Any:
    if row > len(grid) or column > len(grid[row - 1]):
        return None
    return grid[row - 1][column - 1]


def _put(grid: list[list[Any]], row: int, column: int, value: Any) -> None:
    grid.extend([] for _ in range(row - len(grid)))
    cells = grid[row - 1]
    cells.extend([None] * (column - len(cells)))
    cells[column - 1] = value
