"""Whether the parts that were written are sound: the computed tabs, and tables with their headers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from xml.etree import ElementTree as ET

from judge.book import Book, area_of
from judge.grid import Grid, grid_of
from judge.sheets import sheet_faults
from judge.styles import count_of
from judge.trees import Node

RELATIONS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
MOST_LETTERS = 32_767


def tab_faults(sheet: Node, styles: Node) -> Iterator[str]:
    """What a strict reader would object to in a sheet of our own."""
    grid = grid_of(sheet)
    yield from sheet_faults(sheet, grid)
    looks, colours = count_of(styles, "cellXfs"), count_of(styles, "dxfs")
    for place, cell in grid.cells.items():
        if cell.one("f"):
            yield f"{place}: a formula in a computed tab"
        if int(cell.get("s") or 0) >= max(looks, 1):
            yield f"{place}: no such style as {cell.get('s')}"
    for node in sheet.walk():
        if node.local == "cfRule" and int(node.get("dxfId") or 0) >= max(colours, 1):
            yield f"no such format as {node}"
        if node.local == "sheetView" and node.get("tabSelected") in {"1", "true"}:
            yield "the tab is selected beside the team's own: typing would go into both"
    yield from _merges(sheet)


def _merges(sheet: Node) -> Iterator[str]:
    merged = sheet.one("mergeCells")
    taken: set[tuple[int, int]] = set()
    for node in merged.children if merged else ():
        first_row, first_column, last_row, last_column = area_of(node.attributes["ref"])
        cells = {
            (row, column)
            for row in range(first_row, last_row + 1)
            for column in range(first_column, last_column + 1)
        }
        if taken & cells:
            yield f"{node} overlaps another"
        taken |= cells


def unresolved(book: Book) -> set[str]:
    """Ids of relations, in sheets and drawings, that their part does not list."""
    found = set()
    for part in book.parts:
        if not part.endswith(".xml") or not part.startswith(("xl/worksheets/", "xl/drawings/")):
            continue
        if b"/relationships" not in (content := book.parts[part].content):
            continue
        known = {link.id for link in book.links(part)}
        try:
            used = _used_ids(content)
        except ET.ParseError:
            continue
        found |= {f"{part}: {number} is no relation of it" for number in used - known}
    return found


def _used_ids(content: bytes) -> set[str]:
    return {
        value
        for node in ET.fromstring(content).iter()  # noqa: S314 - the guard has seen the file
        for name, value in node.attrib.items()
        if name.startswith(RELATIONS) and value
    }


def tables_of(book: Book, sheets: Collection[str]) -> list[str]:
    """The parts of the tables on these sheets."""
    return [
        link.target
        for sheet in book.sheets
        if sheet.name in sheets
        for link in book.links(sheet.part)
        if link.kind == "table" and link.target in book.parts
    ]


def table_losses(before: Node, after: Node) -> Iterator[str]:
    """What differs beyond columns that were added at the right end."""
    if before.without("ref") != after.without("ref"):
        yield f"{before} became {after}"
    old, new = area_of(before.attributes["ref"]), area_of(after.attributes["ref"])
    if (old[0], old[1], old[2]) != (new[0], new[1], new[2]) or new[3] < old[3]:
        yield f"the table moved from {before.get('ref')} to {after.get('ref')}"
    for one, other in zip(before.children, after.children, strict=False):
        is_list = one.local == "tableColumns" and one.without("count") == other.without("count")
        if is_list and other.children[: len(one.children)] == one.children:
            continue
        is_filter = one.local == "autoFilter" and one.without("ref") == other.without("ref")
        if one != other and not (is_filter and one.children == other.children):
            yield f"{one} became {other}"
    if len(before.children) != len(after.children):
        yield "pieces of the table came or went"


def table_faults(book: Book, sheets: Collection[str]) -> Iterator[str]:
    """Tables whose headers are not those of their cells, whose columns are miscounted, or which share a name."""
    tables = tables_of(book, [sheet.name for sheet in book.sheets])
    for key in ("id", "displayName"):
        names = Counter((book.tree(part).get(key) or "").casefold() for part in tables)
        yield from (f"two tables have the {key} {name}" for name, n in names.items() if n > 1)
    for sheet in book.sheets:
        if sheet.name not in sheets or sheet.part not in book.parts:
            continue
        grid = grid_of(book.tree(sheet.part))
        areas = []
        for part in tables_of(book, [sheet.name]):
            yield from (f"{part}: {said}" for said in _headers(book, part, grid))
            areas.append(area_of(book.tree(part).attributes["ref"]))
        yield from _overlaps(sheet.name, areas)


def _overlaps(sheet: str, areas: list[tuple[int, int, int, int]]) -> Iterator[str]:
    for index, one in enumerate(areas):
        for other in areas[index + 1 :]:
            apart = one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
            if not apart:
                yield f"{sheet}: two tables overlap"


def _headers(book: Book, part: str, grid: Grid) -> Iterator[str]:
    table = book.tree(part)
    listed = table.one("tableColumns")
    names = [node.get("name") or "" for node in (listed.all("tableColumn") if listed else [])]
    ids = [node.get("id") for node in (listed.all("tableColumn") if listed else [])]
    row, first, _, last = area_of(table.attributes["ref"])
    if len(names) != last - first + 1 or len(set(ids)) < len(ids):
        yield f"{len(names)} columns for {table.get('ref')}"
    if len({name.casefold() for name in names}) < len(names):
        yield "two columns have one name"
    if table.get("headerRowCount") == "0":
        return
    for column, name in enumerate(names, start=first):
        text = cell_text(book, grid.cells.get((row, column)))
        if _spelt(text) != _spelt(name):
            yield f"the header {text!r} is called {name!r}"


def _spelt(text: str) -> str:
    """Line breaks stand escaped in a table's part, and bare in a cell."""
    return text.replace("_x000a_", "\n").replace("_x000A_", "\n").replace("\r", "")


def cell_text(book: Book, cell: Node | None) -> str:
    """The text of a cell, shared, inline or plain."""
    if cell is None:
        return ""
    if cell.get("t") == "inlineStr":
        return _pieces(cell.one("is"))
    value = cell.one("v")
    text = value.text if value else ""
    if cell.get("t") != "s":
        return text
    part = book.target(book.main, "sharedStrings")
    return _pieces(book.tree(part).all("si")[int(text)]) if part else ""


def _pieces(node: Node | None) -> str:
    if node is None:
        return ""
    whole, runs = node.one("t"), node.all("r")
    parts = [run.one("t") for run in runs] if runs else [whole]
    return "".join(part.text for part in parts if part)
