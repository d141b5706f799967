"""A package being changed: its parts as they will be, and the same bytes for all that nobody touched."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, count
from posixpath import dirname, join

from sheetflow.workbooks.xlsx.package import content_types
from sheetflow.workbooks.xlsx.package.encoding import is_transparent
from sheetflow.workbooks.xlsx.package.relations import (
    NO_RELATIONS,
    Relation,
    read_relations,
    relations_part,
    with_relation,
    without_relation,
)
from sheetflow.workbooks.xlsx.package.strict import (
    RELATIONS,
    STRICT_RELATIONS,
    in_strict,
    is_strict,
)
from sheetflow.workbooks.xlsx.zipped.archive import Archive
from sheetflow.workbooks.xlsx.zipped.deflated import Deflated, deflated


class Draft:
    """Parts by name: the case of letters and the slant of slashes make no difference, as real files have it."""

    def __init__(self, content: bytes) -> None:
        """Begin with the package as it is; raises ValueError where it is none, KeyError where parts are missing."""
        self._archive = Archive(content)
        self._members = {_key(name): name for name in self._archive.names}
        self._put: dict[str, Deflated] = {}
        self._dropped: set[str] = set()
        self.workbook = self.related("", "officeDocument")[0].target
        self._is_strict = is_strict(self.read(self.workbook))

    def holds(self, part: str) -> bool:
        """Whether there is such a part."""
        return _key(part) in self._members and _key(part) not in self._dropped

    def read(self, part: str) -> bytes:
        """What the part holds; raises KeyError where there is none."""
        if not self.holds(part):
            raise KeyError(part)
        name = self._members[_key(part)]
        return self._put[name].inflated() if name in self._put else self._archive.read(name)

    def put(self, part: str, data: bytes) -> None:
        """Give a part, new or not, other XML; raises ValueError where that is not in the encoding written here."""
        if not is_transparent(data):
            raise ValueError(f"{part} is in another encoding")
        self.put_pieces(part, [data])

    def put_pieces(self, part: str, pieces: Iterable[bytes]) -> None:
        """The same piece by piece: large XML is packed as it is made, and never there as a whole."""
        name = self._members.setdefault(_key(part), part)
        self._dropped.discard(_key(part))
        self._put.pop(name, None)
        data = deflated(pieces)
        if not self._archive.holds(name, data):
            self._put[name] = data

    def put_made(self, part: str, xml: bytes) -> None:
        """Give a part bytes that were made in the usual form."""
        self.put(part, in_strict(xml) if self._is_strict else xml)

    def drop(self, part: str) -> None:
        """Leave a part out, with its relations and its type."""
        for gone in (part, relations_part(part)):
            if self.holds(gone):
                self._put.pop(self._members[_key(gone)], None)
                self._dropped.add(_key(gone))
        self.put(content_types.PART, content_types.without_type(self._types, part))

    def add(self, part: str, xml: bytes, content_type: str, *, to: str, relation: str) -> str:
        """Put a part made in the usual form and relate another one to it; gives the id of the relation."""
        self.put_made(part, xml)
        self.put(content_types.PART, content_types.with_type(self._types, part, content_type))
        held = relations_part(to)
        present = self.read(held) if self.holds(held) else NO_RELATIONS
        stem = STRICT_RELATIONS if self._is_strict else RELATIONS
        related, new = with_relation(present, to, f"{stem}/{relation}", part)
        self.put(held, related)
        return new

    def free_name(self, stem: str, folder: str = "") -> str:
        """A name that no part has, in a folder beside the workbook's part: the stem and the lowest free number."""
        around = join(dirname(self.workbook), folder)
        # What lies right beside that part is one of its kind: some readers look for it by its bare name.
        numbers = map(str, count(1)) if folder else chain([""], map(str, count(1)))
        names = (join(around, f"{stem}{number}.xml") for number in numbers)
        return next(
            name for name in names if not self.holds(name) and not self.holds(relations_part(name))
        )

    def relations(self, part: str) -> list[Relation]:
        """The relations of a part; of the package itself where that is blank."""
        held = relations_part(part)
        return read_relations(self.read(held), part) if self.holds(held) else []

    def related(self, part: str, kind: str) -> list[Relation]:
        """The relations of a part that are of one kind and lead to a part that is there."""
        relations = self.relations(part)
        return [one for one in relations if one.kind == kind and self.holds(one.target)]

    def part_ways(self, part: str, relation: Relation) -> None:
        """Forget a relation of a part."""
        held = relations_part(part)
        self.put(held, without_relation(self.read(held), relation.id))

    def forget_relations(self, part: str) -> None:
        """Forget all relations of a part, and drop what no other part leads to any more."""
        led_to = self._reached(part)
        if self.holds(relations_part(part)):
            self._dropped.add(_key(relations_part(part)))
        for orphan in sorted(led_to - self._reached("")):
            self.drop(orphan)

    def content(self) -> bytes:
        """The package as it is now."""
        return self._archive.rewritten(self._put, {self._members[key] for key in self._dropped})

    @property
    def _types(self) -> bytes:
        return self.read(content_types.PART)

    def _reached(self, start: str) -> set[str]:
        """The parts, as the package spells them, that relations lead to from one on, itself left out."""
        found: set[str] = set()
        waiting = [start]
        while waiting:
            for relation in self.relations(waiting.pop()):
                if relation.is_external or not self.holds(relation.target):
                    continue
                name = self._members[_key(relation.target)]
                if name not in found:
                    found.add(name)
                    waiting.append(name)
        return found - {start}


def _key(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").casefold()
