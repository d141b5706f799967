"""The two forms of the format: the usual one, and the strict one, which calls the same things by other names."""

from __future__ import annotations

import re

from sheetflow.workbooks.xlsx.package.elements import namespaces, root

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
IN_STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", STRICT.encode()),
    (RELATIONS.encode(), STRICT_RELATIONS.encode()),
    (
        b"http://schemas.openxmlformats.org/drawingml/2006/",
        b"http://purl.oclc.org/ooxml/drawingml/",
    ),
)
NAMING_TAG = re.compile(rb"<[^<>]*\s(?:xmlns|uri)[^<>]*>")


def is_strict(xml: bytes) -> bool:
    """Whether a part is in the strict form."""
    around = root(xml)
    return namespaces(around).get(around.prefix) == STRICT


def in_strict(xml: bytes) -> bytes:
    """A part made in the usual form, in the strict one; what its texts say stays."""
    return NAMING_TAG.sub(lambda found: _renamed(found[0]), xml)


def _renamed(tag: bytes) -> bytes:
    for usual, strict in IN_STRICT:
        tag = tag.replace(usual, strict)
    return tag
