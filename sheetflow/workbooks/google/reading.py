"""Reading a spreadsheet: one request where its tabs carry our mark, a listing of all tabs where they do not.

    read_marked(client, spreadsheet) -> dict[str, Part]            # 1 request; {} where no tab is marked
    table_of(area) -> Table, size_of(area) -> (rows, columns)      # what an area of a tab tells
    read_listed(client, spreadsheet, tabs) -> tables, is_sound     # 2 requests: values, then formulas
with_formulas(client, spreadsheet, tables) -> the same         # 1 request: formulas of tables read by values

A table from an area is `values_only`: its formulas and merges are not told. In all of them a date is its serial
number (`dates_are_numbers`), which `Table.shows` knows to be that date.

Marks are trusted: whoever sets them marks every tab that holds cells, and none as long as cells are merged among its
rows, because a full reading alone tells of merges. Of formulas where SheetFlow writes the watch tells (watch.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, TypeAlias

from sheetflow.cells import Table, Value
from sheetflow.workbooks.google.addresses import first_cell, last_cell, quoted, title_in
from sheetflow.workbooks.google.client import VALUES, SheetsClient
from sheetflow.workbooks.google.faults import GoogleFaultError
from sheetflow.workbooks.google.listing import GridTab
from sheetflow.workbooks.google.marks import TAB_MARK
from sheetflow.workbooks.google.serials import Carried, value_of

NOTHING_FITS = 400
LONGEST_ADDRESS = 6_000
Rows: TypeAlias = Sequence[Sequence[Carried]]
Area: TypeAlias = Mapping[str, Any]
"""A ValueRange of the API: the address of some cells, and their values by row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What was read of a tab, the size of its grid, and whether it `is_whole`: else all but marked lines is blank."""

    table: Table
    size: tuple[int, int]
    is_whole: bool


def read_marked(client: SheetsClient, spreadsheet: str) -> dict[str, Part]:
    """All that carries our mark, by tab, in one request; none where there are no marks yet."""
    asked = {"developerMetadataLookup": {"metadataKey": TAB_MARK}}
    try:
        answer = client.values_by_filter(spreadsheet, [asked], majorDimension="COLUMNS")
    except GoogleFaultError as fault:
        if fault.code == "google_refused" and fault.status == NOTHING_FITS:
            return {}
        raise
    by_sheet: dict[str, list[Area]] = {}
    for matched in answer.get("valueRanges", ()):
        area = matched["valueRange"]
        by_sheet.setdefault(title_in(area["range"]), []).append(area)
    return {sheet: _part(areas) for sheet, areas in by_sheet.items()}


def _part(areas: Sequence[Area]) -> Part:
    rows, columns = (max(ends) for ends in zip(*map(size_of, areas), strict=True))
    whole = [
        area
        for area in areas
        if (*first_cell(area["range"]), *size_of(area)) == (1, 1, rows, columns)
    ]
    if whole:
        return Part(table=table_of(whole[0]), size=(rows, columns), is_whole=True)
    tables = [table_of(area) for area in areas]
    lines = zip_longest(*(table.rows for table in tables), fillvalue=())
    together = tuple(tuple(map(_first, zip_longest(*parts))) for parts in lines)
    return Part(table=replace(tables[0], rows=together), size=(rows, columns), is_whole=False)


def _first(values: Iterable[Value]) -> Value:
    return next((value for value in values if value is not None), None)


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


def read_listed(
    client: SheetsClient, spreadsheet: str, tabs: Sequence[GridTab]
) -> tuple[tuple[Table, ...], bool]:
    """These tabs with their values and the text of their formulas, and whether nobody moved them in between."""
    values = list(_areas(client, spreadsheet, tabs))
    typed = list(_areas(client, spreadsheet, tabs, valueRenderOption="FORMULA"))
    tables = tuple(
        Table(
            sheet=tab.title,
            rows=_values(held),
            formulas=_formulas(held, entered),
            merged=tab.merges,
            dates_are_numbers=True,
        )
        for tab, held, entered in zip(tabs, values, typed, strict=True)
    )
    return tables, all(map(_agree, values, typed))


def with_formulas(
    client: SheetsClient, spreadsheet: str, tables: Sequence[Table]
) -> tuple[tuple[Table, ...], bool]:
    """Tables that were read by their values, with the text of their formulas, and whether nobody moved them since."""
    asked = [{"a1Range": quoted(table.sheet)} for table in tables]
    answer = client.values_by_filter(spreadsheet, asked, valueRenderOption="FORMULA")
    areas = [matched["valueRange"] for matched in answer.get("valueRanges", ())]
    typed = {title_in(area["range"]): _placed(area) for area in areas}
    known = tuple(
        replace(table, formulas=_formulas(table.rows, typed.get(table.sheet, ())))
        for table in tables
    )
    return known, all(_agree(table.rows, typed.get(table.sheet, ())) for table in tables)


def _agree(held: Sequence[Sequence[Carried | Value]], typed: Rows) -> bool:
    """Whether what somebody typed is what is held there, formulas aside."""
    return all(
        _is_formula(entered) or entered in (None, "") or value == entered
        for shown, cells in zip_longest(held, typed, fillvalue=())
        for value, entered in zip_longest(shown, cells)
    )


def _is_formula(entered: Carried) -> bool:
    return isinstance(entered, str) and entered.startswith("=")


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
    held: Iterable[Sequence[Carried]] = area.get("values", ())
    if area.get("majorDimension") == "COLUMNS":
        held = zip_longest(*held)
    rows = [[None] * (column - 1) + list(cells) for cells in held]
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


def _formulas(held: Sequence[Sequence[Value]], typed: Rows) -> dict[tuple[int, int], str]:
    """What begins with = where something else is shown: text that somebody typed so is shown as it is."""
    return {
        (row, column): cell
        for row, (shown, entered) in enumerate(zip_longest(held, typed, fillvalue=()), start=1)
        for column, (value, cell) in enumerate(zip_longest(shown, entered), start=1)
        if isinstance(cell, str) and _is_formula(cell) and cell != value
    }
