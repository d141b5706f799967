"""What lies in a package: its parts by name, and which part leads to which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from posixpath import basename, dirname, join, normpath

from sheetflow.workbooks.xlsx.package.tags import tags_named
from sheetflow.workbooks.xlsx.zipped.members import members_of, pieces, whole

TYPES = "[Content_Types].xml"
MACRO_SHEETS = frozenset({"xlMacrosheet", "xlIntlMacrosheet"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A relation of a part: `kind` is the last word of its type, `target` a part's name or, outside, an address."""

    kind: str
    target: str
    is_outside: bool = False


class Contents:
    """The parts of a file by their names; case and slashes differ in real files."""

    def __init__(self, content: bytes) -> None:
        """Read the directory; raises DamagedError where it cannot be trusted."""
        self._content = content
        self.members = {folded(member.name): member for member in members_of(content)}

    def whole(self, part: str) -> bytes:
        """What the part holds; raises KeyError where there is none, DamagedError where it is not what it says."""
        return whole(self._content, self.members[folded(part)])

    def pieces(self, part: str) -> Iterator[bytes]:
        """The same piece by piece, for parts that may be large."""
        return pieces(self._content, self.members[folded(part)])

    def packed(self, part: str) -> bytes:
        """The part's bytes as they lie in the file."""
        member = self.members[folded(part)]
        return self._content[member.begin : member.end]

    def name(self, part: str) -> str:
        """The name as the file spells it; raises KeyError where there is no such part."""
        return self.members[folded(part)].name

    @property
    def main(self) -> str | None:
        """The part that is the workbook."""
        links = self.links("").values()
        return next((link.target for link in links if link.kind == "officeDocument"), None)

    def sheets(self) -> dict[str, str]:
        """The part of each sheet, by the sheet's name, in order, without sheets of old macros.

        Raises KeyError where one has no part.
        """
        main = self.main or ""
        links = self.links(main)
        listed = {
            said["name"]: links[said["id"]] for _, said in tags_named(self.whole(main), {"sheet"})
        }
        return {
            name: self.name(link.target)
            for name, link in listed.items()
            if link.kind not in MACRO_SHEETS
        }

    def links(self, part: str) -> dict[str, Link]:
        """The relations of a part by their ids; of the package itself where that is blank."""
        held = links_part(part)
        if folded(held) not in self.members:
            return {}
        tags = tags_named(self.whole(held), {"Relationship"})
        return {said["Id"]: _link(said, dirname(part)) for _, said in tags}

    def led_to(self, parts: Iterable[str]) -> set[str]:
        """These parts and all that they lead to, with the lists of their relations, by folded names."""
        waiting, found = [folded(part) for part in parts], set[str]()
        while waiting:
            part = waiting.pop()
            if part in found or part not in self.members:
                continue
            found |= {part, folded(links_part(part))} & self.members.keys()
            waiting += [folded(link.target) for link in self.links(part).values()]
        return found


def links_part(part: str) -> str:
    """The part that lists the relations of another one."""
    return join(dirname(part), "_rels", f"{basename(part)}.rels")


def folded(part: str) -> str:
    """A part's name for comparing."""
    return part.replace("\\", "/").lstrip("/").casefold()


def _link(said: Mapping[str, str], folder: str) -> Link:
    target, kind = said.get("Target", ""), said.get("Type", "").rpartition("/")[2]
    if said.get("TargetMode") == "External":
        return Link(kind=kind, target=target, is_outside=True)
    place = normpath(join("/", folder, target.replace("\\", "/"))).lstrip("/")
    return Link(kind=kind, target=place)
