"""The judge of what writing leaves alone: two packages, and every difference that was not ours to make.

It reads zip archives and XML by itself and shares no code with what writes them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from judge.archive import BrokenArchiveError
from judge.book import TYPES, Book, book_of, links_of
from judge.entries import book_losses, chain_losses, dangling, listing_losses
from judge.own_tabs import tab_faults, table_faults, table_losses, tables_of, unresolved
from judge.sheets import Place, sheet_losses
from judge.styles import looks_kept, style_losses
from judge.trees import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """What may change: cells by the name of their sheet, and whole tabs by name."""

    cells: Mapping[str, Collection[Place]] = field(default_factory=dict)
    tabs: Collection[str] = ()


def losses(before: bytes, after: bytes, owned: Owned) -> list[str]:
    """Every difference that goes beyond what is owned, each as a sentence; none for the same bytes."""
    if before == after:
        return []
    try:
        old, new = book_of(before), book_of(after)
        return list(_losses(old, new, owned))
    except (BrokenArchiveError, ValueError, KeyError) as error:
        return [f"cannot be read: {error!r}"]


def _losses(old: Book, new: Book, owned: Owned) -> Iterator[str]:
    may_go = _own_parts(old, owned)
    yield from _members(old, new, may_go)
    changed = {
        part
        for part, member in old.parts.items()
        if part in new.parts and new.parts[part] != member and part not in may_go
    }
    for part in sorted(changed):
        yield from (f"{part}: {said}" for said in _changed(part, old, new, owned, may_go))
    yield from _added(old, new, owned)
    yield from sorted(dangling(new) - dangling(old))
    yield from (f"{said}" for said in unresolved(new) - unresolved(old))
    yield from book_losses(old, new, owned.tabs)
    yield from _tables(old, new, owned)


def _own_parts(book: Book, owned: Owned) -> set[str]:
    """The parts that only computed tabs need."""
    own = [sheet.part for sheet in book.sheets if sheet.name in owned.tabs]
    others = [sheet.part for sheet in book.sheets if sheet.name not in owned.tabs]
    shared = {
        link.target for link in book.links(book.main) if link.target and link.target not in own
    }
    return book.reach(own) - book.reach([*others, *shared]) if own else set()


def _members(old: Book, new: Book, may_go: Collection[str]) -> Iterator[str]:
    """The members in their order, the untouched ones bit by bit."""
    had, has = ([member.name for member in book.archive.members] for book in (old, new))
    if len(set(has)) < len(has) or len(new.parts) < len(has) - (len(had) - len(old.parts)):
        yield "archive: two members have one name"
    gone = [part for part in old.parts if part not in new.parts and part not in may_go]
    yield from (f"{part}: the member is gone" for part in gone)
    kept = [name for name in had if name in has]
    if has[: len(kept)] != kept:
        yield "archive: the members are no longer in their order"
    if old.archive.comment != new.archive.comment:
        yield "archive: its comment changed"
    for member in new.archive.members:
        _ = member.content  # complains where it is not what the directory says


def _changed(
    part: str, old: Book, new: Book, owned: Owned, may_go: Collection[str]
) -> Iterator[str]:
    """What is wrong with a part that is no longer the same."""
    if old.parts[part].name != new.parts[part].name:
        yield "the name is spelt otherwise"
    if old.parts[part].attributes != new.parts[part].attributes:
        yield "the member's attributes changed"
    edited = {old.part_of(sheet): sheet for sheet in owned.cells}
    if part in edited:
        cells = frozenset(owned.cells[edited[part]])
        yield from sheet_losses(old.tree(part), new.tree(part), cells, looks_kept(_styles(new)))
    elif part in {TYPES, links_of(old.main)}:
        yield from listing_losses(part, old, new, may_go)
    else:
        yield from _changed_list(part, old, new, owned)


def _changed_list(part: str, old: Book, new: Book, owned: Owned) -> Iterator[str]:
    kind = next((link.kind for link in old.links(old.main) if link.target == part), "")
    if kind == "styles":
        yield from style_losses(old.tree(part), new.tree(part))
    elif kind == "calcChain":
        yield from chain_losses(part, old, new, {*owned.cells, *owned.tabs})
    elif kind == "sharedStrings":
        yield from _appended(old.tree(part), new.tree(part))
    elif part not in {old.main, *tables_of(old, owned.cells)}:
        yield "changed, and is not ours"


def _styles(book: Book) -> Node:
    part = book.target(book.main, "styles")
    return book.tree(part) if part and part in book.parts else Node("styleSheet")


def _appended(before: Node, after: Node) -> Iterator[str]:
    if after.children[: len(before.children)] != before.children:
        yield "a shared string is no longer what and where it was"


def _added(old: Book, new: Book, owned: Owned) -> Iterator[str]:
    """New parts belong to computed tabs; those are sound."""
    added = {part for part in new.parts if part not in old.parts}
    wanted = new.reach(sheet.part for sheet in new.sheets if sheet.name in owned.tabs)
    wanted |= {new.target(new.main, "styles") or "", links_of(new.main)}
    yield from (f"{part}: new, and no computed tab needs it" for part in sorted(added - wanted))
    styles = _styles(new)
    for sheet in new.sheets:
        same = sheet.part in old.parts and old.parts[sheet.part] == new.parts.get(sheet.part)
        if sheet.name in owned.tabs and not same and sheet.part in new.parts:
            yield from (
                f"{sheet.name}: {said}" for said in tab_faults(new.tree(sheet.part), styles)
            )


def _tables(old: Book, new: Book, owned: Owned) -> Iterator[str]:
    """Tables beside owned cells only grew, and their headers are what stands in the cells."""
    for part in tables_of(new, owned.cells):
        if part in old.parts and old.parts[part] != new.parts[part]:
            yield from (f"{part}: {said}" for said in table_losses(old.tree(part), new.tree(part)))
    yield from sorted(
        set(table_faults(new, {*owned.cells, *owned.tabs}))
        - set(table_faults(old, {*owned.cells, *owned.tabs}))
    )
