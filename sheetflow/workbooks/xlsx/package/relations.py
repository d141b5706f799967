"""The relations of a part: which other parts it names, and by which ids."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import count
from posixpath import basename, dirname, join, normpath, relpath

from sheetflow.workbooks.xlsx.package.elements import Cut, appended, attributes, children, cut, root

NAMESPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NO_RELATIONS = HEAD + f'<Relationships xmlns="{NAMESPACE}"></Relationships>'.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One relation: `kind` is the last word of its type, `target` a part's name, or any address if it is external."""

    id: str
    kind: str
    target: str
    is_external: bool = False


def relations_part(part: str) -> str:
    """The part that holds the relations of another one; of the package itself where that is blank."""
    return join(dirname(part), "_rels", f"{basename(part)}.rels")


def read_relations(xml: bytes, part: str) -> list[Relation]:
    """The relations in order; `part` is the one that they belong to."""
    return [_relation(attributes(node), part) for node in children(xml, root(xml))]


def with_relation(xml: bytes, part: str, kind: str, target: str) -> tuple[bytes, str]:
    """The relations and one more, of the whole type `kind`, and its id."""
    taken = {relation.id.casefold() for relation in read_relations(xml, part)}
    new = next(f"rId{number}" for number in count(1) if f"rid{number}" not in taken)
    around = root(xml)
    way = escape(relpath(target, dirname(part) or "."))
    line = f'<{around.prefix}Relationship Id="{new}" Type="{kind}" Target="{way}"/>'
    return cut(xml, [appended(xml, around, line.encode())]), new


def without_relation(xml: bytes, gone: str) -> bytes:
    """The relations but that of this id."""
    cuts = [
        Cut(start=node.start, end=node.end, new=b"")
        for node in children(xml, root(xml))
        if attributes(node).get("Id") == gone
    ]
    return cut(xml, cuts)


def _relation(said: dict[str, str], part: str) -> Relation:
    target = said.get("Target", "")
    is_external = said.get("TargetMode") == "External"
    if not is_external:
        whole = join("/", dirname(part), target.replace("\\", "/"))
        target = normpath(whole).lstrip("/")
    kind = said.get("Type", "").rpartition("/")[2]
    return Relation(id=said.get("Id", ""), kind=kind, target=target, is_external=is_external)
