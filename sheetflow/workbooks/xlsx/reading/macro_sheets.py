"""Sheets of old macros: the fast reader gives up where a workbook lists one, so it is given a list without them."""

from __future__ import annotations

import re
from io import BytesIO

from sheetflow.workbooks.xlsx.package.contents import MACRO_SHEETS, Contents, folded

SHEET = re.compile(rb"<(?:[\w.-]+:)?sheet\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
RELATION = re.compile(rb"\s[\w.-]+:id\s*=\s*[\"']([^\"']+)")


def without_macro_sheets(content: bytes) -> bytes:
    """The file for a reader of values; the same bytes where it has no such sheets."""
    contents = Contents(content)
    main = contents.main or ""
    macros = {
        name.encode() for name, link in contents.links(main).items() if link.kind in MACRO_SHEETS
    }
    if not macros:
        return content

    def kept(found: re.Match[bytes]) -> bytes:
        relation = RELATION.search(found[0])
        return b"" if relation and relation[1] in macros else found[0]

    import zipfile

    copy = BytesIO()
    with zipfile.ZipFile(copy, "w") as archive:
        for part, member in contents.members.items():
            xml = contents.whole(part)
            archive.writestr(member.name, SHEET.sub(kept, xml) if part == folded(main) else xml)
    return copy.getvalue()
