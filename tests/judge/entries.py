"""Whether the lists of a package only gained entries: the workbook, its relations, the content types, calcChain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from posixpath import dirname

from judge.book import TYPES, Book, links_of, path_of, place_of
from judge.grid import BOOK_ORDER, grid_of, out_of_order
from judge.trees import Node

OWN_PIECES = {"sheets", "definedNames", "calcPr"}


def book_losses(before: Book, after: Book, tabs: Collection[str]) -> Iterator[str]:
    """What changed in the workbook part beyond new tabs, their names, and the wish to be calculated anew."""
    old, new = before.tree(before.main), after.tree(after.main)
    if old.without() != new.without() or _others(old) != _others(new):
        yield "workbook: something else than sheets, names and calculation changed"
    yield from (f"workbook: {said}" for said in out_of_order(new, BOOK_ORDER))
    yield from _sheets(before, after, tabs)
    yield from _names(old, new, [sheet.name in tabs for sheet in after.sheets])
    yield from _calculation(old, new)


def _others(book: Node) -> list[Node]:
    return [node for node in book.children if node.local not in OWN_PIECES]


def _sheets(before: Book, after: Book, tabs: Collection[str]) -> Iterator[str]:
    old, new = (book.tree(book.main).one("sheets") or Node("") for book in (before, after))
    if new.children[: len(old.children)] != old.children:
        yield "workbook: a sheet is no longer what and where it was"
    names = [sheet.name for sheet in after.sheets]
    for name in names[len(old.children) :]:
        if name not in tabs:
            yield f"workbook: the new sheet {name} is none of the computed tabs"
    for what, values in (
        ("name", [name.casefold() for name in names]),
        ("number", [sheet.number for sheet in after.sheets]),
        ("part", [sheet.part for sheet in after.sheets]),
    ):
        if len(set(values)) < len(values):
            yield f"workbook: two sheets have the same {what}"


def _names(old: Node, new: Node, is_own: list[bool]) -> Iterator[str]:
    had, has = (_defined(book) for book in (old, new))
    kept = [node for node in has if node in had]
    lost = [node for node in had if node not in has and not _is_of_own(node, is_own)]
    if lost or kept != [node for node in had if node in has]:
        yield f"workbook: names changed or moved: {[str(node) for node in lost]}"
    for node in has:
        if node not in had and not _is_of_own(node, is_own):
            yield f"workbook: a name that is not for a computed tab: {node}"
    keys = Counter(((node.get("name") or "").casefold(), node.get("localSheetId")) for node in has)
    yield from (f"workbook: the name {key} stands there twice" for key, n in keys.items() if n > 1)


def _defined(book: Node) -> list[Node]:
    names = book.one("definedNames")
    return names.all("definedName") if names else []


def _is_of_own(node: Node, is_own: list[bool]) -> bool:
    place = node.get("localSheetId")
    return place is not None and int(place) < len(is_own) and is_own[int(place)]


def _calculation(old: Node, new: Node) -> Iterator[str]:
    had, has = old.one("calcPr"), new.one("calcPr")
    if has is None or has.get("fullCalcOnLoad") not in {"1", "true"}:
        yield "workbook: nothing asks for a full calculation"
        return
    kept = had.without("fullCalcOnLoad").attributes if had else {}
    now = has.without("fullCalcOnLoad").attributes
    if {name: now.get(name) for name in kept} != kept or (had and now.keys() - kept.keys()):
        yield f"workbook: {had} became {has}"


def listing_losses(part: str, before: Book, after: Book, may_go: Collection[str]) -> Iterator[str]:
    """Relations or content types that are gone, moved or doubled; entries of parts that may go do as they like."""
    old, new = before.tree(part), after.tree(part)
    folder = dirname(dirname(part))
    kept = [node for node in old.children if _points_at(node, folder) not in may_go]
    if [node for node in new.children if node in kept] != kept:
        yield f"{part}: an entry changed or is gone"
    if old.without() != new.without():
        yield f"{part}: {old} became {new}"
    for key in ("Id", "PartName", "Extension"):
        values = Counter(node.get(key) for node in new.children if node.get(key))
        had = Counter(node.get(key) for node in old.children if node.get(key))
        yield from (
            f"{part}: {value} twice" for value, n in values.items() if n > max(1, had[value])
        )


def _points_at(node: Node, folder: str) -> str:
    target = node.get("PartName") or node.get("Target") or ""
    return path_of(target) if target.startswith("/") else path_of(f"{folder}/{target}")


def dangling(book: Book) -> set[str]:
    """What names a part that is not there, and parts that have no content type, or not that of a sheet."""
    types = book.tree(TYPES)
    typed = {path_of(node.get("PartName") or ""): node for node in types.all("Override")}
    endings = {(node.get("Extension") or "").lower(): node for node in types.all("Default")}
    found = {
        f"{links_of(part)}: {link.id} points at {link.target}, which is not there"
        for part in ("", *book.parts)
        for link in book.links(part)
        if link.target is not None and link.target not in book.parts
    }
    found |= {f"{part} has a content type, and is not there" for part in typed.keys() - book.parts}
    for part in book.parts.keys() - {TYPES}:
        kind = typed.get(part) or endings.get(part.rpartition(".")[2])
        is_sheet = any(sheet.part == part for sheet in book.sheets)
        if kind is None and not part.endswith("/"):
            found.add(f"{part} has no content type")
        elif kind and is_sheet and "sheet" not in (kind.get("ContentType") or "").split("ml.")[-1]:
            found.add(f"{part} is not typed as a sheet")
    return found


def chain_losses(part: str, before: Book, after: Book, looked_at: Collection[str]) -> Iterator[str]:
    """Entries of calcChain for cells of these sheets that hold no formula, and entries of others that changed."""
    numbers = {sheet.number: sheet.name for sheet in after.sheets}
    had, has = (
        list(_chain(book.tree(part))) if part in book.parts else [] for book in (before, after)
    )
    formulas = {
        (sheet.number, place)
        for sheet in after.sheets
        if sheet.name in looked_at
        for place, cell in grid_of(after.tree(sheet.part)).cells.items()
        if cell.one("f")
    }
    for number, place in has:
        if numbers.get(number) in looked_at and (number, place) not in formulas:
            yield f"calcChain: {numbers[number]} {place} holds no formula"
    lost = [
        entry
        for entry in had
        if entry not in has and (entry in formulas or numbers.get(entry[0]) not in looked_at)
    ]
    if lost or [entry for entry in has if entry not in had]:
        yield f"calcChain: entries lost or new: {lost[:3]}"


def _chain(tree: Node) -> Iterator[tuple[str, tuple[int, int]]]:
    number = ""
    for node in tree.all("c"):
        number = node.get("i") or number
        yield number, place_of(node.get("r") or "A1")
