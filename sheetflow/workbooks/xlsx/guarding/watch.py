"""Watching parts go by in pieces: what they declare, how far their cells reach, and how long their texts are."""

from __future__ import annotations

import re
from enum import Enum, auto

from sheetflow.workbooks.xlsx.guarding.reach import MOST_CELLS, Reach
from sheetflow.workbooks.xlsx.guarding.repeats import END_OF_TEXT, MOST_REPEATED_TEXT

MIB = 2**20
MOST_TAGS = 16_000_000
MOST_TEXTS = 2_000_000
LONGEST_REST = MIB
DEFINITIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY|ATTLIST|ELEMENT|NOTATION)", re.IGNORECASE)
ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
TEXTS = re.compile(rb"<(?:\w+:)?sst[\s>]")
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# Pictures and pages that lie in a workbook as they are, and that nothing here parses.
SHOWN_AS_THEY_ARE = (".svg", ".htm", ".html", ".xhtml")


class Harm(Enum):
    """What is wrong with a part."""

    DEFINES = auto()
    SPANS = auto()
    TOO_LARGE = auto()


class Watch:
    """Sees the parts of one workbook, one after another."""

    def __init__(self) -> None:
        """Nothing has been seen."""
        self._tags = self._texts = self._cells = self._longest_text = 0
        self.sheets: list[str] = []
        self.texts: list[str] = []

    def begin(self, name: str) -> None:
        """The next part comes."""
        self._name = name
        self._rest = b""
        self._is_first = True
        self._is_xml = self._holds_texts = self._has_asides = self._is_wide = False
        self._reach: Reach | None = None
        self._text = 0
        self._harm: Harm | None = None

    def see(self, piece: bytes) -> None:
        """The next piece of the part."""
        if self._is_first:
            self._open(piece)
        if not self._is_xml or self._harm:
            return
        if self._is_wide:
            piece = piece.replace(b"\0", b"")
        seen = self._rest + piece
        whole = seen.rfind(b">") + 1 or max(0, len(seen) - LONGEST_REST)
        self._rest = seen[whole:]
        self._watch(seen[:whole])

    def end(self) -> Harm | None:
        """What is wrong with the part, if anything."""
        if self._is_xml and not self._harm:
            self._watch(self._rest)
        if self._holds_texts:
            self.texts.append(self._name)
        if self._reach:
            self.sheets.append(self._name)
            self._cells += self._reach.cells
            if self._reach.is_too_far:
                self._harm = self._harm or Harm.SPANS
        return self._harm

    @property
    def may_repeat_too_much(self) -> bool:
        """Whether the texts that cells share could fill the memory, if all cells held the longest."""
        return self._longest_text * self._cells > MOST_REPEATED_TEXT

    def _open(self, piece: bytes) -> None:
        self._is_first = False
        self._is_wide = b"\0" in piece[:4]
        head = piece[:4096].replace(b"\0", b"")
        for mark in BYTE_ORDER_MARKS:
            head = head.removeprefix(mark)
        self._is_xml = head.lstrip()[:1] in {b"<", b""}
        if self._is_xml and _hides_its_tags(head):
            self._harm = Harm.DEFINES

    def _watch(self, xml: bytes) -> None:
        self._tags += xml.count(b"<")
        if self._tags > MOST_TAGS:
            self._harm = Harm.TOO_LARGE
        if b"<!" in xml:
            self._has_asides = True
            if DEFINITIONS.search(xml) and not self._name.lower().endswith(SHOWN_AS_THEY_ARE):
                self._harm = Harm.DEFINES
        if self._reach is None and b"sheetData" in xml:
            self._reach = Reach()
        if self._reach:
            self._reach.see(xml, has_asides=self._has_asides)
            if self._cells + self._reach.cells > MOST_CELLS:
                self._harm = Harm.TOO_LARGE
        elif self._holds_texts or TEXTS.search(xml):
            self._holds_texts = True
            self._measure(xml)

    def _measure(self, xml: bytes) -> None:
        """Find the longest text; with comments or the like in between, all of the part counts as one."""
        first, *others = [xml] if self._has_asides else END_OF_TEXT.split(xml)
        self._text += len(first)
        self._longest_text = max(self._longest_text, self._text, *map(len, others), 0)
        self._texts += len(others)
        if others:
            self._text = len(others[-1])
        if self._texts > MOST_TEXTS:
            self._harm = Harm.TOO_LARGE


def _hides_its_tags(head: bytes) -> bool:
    """Whether the part says that it is written in signs in which a tag would not be seen here."""
    found = ENCODING.search(head)
    if found is None or b"16" in found[1]:
        return False
    try:
        return "<!".encode(found[1].decode()) != b"<!"
    except (LookupError, UnicodeError):
        return False
