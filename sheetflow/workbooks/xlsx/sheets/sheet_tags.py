"""The tags of a worksheet's rows and cells, and where they are found."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

BEHIND_DECLARATION = 4  # the mark may stand before it
SILENT = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d+)[\"']")
ADDRESS = re.compile(rb"\sr\s*=\s*[\"'](?:([A-Z]{1,3})(\d+)[\"'])?")
OTHER_ATTRIBUTES = rb"((?:\s[^>\"']*+(?:\"[^\"]*+\"[^>\"']*+|'[^']*+'[^>\"']*+)*+)?/?)>"


class RowSpot(NamedTuple):
    """A row: its tag from `start` to `inner`, its cells up to `close`."""

    number: int
    start: int
    inner: int
    close: int
    is_closed: bool


class CellSpot(NamedTuple):
    """The bytes of a cell; with no tag, the place where it is to be inserted."""

    start: int
    end: int
    tag: bytes = b""


class Grammar(NamedTuple):
    """The tags of a sheet whose elements have one prefix.

    A row's tag gives its number, where that comes first, and its other attributes; a cell's gives the letters and the
    digits of its address, where that comes first, and its other attributes. The last attribute of a tag that closes
    itself is a slash.
    """

    row: re.Pattern[bytes]
    row_end: re.Pattern[bytes]
    cell: re.Pattern[bytes]
    cell_end: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    content: re.Pattern[bytes]


@cache
def grammar(prefix: str) -> Grammar:
    """The tags of a sheet whose elements have this prefix, given with its colon."""
    start, end = (re.escape(f"<{prefix}").encode(), re.escape(f"</{prefix}").encode())
    return Grammar(
        row=re.compile(start + rb"row(?:\s+r=\"(\d+)\")?" + OTHER_ATTRIBUTES),
        row_end=re.compile(end + rb"row\s*>"),
        cell=re.compile(start + rb"c(?:\s+r=\"([A-Z]{1,3})(\d+)\")?" + OTHER_ATTRIBUTES),
        cell_end=re.compile(end + rb"c\s*>"),
        formula=re.compile(start + b"f" + OTHER_ATTRIBUTES),
        content=re.compile(start + rb"(?:v|is|f)[\s/>]"),
    )


def address_in(tag: bytes) -> tuple[bytes | None, bytes | None] | None:
    """The letters and the digits of a cell's address: None where it has none, both None where it makes no sense."""
    found = ADDRESS.search(tag)
    return (found[1], found[2]) if found else None


def quieted(xml: bytes) -> bytes:
    """The same XML with blanks in place of comments, processing instructions and quoted text."""
    if xml.find(b"<!") < 0 and xml.find(b"<?", BEHIND_DECLARATION) < 0:
        return xml
    return SILENT.sub(lambda found: b" " * len(found[0]), xml)
