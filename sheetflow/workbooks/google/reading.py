"""Reading a spreadsheet: one request where its tabs carry our mark, a listing of all tabs where they do not.

    read_marked(client, spreadsheet) -> tuple[Area, ...]           # 1 request; () where no tab is marked
    table_of(area) -> Table, size_of(area) -> (rows, columns)      # what such an area of a tab tells
    list_tabs(client, spreadsheet) -> tuple[GridTab, ...]          # 1 request: what a GridTab tells
    read_listed(client, spreadsheet, tabs) -> tuple[Table, ...]    # 2 requests: values, then formulas

A table from an area is `values_only`: its formulas and merges are not told. In all of them a date is its serial
number (`dates_are_numbers`), which `Table.shows` knows to be that date.

Marks are trusted: whoever sets them marks every tab that holds cells, and none as long as a formula stands in a column
that SheetFlow fills or cells are merged among its rows, because a full reading alone sees formulas and merges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, TypeAlias

from sheetflow.cells import CellRange, Table, Value
from sheetflow.workbooks.google.addresses import first_cell, last_cell, quoted, title_in
from sheetflow.workbooks.google.client import VALUES, SheetsClient
from sheetflow.workbooks.google.faults import GoogleFaultError
from sheetflow.workbooks.google.grid_ranges import columns_of
from sheetflow.workbooks.google.serials import Carried, value_of

TAB_MARK = "t"
"""The key of the developer metadata of every tab that is read in one request, whatever it is called by then."""

NOTHING_FITS = 400
LONGEST_ADDRESS = 6_000
LISTING = (
    "sheets.properties(sheetId,title,index,sheetType,gridProperties(rowCount,columnCount)),"
    "sheets.developerMetadata(metadataId,metadataKey),"
    "sheets.merges,"
    "sheets.conditionalFormats.ranges"
)

Rows: TypeAlias = Sequence[Sequence[Carried]]
Area: TypeAlias = Mapping[str, Any]
"""A ValueRange of the API: the address of some cells, and their values by row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridTab:
    """A tab with cells, as the listing tells of it.

    `mark` is the metadata ID of our mark, None where it has none; `ruled` are the columns with conditional formats.
    """

    sheet_id: int
    title: str
    rows: int
    columns: int
    mark: int | None = None
    merges: tuple[CellRange, ...] = ()
    ruled: frozenset[int] = frozenset()


def read_marked(client: SheetsClient, spreadsheet: str) -> tuple[Area, ...]:
    """All tabs that carry our mark, in one request; none where there are no marks yet."""
    lookup = {"metadataKey": TAB_MARK, "locationType": "SHEET"}
    try:
        answer = client.values_by_filter(spreadsheet, [{"developerMetadataLookup": lookup}])
    except GoogleFaultError as fault:
        if fault.code == "google_refused" and fault.status == NOTHING_FITS:
            return ()
        raise
    return tuple(matched["valueRange"] for matched in answer.get("valueRanges", ()))


def table_of(area: Area) -> Table:
    """The tab that the area lies in, with what stands in the area."""
    return Table(
        sheet=title_in(area["range"]),
        rows=_values(_placed(area)),
        values_only=True,
        dates_are_numbers=True,
    )


def size_of(area: Area) -> tuple[int, int]:
    """The rows and columns of a tab whose cells the area holds to the last."""
    return last_cell(area["range"])


def list_tabs(client: SheetsClient, spreadsheet: str) -> tuple[GridTab, ...]:
    """Every tab that holds cells, from left to right."""
    return tabs_in(client.spreadsheets_get(spreadsheet, {"fields": LISTING}))


def tabs_in(answer: Mapping[str, Any]) -> tuple[GridTab, ...]:
    """The tabs of a listing."""
    sheets = sorted(answer.get("sheets", ()), key=lambda each: each["properties"].get("index", 0))
    return tuple(_tab(sheet) for sheet in sheets if _holds_cells(sheet))


def read_listed(
    client: SheetsClient, spreadsheet: str, tabs: Sequence[GridTab]
) -> tuple[Table, ...]:
    """These tabs with their values and the text of their formulas."""
    values = list(_areas(client, spreadsheet, tabs))
    typed = list(_areas(client, spreadsheet, tabs, valueRenderOption="FORMULA"))
    return tuple(
        Table(
            sheet=tab.title,
            rows=_values(held),
            formulas=_formulas(held, entered),
            merged=tab.merges,
            dates_are_numbers=True,
        )
        for tab, held, entered in zip(tabs, values, typed, strict=True)
    )


def _areas(
    client: SheetsClient, spreadsheet: str, tabs: Sequence[GridTab], **options: str
) -> Iterator[Rows]:
    for names in _few(quoted(tab.title) for tab in tabs):
        params = {**VALUES, **options, "majorDimension": "ROWS"}
        answer = client.values_batch_get(spreadsheet, names, dict(params))
        yield from (_placed(area) for area in answer["valueRanges"])


def _few(names: Iterable[str]) -> Iterator[list[str]]:
    """The names in groups that an address has room for; a letter of any script takes nine places at most."""
    group: list[str] = []
    for name in names:
        if group and sum(map(_length, [*group, name])) > LONGEST_ADDRESS:
            yield group
            group = []
        group.append(name)
    if group:
        yield group


def _length(name: str) -> int:
    return len("&ranges=") + 3 * len(name.encode())


def _placed(area: Area) -> Rows:
    """The rows of an answer from the first cell of the tab on."""
    row, column = first_cell(area["range"])
    rows = [[None] * (column - 1) + list(cells) for cells in area.get("values", ())]
    return [[] for _ in range(row - 1)] + rows


def _values(rows: Rows) -> tuple[tuple[Value, ...], ...]:
    read = [_trimmed([value_of(cell) for cell in cells]) for cells in rows]
    while read and not read[-1]:
        read.pop()
    return tuple(read)


def _trimmed(cells: list[Value]) -> tuple[Value, ...]:
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _formulas(held: Rows, typed: Rows) -> dict[tuple[int, int], str]:
    """What begins with = where something else is shown: text that somebody typed so is shown as it is."""
    return {
        (row, column): cell
        for row, (shown, entered) in enumerate(zip_longest(held, typed, fillvalue=()), start=1)
        for column, (value, cell) in enumerate(zip_longest(shown, entered), start=1)
        if isinstance(cell, str) and cell.startswith("=") and cell != value
    }


def _holds_cells(sheet: Mapping[str, Any]) -> bool:
    return str(sheet["properties"].get("sheetType", "GRID")) == "GRID"


def _tab(sheet: Mapping[str, Any]) -> GridTab:
    properties = sheet["properties"]
    grid = properties.get("gridProperties", {})
    marks = [
        int(each["metadataId"])
        for each in sheet.get("developerMetadata", ())
        if each.get("metadataKey") == TAB_MARK
    ]
    return GridTab(
        sheet_id=int(properties["sheetId"]),
        title=str(properties["title"]),
        rows=int(grid.get("rowCount", 0)),
        columns=int(grid.get("columnCount", 0)),
        mark=min(marks, default=None),
        merges=tuple(map(_range, sheet.get("merges", ()))),
        ruled=columns_of(
            area for rule in sheet.get("conditionalFormats", ()) for area in rule.get("ranges", ())
        ),
    )


def _range(merge: Mapping[str, int]) -> CellRange:
    return CellRange(
        first_row=merge.get("startRowIndex", 0) + 1,
        first_column=merge.get("startColumnIndex", 0) + 1,
        last_row=merge["endRowIndex"],
        last_column=merge["endColumnIndex"],
    )
