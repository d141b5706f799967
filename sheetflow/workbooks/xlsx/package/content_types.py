"""The list of a package that says of what type each part is."""

from __future__ import annotations

from html import escape

from sheetflow.workbooks.xlsx.package.elements import Cut, appended, attributes, children, cut, root

PART = "[Content_Types].xml"


def with_type(xml: bytes, part: str, content_type: str) -> bytes:
    """The list with this type for the part, in place of any that it had by name."""
    xml = without_type(xml, part)
    around = root(xml)
    said = f'PartName="/{escape(part)}" ContentType="{escape(content_type)}"'
    return cut(xml, [appended(xml, around, f"<{around.prefix}Override {said}/>".encode())])


def without_type(xml: bytes, part: str) -> bytes:
    """The list without the entry that names the part."""
    gone = f"/{part}".casefold()
    cuts = [
        Cut(start=node.start, end=node.end, new=b"")
        for node in children(xml, root(xml))
        if attributes(node).get("PartName", "").casefold() == gone
    ]
    return cut(xml, cuts)
