"""Requests about ranges: merging, sorting, filtering, naming, drop-downs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from sheets_server.areas import Area, Block, grid_block
from sheets_server.call import Edit
from sheets_server.masks import mask_of, merged
from sheets_server.protection import guard_area
from sheets_server.refusals import Json, invalid
from sheets_server.sorting import is_whole, rearrange, sorted_rows
from sheets_server.spreadsheet_json import without_sheet_zero
from sheets_server.state import BLANK, Cell, Sheet

_NAME = re.compile(r"[^\W\d]\w{0,249}")


def _edited(edit: Edit, grid_range: Json) -> tuple[Sheet, Block]:
    looked, block = grid_block(edit.book, grid_range)
    guard_area(edit.book, block.area(looked), edit.account)
    return edit.book.to_edit(looked.number), block


def merge_cells(edit: Edit, asked: Json) -> Json:
    """Merge a range as a whole, by rows or by columns; the first value of each merge is kept."""
    sheet, block = _edited(edit, asked.get("range", {}))
    merges = sheet.parts.setdefault("merges", [])
    for each in _merged_blocks(block, asked.get("mergeType", "MERGE_ALL")):
        area = each.area(sheet)
        inside = [old for old in merges if Area.of_json(old).meets(area)]
        if any(not _within(Area.of_json(old), each) for old in inside):
            raise invalid("You must select all cells in a merged range to merge or unmerge them.")
        merges[:] = [old for old in merges if old not in inside]
        _keep_first(sheet, each)
        if each.height * each.width > 1:
            merges.append({"sheetId": sheet.number, **area.json()})
    return {}


def _merged_blocks(block: Block, kind: str) -> list[Block]:
    if kind == "MERGE_ROWS":
        return [
            Block(row, row + 1, block.left, block.right) for row in range(block.top, block.bottom)
        ]
    if kind == "MERGE_COLUMNS":
        return [
            Block(block.top, block.bottom, each, each + 1)
            for each in range(block.left, block.right)
        ]
    return [block]


def _within(area: Area, block: Block) -> bool:
    rows = block.top <= (area.top or 0) and (area.bottom or 0) <= block.bottom
    return rows and block.left <= (area.left or 0) and (area.right or 0) <= block.right


def _keep_first(sheet: Sheet, block: Block) -> None:
    places = [
        (r, c) for r in range(block.top, block.bottom) for c in range(block.left, block.right)
    ]
    filled = [place for place in places if sheet.cell(*place).has_value]
    kept = sheet.cell(*filled[0]) if filled else BLANK
    for place in filled:
        sheet.put(*place, sheet.cell(*place).holding(None))
    if filled:
        first = sheet.cell(block.top, block.left)
        sheet.put(block.top, block.left, first.holding(kept.value, kept.formula))


def unmerge_cells(edit: Edit, asked: Json) -> Json:
    """Undo every merge in a range."""
    sheet, block = _edited(edit, asked.get("range", {}))
    merges = sheet.parts.get("merges", [])
    inside = [each for each in merges if Area.of_json(each).meets(block.area(sheet))]
    if any(not _within(Area.of_json(each), block) for each in inside):
        raise invalid("You must select all cells in a merged range to merge or unmerge them.")
    merges[:] = [each for each in merges if each not in inside]
    return {}


def sort_range(edit: Edit, asked: Json) -> Json:
    """Sort a range by columns of it."""
    sheet, block = _edited(edit, asked.get("range", {}))
    specs = [
        (each.get("dimensionIndex", 0), each.get("sortOrder", "ASCENDING") != "DESCENDING")
        for each in asked.get("sortSpecs", [])
    ]
    if not specs or not all(block.left <= column < block.right for column, _ in specs):
        raise invalid("A sort specification must name a column within the range.")
    whole = is_whole(sheet, block)
    follows = (
        edit.switches.metadata_follows_api_sort
        if whole
        else edit.switches.metadata_follows_partial_sort
    )
    order = sorted_rows(edit.book, sheet, block, specs)
    rearrange(sheet, block, order, metadata_follows=follows)
    return {}


def set_basic_filter(edit: Edit, asked: Json) -> Json:
    """Put filter buttons on a range; its sort orders are carried out."""
    given = asked.get("filter", {})
    sheet = edit.book.to_edit(given.get("range", {}).get("sheetId", 0))
    _, block = grid_block(edit.book, given.get("range", {}))
    sheet.basic_filter = {**given, "range": {"sheetId": sheet.number, **block.area(sheet).json()}}
    if given.get("sortSpecs"):
        below = Area(sheet.number, block.top + 1, block.bottom, block.left, block.right)
        rows = {"sheetId": sheet.number, **below.json()}
        sort_range(edit, {"range": rows, "sortSpecs": given["sortSpecs"]})
    return {}


def clear_basic_filter(edit: Edit, asked: Json) -> Json:
    """Take the filter buttons away."""
    edit.book.to_edit(asked.get("sheetId", 0)).basic_filter = None
    return {}


def add_named_range(edit: Edit, asked: Json) -> Json:
    """Name a range."""
    named = dict(asked.get("namedRange", {}))
    _check_name(edit, named)
    named.setdefault("namedRangeId", str(edit.drive.next_number()))
    edit.book.sheet(named.get("range", {}).get("sheetId", 0))
    edit.book.named_ranges = [*edit.book.named_ranges, named]
    return {"namedRange": without_sheet_zero(named)}


def _check_name(edit: Edit, named: Json) -> None:
    name = named.get("name", "")
    others = [
        each
        for each in edit.book.named_ranges
        if each.get("namedRangeId") != named.get("namedRangeId")
    ]
    if not _NAME.fullmatch(name):
        raise invalid(f'The name of the named range "{name}" is invalid.')
    if any(each["name"].casefold() == name.casefold() for each in others):
        raise invalid(
            f'A named range with the name "{name}" already exists. Please enter another name.'
        )


def update_named_range(edit: Edit, asked: Json) -> Json:
    """Change a named range."""
    new = asked.get("namedRange", {})
    old = _named(edit, new.get("namedRangeId", ""))
    changed = merged(old, new, mask_of(asked.get("fields", "") or "*"))
    changed["namedRangeId"] = old["namedRangeId"]
    _check_name(edit, changed)
    edit.book.named_ranges = [changed if each is old else each for each in edit.book.named_ranges]
    return {}


def _named(edit: Edit, number: str) -> Json:
    for each in edit.book.named_ranges:
        if each["namedRangeId"] == number:
            return each
    raise invalid(f"Named range with the ID {number} not found.")


def delete_named_range(edit: Edit, asked: Json) -> Json:
    """Forget a name."""
    old = _named(edit, asked.get("namedRangeId", ""))
    edit.book.named_ranges = [each for each in edit.book.named_ranges if each is not old]
    return {}


def set_data_validation(edit: Edit, asked: Json) -> Json:
    """Put a drop-down or another rule on every cell of a range, or take it away."""
    sheet, block = _edited(edit, asked.get("range", {}))
    rule = asked.get("rule")
    for row in range(block.top, block.bottom):
        line = sheet.rows[row]
        cells = {
            column: _validated(line.at(column), rule) for column in range(block.left, block.right)
        }
        sheet.rows[row] = line.holding(cells)
    return {}


def _validated(cell: Cell, rule: Json | None) -> Cell:
    more = {name: each for name, each in cell.more.items() if name != "dataValidation"}
    return replace(cell, more={**more, "dataValidation": rule} if rule else more)


REQUESTS: Mapping[str, Callable[[Edit, Json], Json]] = {
    "mergeCells": merge_cells,
    "unmergeCells": unmerge_cells,
    "sortRange": sort_range,
    "setBasicFilter": set_basic_filter,
    "clearBasicFilter": clear_basic_filter,
    "addNamedRange": add_named_range,
    "updateNamedRange": update_named_range,
    "deleteNamedRange": delete_named_range,
    "setDataValidation": set_data_validation,
}
