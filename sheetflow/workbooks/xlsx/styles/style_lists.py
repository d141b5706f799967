"""The lists of a style sheet (fonts, fills, looks ...): what stands in each, and what is appended to it."""

from __future__ import annotations

from typing import TypeAlias

from sheetflow.workbooks.xlsx.package.elements import (
    ATTRIBUTE,
    MARKUP,
    Cut,
    Element,
    appended,
    attributes,
    children,
    with_attribute,
)

SECTIONS = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
# Every program takes these for granted at the head of a list; the lists in the order of the format.
HEADS = {
    "fonts": ('<{0}font><{0}sz val="11"/><{0}name val="Calibri"/></{0}font>',),
    "fills": (
        '<{0}fill><{0}patternFill patternType="none"/></{0}fill>',
        '<{0}fill><{0}patternFill patternType="gray125"/></{0}fill>',
    ),
    "borders": ("<{0}border><{0}left/><{0}right/><{0}top/><{0}bottom/><{0}diagonal/></{0}border>",),
    "cellStyleXfs": ('<{0}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',),
    "cellXfs": ('<{0}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',),
}
Likeness: TypeAlias = tuple[tuple[bytes, ...], ...]


class StyleList:
    """One list, in which each entry is named by its number."""

    def __init__(self, name: str, xml: bytes, element: Element | None, prefix: str) -> None:
        """Begin with what stands there, if anything does."""
        self._name = name
        self._prefix = prefix
        self._element = element
        inside = children(xml, element) if element else []
        self._entries = [xml[entry.start : entry.end] for entry in inside]
        self._present = len(self._entries)
        self._numbers: dict[Likeness, int] = {}

    def __len__(self) -> int:
        """How many entries there are by now."""
        return len(self._entries)

    @property
    def entries(self) -> list[bytes]:
        """Each entry as XML."""
        return self._entries

    @property
    def has_grown(self) -> bool:
        """Whether anything was appended."""
        return len(self._entries) > self._present

    def number(self, entry: bytes) -> int:
        """The number of an entry that says the same, appended if there is none."""
        if not self._numbers:
            self.fill_head()
            for number, present in enumerate(self._entries):
                self._numbers.setdefault(_likeness(present), number)
        likeness = _likeness(entry)
        if likeness not in self._numbers:
            self._numbers[likeness] = len(self._entries)
            self._entries.append(entry)
        return self._numbers[likeness]

    def fill_head(self) -> None:
        """Append those first entries that are missing."""
        for head in HEADS.get(self._name, ())[len(self._entries) :]:
            self._entries.append(head.format(self._prefix).encode())

    def cuts(self, xml: bytes, at: int) -> list[Cut]:
        """The cuts that append what is new; a list that was not there begins at `at`."""
        new = b"".join(self._entries[self._present :])
        if self._element is None:
            opening = f'<{self._prefix}{self._name} count="{len(self)}">'.encode()
            closing = f"</{self._prefix}{self._name}>".encode()
            return [Cut(start=at, end=at, new=opening + new + closing)]
        cuts = [appended(xml, self._element, new)]
        if "count" in attributes(self._element):
            cuts.append(with_attribute(self._element, "count", str(len(self))))
        return cuts


def _likeness(entry: bytes) -> Likeness:
    """What an entry says, however its attributes are ordered and its empty elements are closed."""
    likeness: list[tuple[bytes, ...]] = []
    for tag in MARKUP.finditer(entry):
        if tag["name"] is None:
            continue
        local = tag["name"].rpartition(b":")[2]
        if not tag["closing"]:
            said = sorted(ATTRIBUTE.findall(tag["attributes"]))
            likeness.append((local, *(name + b"=" + value[1:-1] for name, value in said)))
        if tag["closing"] or tag["closed"]:
            likeness.append((b"/" + local,))
    return tuple(likeness)
