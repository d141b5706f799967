"""A small part's outline: its sections with the items in each, for comparing two states of it item by item."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field

from sheetflow.workbooks.xlsx.package.tags import local, strict_parser


@dataclass(slots=True)
class Outline:
    """Sections by name in their order: what their own tags say, and their items, each as one text."""

    tags: dict[str, str] = field(default_factory=dict)
    items: dict[str, list[str]] = field(default_factory=dict)

    def of(self, section: str) -> list[str]:
        """The items of a section; none where there is no such section."""
        return self.items.get(section, [])


def outline(xml: bytes, *, flat: bool = False, without: Collection[str] = ()) -> Outline:
    """The outline of a part; a `flat` one has items right below its root, in a section without a name.

    Attributes named in `without` are left out of the sections' tags. Raises ExpatError where the part is no XML.
    """
    return _Pass(flat=flat, without=without).of(xml)


def said_in(item: str, attribute: str) -> str:
    """What the item's first tag that has this attribute says in it; blank where none has it."""
    found = re.search(rf"\0(?:[^\0]* )?{attribute}\0([^\0]*)\0", item)
    return found[1] if found else ""


class _Pass:
    """Hears the tags, and knows how deep it is."""

    def __init__(self, *, flat: bool, without: Collection[str]) -> None:
        self._outline = Outline()
        self._levels = 1 if flat else 2
        self._without = without
        self._section = ""
        self._depth = 0
        self._item: list[str] = []

    def of(self, xml: bytes) -> Outline:
        parser = strict_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(xml, True)  # noqa: FBT003 - expat's own signature
        return self._outline

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > self._levels:
            self._item.append(_tag(name, attributes))
            return
        self._section = local(name) if self._depth > 1 else ""
        own = {key: value for key, value in attributes.items() if key not in self._without}
        self._outline.tags[self._section] = self._outline.tags.get(self._section, "") + _tag(
            name, own
        )
        self._outline.items.setdefault(self._section, [])

    def _end(self, _name: str) -> None:
        if self._depth > self._levels:
            self._item.append("\0>")
        if self._depth == self._levels + 1:
            self._outline.items[self._section].append("".join(self._item))
            self._item = []
        self._depth -= 1

    def _text(self, text: str) -> None:
        if text.strip() and self._depth > self._levels:
            self._item.append(f"\0{text}")


def _tag(name: str, attributes: dict[str, str]) -> str:
    said = "".join(f"\0{key}\0{value}\0" for key, value in sorted(attributes.items()))
    return f"\0<{name}{said}"
