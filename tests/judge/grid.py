"""The cells of a sheet's XML by their places, and what is out of order among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from judge.book import place_of
from judge.trees import Node

SHEET_ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr"),
    *("sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState"),
    *("dataConsolidate", "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting"),
    *("dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter"),
    *("rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags"),
    *("drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects"),
    *("controls", "webPublishItems", "tableParts", "extLst"),
)
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
BOOK_ORDER = (
    *("fileVersion", "fileSharing", "workbookPr", "workbookProtection", "bookViews", "sheets"),
    *("functionGroups", "externalReferences", "definedNames", "calcPr", "oleSize"),
    *("customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing"),
    *("fileRecoveryPr", "webPublishObjects", "extLst"),
)
STYLE_ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"),
    *("tableStyles", "colors", "extLst"),
)


@dataclass(slots=True)
class Grid:
    """Rows by number, without their cells; cells by row and column; and what is wrong with their order."""

    rows: dict[int, Node] = field(default_factory=dict)
    cells: dict[tuple[int, int], Node] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def grid_of(sheet: Node) -> Grid:
    """The grid of a sheet; a row or cell without an address stands behind the one before it."""
    grid = Grid()
    data = sheet.one("sheetData")
    number = 0
    for node in data.all("row") if data else ():
        before, number = number, int(node.get("r") or number + 1)
        if number <= before:
            grid.faults.append(f"row {number} stands behind row {before}")
        rest = [child for child in node.children if child.local != "c"]
        grid.rows[number] = Node(node.name, node.without("spans").attributes, rest)
        _take_cells(grid, number, node)
    _compare_prefixes(grid, data)
    return grid


def _take_cells(grid: Grid, number: int, row: Node) -> None:
    column, spans = 0, row.get("spans")
    for cell in row.all("c"):
        address = cell.get("r")
        place = place_of(address) if address else (number, column + 1)
        if place[0] != number:
            grid.faults.append(f"the cell {address} stands in row {number}")
        if place[1] <= column or place in grid.cells:
            grid.faults.append(f"the cell {address} stands behind column {column}")
        if place[0] > LAST_ROW or place[1] > LAST_COLUMN:
            grid.faults.append(f"the cell {address} lies beyond the end of a sheet")
        column = place[1]
        grid.cells[place] = cell
        if spans and not _is_spanned(column, spans):
            grid.faults.append(f"the cell {address} lies outside the spans {spans} of its row")


def _is_spanned(column: int, spans: str) -> bool:
    ends = (span.split(":") for span in spans.split())
    return any(int(first) <= column <= int(last) for first, last in ends)


def _compare_prefixes(grid: Grid, data: Node | None) -> None:
    """All rows and cells bear the prefix of the element that they stand in."""
    for parent in data.walk() if data else ():
        for child in parent.children:
            is_known = child.local in {"row", "c", "v", "f", "is", "t"}
            if is_known and (_prefix(child) != _prefix(parent) or "xmlns" in child.attributes):
                grid.faults.append(f"{child} is of another namespace than {parent}")


def _prefix(node: Node) -> str:
    return node.name.rpartition(":")[0]


def out_of_order(node: Node, order: Sequence[str]) -> Iterator[str]:
    """Children that stand where the schema does not want them; unknown ones are passed over."""
    known = [child for child in node.children if child.local in order]
    for one, other in pairwise(known):
        if order.index(one.local) > order.index(other.local):
            yield f"<{other.name}> stands behind <{one.name}>"
        if one.local == other.local != "conditionalFormatting":
            yield f"<{one.name}> stands there twice"
