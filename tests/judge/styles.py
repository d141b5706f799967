"""Whether styles.xml only grew: every former entry at its old place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from judge.grid import STYLE_ORDER, out_of_order
from judge.trees import Node

LISTS = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"),
)
POINTERS = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}
OWN_FORMATS = 164
CHANGEABLE = ("numFmtId", "applyNumberFormat", "quotePrefix")
DAYS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
DAY_LETTER = re.compile(r"[dmyhs]", re.IGNORECASE)
OWN_DAY = re.compile(r"\[\$-[^\]]+\]ddd d mmm(?: yyyy)?")
QUOTED = re.compile(r'"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|_.|\*.', re.IGNORECASE)


def style_losses(before: Node, after: Node) -> Iterator[str]:
    """What was lost, moved or changed, and new entries that point nowhere."""
    if before.without() != after.without():
        yield f"{before} became {after}"
    yield from (f"{said}" for said in out_of_order(after, STYLE_ORDER))
    others = [
        [node for node in tree.children if node.local not in LISTS] for tree in (before, after)
    ]
    if others[0] != others[1]:
        yield "styles: what is no list of styles changed"
    for name in LISTS:
        yield from _grown(name, before.one(name), after.one(name))
    yield from _pointing_nowhere(before, after)


def _grown(name: str, before: Node | None, after: Node | None) -> Iterator[str]:
    if before is None or after is None:
        if before is not None:
            yield f"{name} is gone"
        return
    for index, node in enumerate(before.children):
        if index >= len(after.children) or after.children[index] != node:
            yield f"{name}[{index}] is no longer what it was"
            return
    if before.without("count") != after.without("count"):
        yield f"{name}: its own attributes changed"
    count = after.get("count")
    if before != after and count is not None and int(count) != len(after.children):
        yield f"{name}: counts {count}, holds {len(after.children)}"


def _pointing_nowhere(before: Node, after: Node) -> Iterator[str]:
    codes = [node.get("numFmtId") for node in _entries(after, "numFmts")]
    if len(set(codes)) < len(codes) and codes != [
        node.get("numFmtId") for node in _entries(before, "numFmts")
    ]:
        yield "numFmts: an id was given twice"
    known = len(_entries(before, "cellXfs"))
    for index, node in enumerate(_entries(after, "cellXfs")[known:], start=known):
        for pointer, name in POINTERS.items():
            if int(node.get(pointer) or 0) >= max(1, len(_entries(after, name))):
                yield f"cellXfs[{index}]: {pointer} points nowhere"
        number = node.get("numFmtId") or "0"
        if int(number) >= OWN_FORMATS and number not in codes:
            yield f"cellXfs[{index}]: its number format is not there"


def _entries(styles: Node, name: str) -> list[Node]:
    found = styles.one(name)
    return [node for node in found.children if node.name != "!--"] if found else []


def count_of(styles: Node, name: str) -> int:
    """How many entries the list has."""
    return len(_entries(styles, name))


def looks_kept(styles: Node) -> Callable[[int, int], bool]:
    """Tells whether a cell of the first style still has its look with the second.

    Only its number format may change, and the team's own date format never gives way to another: it was chosen.
    """
    looks = _entries(styles, "cellXfs")
    codes = {
        node.get("numFmtId"): node.get("formatCode") or "" for node in _entries(styles, "numFmts")
    }

    def is_day(number: str) -> bool:
        code = QUOTED.sub("", codes.get(number, ""))
        return int(number) in DAYS or bool(DAY_LETTER.search(code))

    def is_kept(one: int, other: int) -> bool:
        if max(one, other) >= len(looks):
            return False
        old, new = looks[one], looks[other]
        same = old.without(*CHANGEABLE) == new.without(*CHANGEABLE)
        numbers = [look.get("numFmtId") or "0" for look in (old, new)]
        is_own = bool(OWN_DAY.fullmatch(codes.get(numbers[0], "")))
        is_other_day = numbers[0] != numbers[1] and all(map(is_day, numbers)) and not is_own
        return same and old.children == new.children and not is_other_day

    return is_kept
