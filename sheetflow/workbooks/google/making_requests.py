"""The requests that make what a write needs, and what is there when they are done.

requests_of(needs, patch, seen, listed) -> list[dict]     # for spreadsheets.batchUpdate, in their order
after_making(needs, seen, listed) -> Seen
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sheetflow.cells import Patch
from sheetflow.workbooks.google.anchors import ANCHOR_KEY, by_anchor
from sheetflow.workbooks.google.cell_formats import Json
from sheetflow.workbooks.google.first_looks import first_look_requests
from sheetflow.workbooks.google.grid_ranges import lines
from sheetflow.workbooks.google.listing import GridTab
from sheetflow.workbooks.google.marks import mark_requests, metadata_request, unmark_requests
from sheetflow.workbooks.google.needs import Needs
from sheetflow.workbooks.google.numbering import number_from
from sheetflow.workbooks.google.seen import Seen, Size
from sheetflow.workbooks.google.shifts import shift_requests
from sheetflow.workbooks.google.tab_looks import grid_size, look_requests, new_tab_requests
from sheetflow.workbooks.google.team_columns import column_requests
from sheetflow.workbooks.google.watch import BEHIND_CODES, watch_requests
from sheetflow.workbooks.google.worn import worn_by
from sheetflow.workbooks.google.writes import RowWrite


def requests_of(
    needs: Needs, patch: Patch, seen: Seen, listed: Mapping[str, GridTab]
) -> list[Json]:
    """The requests that make all of it at once, in their order."""
    requests: list[Json] = []
    for tab in needs.new_tabs:
        requests += new_tab_requests(tab, new_sheet_id(tab.sheet, listed), needs.longest)
    for tab in needs.looks:
        requests += look_requests(tab, listed[tab.sheet], needs.longest)
    for sheet, shifts in needs.shifts.items():
        requests += shift_requests(listed[sheet].sheet_id, shifts)
    requests += _rooms(needs, seen, listed)
    for sheet, columns in needs.columns.items():
        requests += column_requests(patch, listed[sheet], columns)
    requests += _marks(needs, patch, listed)
    requests += _watch(needs, seen, listed)
    requests += [{"deleteDeveloperMetadata": {"dataFilter": by_anchor(n)}} for n in needs.removed]
    return requests + [_anchor(write, listed[write.row.sheet].sheet_id) for write in needs.anchors]


def _rooms(needs: Needs, seen: Seen, listed: Mapping[str, GridTab]) -> Iterator[Json]:
    """Room in tabs that are too small; those with a new look have it, and shifts have changed the number of rows."""
    relooked = {tab.sheet for tab in needs.looks}
    for sheet, size in needs.grown.items():
        tab = listed[sheet]
        held = seen.sizes[sheet] if sheet in needs.shifts else (tab.rows, tab.columns)
        if sheet not in relooked:
            yield from _larger(tab.sheet_id, size, held)


def _marks(needs: Needs, patch: Patch, listed: Mapping[str, GridTab]) -> Iterator[Json]:
    """Marks of tabs that are read from now on; those of tabs with a new look come with it."""
    relooked = {tab.sheet for tab in needs.looks}
    for sheet in needs.marks:
        if sheet in listed and sheet not in relooked:
            yield from first_look_requests(patch, listed[sheet])
            yield from mark_requests(listed[sheet].sheet_id)
    if needs.hides_merges:
        yield from unmark_requests()


def _watch(needs: Needs, seen: Seen, listed: Mapping[str, GridTab]) -> Iterator[Json]:
    """The watch, in a tab of our own: one with charts where there is one, as it is small whatever the plan."""
    if needs.watched is None:
        return
    drawn = [*needs.new_tabs, *needs.looks]
    worn = {sheet: found for sheet, table in seen.tables.items() if (found := worn_by(table))}
    places = {tab.sheet: (bool(tab.look.tab.charts), tab.look.watch) for tab in drawn}
    places = {
        sheet: (bool(found.memo.charts), found.column + BEHIND_CODES)
        for sheet, found in worn.items()
        if sheet in listed
    } | places
    if places:
        sheet = max(places, key=lambda each: places[each][0])
        held = listed.get(sheet)
        number = held.sheet_id if held else new_sheet_id(sheet, listed)
        yield from watch_requests(number, places[sheet][1], needs.watched)


def after_making(needs: Needs, seen: Seen, listed: Mapping[str, GridTab]) -> Seen:
    """What was seen, with the tabs, the room and the marks that are there now."""
    is_marked = not needs.hides_merges
    tabs = {title: replace(tab, is_marked=is_marked) for title, tab in listed.items()}
    sizes = {**seen.sizes, **needs.grown}
    for new in needs.new_tabs:
        rows, columns = sizes[new.sheet] = grid_size(new, needs.longest)
        number = new_sheet_id(new.sheet, listed)
        tabs[new.sheet] = GridTab(
            sheet_id=number, title=new.sheet, rows=rows, columns=columns, is_marked=is_marked
        )
    for tab in (*needs.new_tabs, *needs.looks):
        tabs[tab.sheet] = replace(tabs[tab.sheet], rules=None)
    for sheet, (rows, columns) in sizes.items():
        if sheet in tabs:
            tabs[sheet] = replace(tabs[sheet], rows=rows, columns=columns)
    return replace(seen, sizes=sizes, listed=tabs)


def new_sheet_id(title: str, listed: Mapping[str, GridTab]) -> int:
    """A number for a tab that is to be made, which no other tab has."""
    return number_from(title, {tab.sheet_id for tab in listed.values()})


def _larger(sheet_id: int, size: Size, held: Size) -> Iterator[Json]:
    for dimension, wanted, there in zip(("ROWS", "COLUMNS"), size, held, strict=True):
        if wanted > there:
            length = {"sheetId": sheet_id, "dimension": dimension, "length": wanted - there}
            yield {"appendDimension": length}


def _anchor(write: RowWrite, sheet_id: int) -> Json:
    place = {"dimensionRange": lines(sheet_id, "ROWS", write.row.row, write.row.row)}
    told = {"metadataId": write.number, "metadataKey": ANCHOR_KEY, "location": place}
    return metadata_request(told)
