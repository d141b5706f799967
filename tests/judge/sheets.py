"""Whether a team's sheet is the same but for the cells that may change."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import pairwise

from judge.book import area_of, place_of
from judge.grid import SHEET_ORDER, Grid, grid_of, out_of_order
from judge.trees import Node

Place = tuple[int, int]
SameLook = Callable[[int, int], bool]
PIECES = {"dimension", "cols", "sheetData", "conditionalFormatting"}
KINDS = {None, "b", "d", "e", "inlineStr", "n", "s", "str"}
MOST_LETTERS = 32_767
NEW_ROW = {"r", "spans"}


def sheet_losses(
    before: Node, after: Node, owned: Collection[Place], same_look: SameLook
) -> Iterator[str]:
    """What differs outside the owned cells, and what is wrong with those.

    `same_look` tells whether a cell that had the first style may have the second now.
    """
    old, new = grid_of(before), grid_of(after)
    yield from sheet_faults(after, new, known=_faults(before, old))
    yield from _other_elements(before, after)
    yield from _rows(old, new, owned)
    yield from _cells(old, new, owned)
    yield from _columns(before, after, {column for _, column in owned})
    yield from _dimension(before, after, old, new)
    yield from _rules(before, after, {column for _, column in owned})
    for place in new.cells.keys() & set(owned):
        yield from _written(place, new.cells[place])
        look = _look(before, old, place)
        if look and not same_look(look, int(new.cells[place].get("s") or 0)):
            yield f"{place}: the look of style {look} is gone"


def sheet_faults(sheet: Node, grid: Grid, known: Collection[str] = ()) -> Iterator[str]:
    """What a strict reader would object to, but for what is known already."""
    yield from (fault for fault in _faults(sheet, grid) if fault not in known)


def _faults(sheet: Node, grid: Grid) -> list[str]:
    return [*grid.faults, *out_of_order(sheet, SHEET_ORDER), *_column_faults(sheet)]


def _other_elements(before: Node, after: Node) -> Iterator[str]:
    if before.without() != after.without():
        yield f"{before} became {after}"
    old = [node for node in before.children if node.local not in PIECES]
    new = [node for node in after.children if node.local not in PIECES]
    if old != new:
        lost = [str(node) for node in old if node not in new]
        added = [str(node) for node in new if node not in old]
        yield f"elements outside the cells differ: lost {lost}, added {added}"


def _rows(old: Grid, new: Grid, owned: Collection[Place]) -> Iterator[str]:
    for number, row in old.rows.items():
        if new.rows.get(number) != row:
            yield f"row {number}: {row} became {new.rows.get(number)}"
    numbers = {row for row, _ in owned}
    for number in new.rows.keys() - old.rows.keys():
        if number not in numbers or new.rows[number].attributes.keys() - NEW_ROW:
            yield f"row {number} is new: {new.rows[number]}"


def _cells(old: Grid, new: Grid, owned: Collection[Place]) -> Iterator[str]:
    for place in old.cells.keys() | new.cells.keys():
        if place not in owned and old.cells.get(place) != new.cells.get(place):
            yield f"{place}: {old.cells.get(place)} became {new.cells.get(place)}"


def _written(place: Place, cell: Node) -> Iterator[str]:
    if cell.one("f") or cell.get("cm") or cell.get("vm"):
        yield f"{place}: a formula was written"
    if cell.get("t") not in KINDS:
        yield f"{place}: unknown kind {cell.get('t')}"
    if any(len(node.text) > MOST_LETTERS * 7 for node in cell.walk()):
        yield f"{place}: a text that no cell can hold"


def _look(sheet: Node, grid: Grid, place: Place) -> int:
    """The style that the team gave the cell, its row or its column; 0 for none."""
    if place in grid.cells:
        return int(grid.cells[place].get("s") or 0)
    row = grid.rows.get(place[0])
    if row and row.get("customFormat") in {"1", "true"}:
        return int(row.get("s") or 0)
    return int(_column_at(sheet, place[1]).get("style") or 0)


def _columns(before: Node, after: Node, owned: Collection[int]) -> Iterator[str]:
    """Columns outside keep all; owned ones that the team had set up keep that too."""
    edges = {edge for sheet in (before, after) for edge in _edges(sheet)} | set(owned)
    for column in sorted(edges):
        old, new = _column_at(before, column), _column_at(after, column)
        if old != new and (old or column not in owned):
            yield f"column {column}: {old} became {new}"


def _edges(sheet: Node) -> Iterator[int]:
    cols = sheet.one("cols")
    for node in cols.children if cols else ():
        yield from (int(node.attributes["min"]), int(node.attributes["max"]) + 1)


def _column_at(sheet: Node, column: int) -> dict[str, str]:
    cols = sheet.one("cols")
    for node in cols.children if cols else ():
        if int(node.attributes["min"]) <= column <= int(node.attributes["max"]):
            return node.without("min", "max").attributes
    return {}


def _column_faults(sheet: Node) -> Iterator[str]:
    cols = sheet.one("cols")
    ends = [
        (int(node.attributes["min"]), int(node.attributes["max"]))
        for node in (cols.children if cols else [])
    ]
    if cols and not cols.children:
        yield "<cols> is empty"
    for one, other in pairwise(ends):
        if other[0] <= one[1] or other[0] > other[1]:
            yield f"columns {one} and {other} overlap"


def _dimension(before: Node, after: Node, old: Grid, new: Grid) -> Iterator[str]:
    """The dimension grows with the cells; one that was wrong before may stay so."""
    had, has = before.one("dimension"), after.one("dimension")
    if had is None or has is None:
        if had is not has:
            yield f"the dimension {had} became {has}"
        return
    corners = [place_of(corner) for corner in had.attributes["ref"].split(":")]
    if any(_is_outside(place, has) for place in corners):
        yield f"the dimension shrank from {had} to {has}"
    if any(_is_outside(place, had) for place in old.cells):
        return
    for place in new.cells:
        if _is_outside(place, has):
            yield f"{place} lies outside the dimension {has}"


def _is_outside(place: Place, dimension: Node) -> bool:
    first_row, first_column, last_row, last_column = area_of(dimension.attributes["ref"])
    return not (first_row <= place[0] <= last_row and first_column <= place[1] <= last_column)


def _rules(before: Node, after: Node, owned: Collection[int]) -> Iterator[str]:
    """All former conditional formats in their order; new ones in owned columns, behind, and once."""
    old, new = (sheet.all("conditionalFormatting") for sheet in (before, after))
    added = [node for node in new if node not in old]
    if [node for node in new if node not in added] != old:
        yield "a conditional format changed or is gone"
    for block in added:
        areas = map(area_of, (block.get("sqref") or "").split())
        if not all(set(range(area[1], area[3] + 1)) <= set(owned) for area in areas):
            yield f"a conditional format reaches beyond the owned columns: {block}"
    yield from _priorities(old, added)
    bare = [(block.get("sqref"), _bare(rule)) for block in new for rule in block.all("cfRule")]
    if any(bare.count(each) > 1 for block in added for each in _pairs(block)):
        yield "a conditional format was added twice"


def _pairs(block: Node) -> list[tuple[str | None, Node]]:
    return [(block.get("sqref"), _bare(rule)) for rule in block.all("cfRule")]


def _bare(rule: Node) -> Node:
    return Node(rule.name, rule.without("priority").attributes, rule.children, rule.text)


def _priorities(old: list[Node], added: list[Node]) -> Iterator[str]:
    taken = [int(rule.get("priority") or 0) for block in old for rule in block.all("cfRule")]
    fresh = [int(rule.get("priority") or 0) for block in added for rule in block.all("cfRule")]
    if len(set(fresh)) < len(fresh) or (fresh and min(fresh) <= max(taken, default=0)):
        yield f"the new conditional formats have the priorities {fresh} beside {sorted(taken)}"
