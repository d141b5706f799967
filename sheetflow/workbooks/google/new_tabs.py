"""Making a tab for people to type in: its cells, looks, drop-downs, notes and warnings, as requests of one batch."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheetflow.cells import CellFault, CellRange, DropDown, StarterTab, Style, Value, column_letters
from sheetflow.workbooks.google.addresses import title_in
from sheetflow.workbooks.google.cell_formats import (
    Json,
    cell_format,
    column_pixels,
    rgb,
    row_pixels,
)
from sheetflow.workbooks.google.conditions import choice_of_list, choice_of_range, rule_request
from sheetflow.workbooks.google.grid_ranges import down_from, grid_range, lines, runs
from sheetflow.workbooks.google.look import formatted
from sheetflow.workbooks.google.serials import carried_value

ROWS, SPARE_COLUMNS = 1000, 6
"""The size of a new tab: as many rows as a sheet made by hand, and room at the right for a team's own columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What drop-downs may offer: the texts of hidden tabs, which Sheets can do without, and the tabs there will be."""

    hidden: Mapping[str, StarterTab]
    titles: Collection[str]

    def rule(self, offered: DropDown) -> Json | None:
        """The rule of a drop-down; None where its source will not be there."""
        if offered.source.startswith('"'):
            return choice_of_list(offered.source.strip('"').split(","), strict=offered.strict)
        title, place = title_in(offered.source), offered.source.rpartition("!")[2]
        if title in self.hidden:
            texts = _texts(self.hidden[title], place)
            return choice_of_list(texts, strict=offered.strict)
        known = title in self.titles
        return choice_of_range(offered.source, strict=offered.strict) if known else None


def adding_request(starter: StarterTab, sheet_id: int, index: int | None) -> Json:
    """Adds the sheet, blank, before the one at the index; at the right end where there is none."""
    tab = starter.tab
    colour = {"tabColorStyle": rgb(tab.tab_colour)} if tab.tab_colour else {}
    properties = {
        "sheetId": sheet_id,
        "title": tab.sheet,
        **({} if index is None else {"index": index}),
        "rightToLeft": tab.right_to_left,
        **colour,
        "gridProperties": {
            "rowCount": max(ROWS, len(tab.rows)),
            "columnCount": _width(starter) + SPARE_COLUMNS,
            "frozenRowCount": tab.frozen_rows,
            "frozenColumnCount": tab.frozen_columns,
        },
    }
    return {"addSheet": {"properties": properties}}


def filling_requests(starter: StarterTab, sheet_id: int, choices: Choices) -> Iterator[Json]:
    """All that the new sheet holds and shows."""
    yield _cells(starter, sheet_id)
    yield from _looks(starter, sheet_id)
    for index, rule in enumerate(starter.tab.rules):
        yield rule_request(rule, [below(sheet_id, rule.area)], index)
    for offered in starter.drop_downs:
        yield from drop_down_requests(offered, sheet_id, choices)
    yield from guard_requests(starter, sheet_id)
    if starter.tab.filtered:
        area = below(sheet_id, starter.tab.filtered)
        yield {"setBasicFilter": {"filter": {"range": area}}}


def drop_down_requests(offered: DropDown, sheet_id: int, choices: Choices) -> Iterator[Json]:
    """Sets a drop-down on the cells of a column; never on cells that have one: its colours would be lost."""
    rule = choices.rule(offered)
    if rule is not None:
        yield {"setDataValidation": {"range": below(sheet_id, offered.area), "rule": rule}}


def guard_requests(starter: StarterTab, sheet_id: int) -> Iterator[Json]:
    """Warns whoever types where SheetFlow fills in; nobody is kept from it."""
    for area in starter.guarded:
        guarded = {
            "range": below(sheet_id, area),
            "description": starter.warning,
            "warningOnly": True,
        }
        yield {"addProtectedRange": {"protectedRange": guarded}}


def below(sheet_id: int, area: CellRange) -> Json:
    """The columns of the area from its first row to the end of the sheet, for all rows that people add."""
    return down_from(sheet_id, area.first_row, area.first_column, area.last_column)


def _width(starter: StarterTab) -> int:
    return max([len(starter.tab.widths), *map(len, starter.tab.rows)])


def _cells(starter: StarterTab, sheet_id: int) -> Json:
    rows = [
        {"values": [_cell(value, starter.notes.get((row, column))) for column, value in cells]}
        for row, cells in enumerate((enumerate(r, start=1) for r in starter.tab.rows), start=1)
    ]
    start = {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0}
    return {"updateCells": {"start": start, "rows": rows, "fields": "userEnteredValue,note"}}


def _cell(value: Value, note: str | None) -> Json:
    return {**_entered(value), **({"note": note} if note else {})}


def _entered(value: Value) -> Json:
    """The value as what it is: a text that looks like a formula is a text."""
    if value is None or isinstance(value, CellFault):
        return {}
    carried = carried_value(value)
    kind = (
        "boolValue"
        if isinstance(carried, bool)
        else "stringValue"
        if isinstance(carried, str)
        else "numberValue"
    )
    return {"userEnteredValue": {kind: carried}}


def _looks(starter: StarterTab, sheet_id: int) -> Iterator[Json]:
    """The first row, and one look for each column below it."""
    tab, width = starter.tab, _width(starter)
    for first, last, style in runs(_styles(starter, 1, width)):
        area = CellRange(1, first, 1, last)
        yield formatted(grid_range(sheet_id, area), cell_format(style))
    for first, last, style in runs(_styles(starter, 2, width)):
        yield formatted(down_from(sheet_id, 2, first, last), cell_format(style))
    for first, last, pixels in runs(map(column_pixels, tab.widths)):
        yield _sized(lines(sheet_id, "COLUMNS", first, last), pixels)
    if 1 in tab.heights:
        yield _sized(lines(sheet_id, "ROWS", 1, 1), row_pixels(tab.heights[1]))


def _styles(starter: StarterTab, row: int, width: int) -> list[Style]:
    return [starter.tab.styles.get((row, column), Style()) for column in range(1, width + 1)]


def _sized(place: Json, pixels: int) -> Json:
    size = {"pixelSize": pixels}
    return {
        "updateDimensionProperties": {"range": place, "properties": size, "fields": "pixelSize"}
    }


def _texts(starter: StarterTab, place: str) -> Sequence[str]:
    """What stands in one column of a tab, from the top on: `$C$1:$C$9`."""
    letters = place.split("$")[1]
    cells = (
        row[column]
        for row in starter.tab.rows
        for column in range(len(row))
        if column_letters(column + 1) == letters
    )
    return [str(cell) for cell in cells if cell is not None]
