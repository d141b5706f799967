"""Packages that are legal and seldom seen: other paths, missing parts, other encodings, other archives."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import IO, Any
from unittest import mock

from raw_workbooks import (
    BOOK,
    BOOK_LINKS,
    CHAIN,
    KIND,
    LINKS,
    MAIN,
    PACKAGE,
    SHEET,
    STRINGS,
    STYLES,
    TYPES,
    Members,
    packed,
    plain,
    replaced,
)

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def strict() -> Members:
    """The ISO form, whose namespaces are others."""
    return {
        part: xml.replace(MAIN, STRICT).replace(LINKS, STRICT_LINKS)
        for part, xml in plain().items()
    }


def bare_package() -> Members:
    """No styles, no shared strings, no dimension, no names, no calculation: some libraries write no more."""
    members = plain()
    texts = re.findall(r"<si><t>(.*?)</t></si>", members[STRINGS])
    xml = re.sub(r' s="[0-9]"', "", members[SHEET])
    xml = re.sub(r' t="s"><v>(\d+)</v>', lambda at: f' t="str"><v>{texts[int(at[1])]}</v>', xml)
    members[SHEET] = re.sub(
        r"<dimension.*?/>|<cols>.*?</cols>|<conditionalF.*</conditionalFormatting>", "", xml
    )
    members[BOOK] = re.sub(
        r"<definedNames>.*</definedNames>|<calcPr.*?/>|<bookViews>.*</bookViews>", "", members[BOOK]
    )
    for part, number in ((STYLES, 3), (STRINGS, 4), (CHAIN, 5)):
        del members[part]
        members[BOOK_LINKS] = re.sub(
            rf'<Relationship Id="rId{number}".*?/>', "", members[BOOK_LINKS]
        )
        members[TYPES] = re.sub(rf'<Override PartName="/{part}".*?/>', "", members[TYPES])
    return members


def other_places() -> Members:
    """Parts under unusual paths, with absolute targets, and a default type for everything that ends in .xml."""
    members = plain()
    place = "xl/pubs/Plan.XML"
    members = {place if part == SHEET else part: xml for part, xml in members.items()}
    members = replaced(
        members, BOOK_LINKS, ('Target="worksheets/sheet1.xml"', f'Target="/{place}"')
    )
    return replaced(
        members,
        TYPES,
        (
            'Extension="xml" ContentType="application/xml"',
            f'Extension="xml" ContentType="{KIND}.worksheet+xml"',
        ),
        (f'<Override PartName="/{SHEET}" ContentType="{KIND}.worksheet+xml"/>', ""),
    )


def taken_names() -> Members:
    """The team has a tab of its own that is called Steps."""
    return replaced(
        plain(),
        BOOK,
        ('name="Notes"', 'name="Steps"'),
        ("Notes!$A$1:$B$2", "Steps!$A$1:$B$2"),
        ("Notes!$A$1", "Steps!$A$1"),
    )


def signed() -> Members:
    """The package bears a digital signature."""
    link = f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/>'
    members = replaced(plain(), "_rels/.rels", ("</Relationships>", f"{link}</Relationships>"))
    kind = '<Default Extension="sigs" ContentType="application/vnd.openxmlformats-package.digital-signature-origin"/>'
    members = replaced(members, TYPES, ("<Default", f"{kind}<Default"))
    return {**members, "_xmlsignatures/origin.sigs": ""}


def with_macros() -> dict[str, str | bytes]:
    """A workbook with macros."""
    members = replaced(
        plain(),
        TYPES,
        (f"{KIND}.sheet.main+xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        (
            "<Default",
            '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default',
        ),
    )
    link = '<Relationship Id="rId8" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/>'
    members = replaced(members, BOOK_LINKS, ("</Relationships>", f"{link}</Relationships>"))
    return {**members, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 macros"}


def wide_characters() -> dict[str, str | bytes]:
    """The sheet is encoded in UTF-16."""
    members = plain()
    xml = members[SHEET].replace("UTF-8", "UTF-16")
    return {**members, SHEET: xml.encode("utf-16")}


def marked() -> dict[str, str | bytes]:
    """A byte order mark before the XML of every part."""
    return {part: b"\xef\xbb\xbf" + xml.encode() for part, xml in plain().items()}


class _Pipe(io.RawIOBase):
    """A file that can only be written on: an archive made so has its sizes behind each member."""

    def __init__(self) -> None:
        self.content = b""

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Take it all."""
        self.content += bytes(data)
        return len(data)


def trailed() -> bytes:
    """Written into a pipe: sizes stand behind the members."""
    pipe = _Pipe()
    goal: IO[bytes] = pipe  # type: ignore[assignment]
    with zipfile.ZipFile(goal, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in plain().items():
            archive.writestr(name, data)
    return pipe.content


def zip64() -> bytes:
    """Sizes and places in 64 bits, as archives of gigabytes have them."""
    with mock.patch.object(zipfile, "ZIP64_LIMIT", 10):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in plain().items():
                archive.writestr(name, data)
        return content.getvalue()


def stored() -> bytes:
    """Nothing is deflated, and the archive has a comment."""
    return packed(plain(), method=zipfile.ZIP_STORED, comment=b"made by hand")


def folders() -> dict[str, str | bytes]:
    """An archive that lists its folders too."""
    return {"xl/": b"", "xl/worksheets/": b"", **plain()}


Maker = Callable[[], Members | dict[str, str | bytes] | bytes]


def content_of(maker: Maker) -> bytes:
    """The bytes of the workbook."""
    made = maker()
    return made if isinstance(made, bytes) else packed(made)
