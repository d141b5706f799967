"""Requests about what lies on a sheet: bandings, filter views, charts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from sheets_server import colours
from sheets_server.areas import grid_block
from sheets_server.call import Edit
from sheets_server.masks import mask_of, merged
from sheets_server.refusals import Json, invalid
from sheets_server.spreadsheet_json import without_sheet_zero
from sheets_server.state import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of thing: how a request names it, under which name a sheet holds it, and its ID's name."""

    word: str
    part: str
    number: str


BANDING = Kind(word="bandedRange", part="bandedRanges", number="bandedRangeId")
FILTER_VIEW = Kind(word="filter", part="filterViews", number="filterViewId")
CHART = Kind(word="chart", part="charts", number="chartId")


def _add(kind: Kind, edit: Edit, asked: Json) -> Json:
    given = colours.kept(asked.get(kind.word, {}))
    sheet = edit.book.to_edit(_sheet_number(edit, kind, given))
    added = {**given, kind.number: given.get(kind.number) or edit.drive.next_number()}
    if kind.word == "filter":
        added.setdefault("title", f"Filter {len(sheet.parts.get(kind.part, ())) + 1}")
    sheet.parts.setdefault(kind.part, []).append(added)
    return {kind.word: without_sheet_zero(added)}


def _sheet_number(edit: Edit, kind: Kind, given: Json) -> int:
    if kind is not CHART:
        sheet, _ = grid_block(edit.book, given.get("range", {}))
        return sheet.number
    if "spec" not in given:
        raise invalid("A chart must have a spec.")
    position = given.get("position", {})
    if "overlayPosition" not in position:
        raise invalid("A chart must be placed over a sheet: others are not known here.")
    number: int = position["overlayPosition"].get("anchorCell", {}).get("sheetId", 0)
    return number


def _all(edit: Edit, kind: Kind) -> Iterator[tuple[Sheet, int, Json]]:
    for sheet in edit.book.sheets:
        for index, each in enumerate(sheet.parts.get(kind.part, ())):
            yield sheet, index, each


def _found(edit: Edit, kind: Kind, number: int) -> tuple[Sheet, int]:
    for sheet, index, each in _all(edit, kind):
        if each[kind.number] == number:
            return edit.book.to_edit(sheet.number), index
    raise invalid(f"No {kind.word} with id: {number}")


def _update(kind: Kind, edit: Edit, asked: Json) -> Json:
    new = colours.kept(asked.get(kind.word, {}))
    sheet, index = _found(edit, kind, new.get(kind.number, 0))
    old = sheet.parts[kind.part][index]
    mask = colours.paired(mask_of(asked.get("fields", "") or "*"))
    changed = merged(old, new, mask)
    sheet.parts[kind.part][index] = {**changed, kind.number: old[kind.number]}
    return {}


def _delete(kind: Kind, name: str, edit: Edit, asked: Json) -> Json:
    sheet, index = _found(edit, kind, asked.get(name, 0))
    del sheet.parts[kind.part][index]
    return {}


def update_chart_spec(edit: Edit, asked: Json) -> Json:
    """Draw a chart anew."""
    sheet, index = _found(edit, CHART, asked.get("chartId", 0))
    chart = sheet.parts["charts"][index]
    sheet.parts["charts"][index] = {**chart, "spec": colours.kept(asked.get("spec", {}))}
    return {}


def update_embedded_object_position(edit: Edit, asked: Json) -> Json:
    """Move a chart on its sheet."""
    sheet, index = _found(edit, CHART, asked.get("objectId", 0))
    chart = sheet.parts["charts"][index]
    mask = mask_of(asked.get("fields", "") or "*")
    place = merged(
        chart["position"].get("overlayPosition", {}),
        asked.get("newPosition", {}).get("overlayPosition", {}),
        mask,
    )
    sheet.parts["charts"][index] = {**chart, "position": {"overlayPosition": place}}
    return {"position": without_sheet_zero({"overlayPosition": place})}


REQUESTS: Mapping[str, Callable[[Edit, Json], Json]] = {
    "addBanding": partial(_add, BANDING),
    "updateBanding": partial(_update, BANDING),
    "deleteBanding": partial(_delete, BANDING, "bandedRangeId"),
    "addFilterView": partial(_add, FILTER_VIEW),
    "updateFilterView": partial(_update, FILTER_VIEW),
    "deleteFilterView": partial(_delete, FILTER_VIEW, "filterId"),
    "addChart": partial(_add, CHART),
    "updateChartSpec": update_chart_spec,
    "updateEmbeddedObjectPosition": update_embedded_object_position,
    "deleteEmbeddedObject": partial(_delete, CHART, "objectId"),
}
