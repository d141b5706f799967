"""A workbook as the parts and relations that it is made of."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from posixpath import dirname, join, normpath, split

from judge.archive import Archive, Member, archive_of
from judge.trees import Node, tree_of

TYPES = "[content_types].xml"
CELL = re.compile(r"([A-Z]+)([0-9]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One relation of a part: its id, the last word of its type, and the path of its target; None outside."""

    id: str
    kind: str
    target: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of the workbook: its name, its part, and the number that calcChain knows it by."""

    name: str
    part: str
    number: str


@dataclass
class Book:
    """A package; parts are known by their paths in small letters, without a leading slash."""

    archive: Archive
    parts: dict[str, Member]
    _trees: dict[str, Node] = field(default_factory=dict)

    def tree(self, part: str) -> Node:
        """The XML of a part."""
        if part not in self._trees:
            self._trees[part] = tree_of(self.parts[part].content)
        return self._trees[part]

    def links(self, part: str) -> list[Link]:
        """The relations of a part, in their order."""
        listing = links_of(part)
        if listing not in self.parts:
            return []
        return [_link(node, dirname(part)) for node in self.tree(listing).all("Relationship")]

    def target(self, part: str, kind: str) -> str | None:
        """The first part of this kind that the part names."""
        return next((link.target for link in self.links(part) if link.kind == kind), None)

    @cached_property
    def main(self) -> str:
        """The part of the workbook itself."""
        return self.target("", "officeDocument") or ""

    @cached_property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets in their order."""
        targets = {link.id: link.target for link in self.links(self.main)}
        listed = self.tree(self.main).one("sheets")
        return tuple(
            Sheet(
                name=node.attributes["name"],
                part=targets.get(_relation_id(node)) or "",
                number=node.attributes["sheetId"],
            )
            for node in (listed.all("sheet") if listed else [])
        )

    def part_of(self, sheet: str) -> str:
        """The part of the sheet of this name."""
        return next((each.part for each in self.sheets if each.name == sheet), "")

    def reach(self, parts: Iterable[str]) -> set[str]:
        """These parts, those that they name in turn, and the lists of their relations."""
        found: set[str] = set()
        ahead = deque(parts)
        while ahead:
            part = ahead.popleft()
            if part in found:
                continue
            found.add(part)
            if links_of(part) in self.parts:
                found.add(links_of(part))
            ahead.extend(
                link.target for link in self.links(part) if link.target and link.target != self.main
            )
        return found


def book_of(content: bytes) -> Book:
    """The workbook in these bytes; of members that share a name the last one counts."""
    archive = archive_of(content)
    return Book(archive, {path_of(member.name): member for member in archive.members})


def path_of(name: str) -> str:
    """The path of a part however it is spelt."""
    return name.replace("\\", "/").lstrip("/").lower()


def links_of(part: str) -> str:
    """The path of the list of a part's relations."""
    folder, file = split(part)
    return join(folder, "_rels", f"{file}.rels").lstrip("/")


def place_of(address: str) -> tuple[int, int]:
    """Row and column of an address such as `C7`."""
    found = CELL.fullmatch(address.replace("$", ""))
    if found is None:
        raise ValueError(f"no address of a cell: {address}")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def area_of(reference: str) -> tuple[int, int, int, int]:
    """First row and column, last row and column of `B2:C7` or `B2`."""
    first, _, last = reference.partition(":")
    return (*place_of(first), *place_of(last or first))


def _link(node: Node, folder: str) -> Link:
    target = node.get("Target") or ""
    outside = node.get("TargetMode") == "External"
    path = normpath(join("/", folder, target.replace("\\", "/").partition("#")[0]))
    return Link(
        id=node.get("Id") or "",
        kind=(node.get("Type") or "").rpartition("/")[2],
        target=None if outside else path.lstrip("/").lower(),
    )


def _relation_id(node: Node) -> str:
    return next(
        (value for name, value in node.attributes.items() if name.rpartition(":")[2] == "id"), ""
    )
