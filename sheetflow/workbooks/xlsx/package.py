"""The package that an Excel file is: a zip of parts, checked before anything trusts it."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from posixpath import join, normpath
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from sheetflow.cells import EXCEL_EPOCH
from sheetflow.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

MAC_EPOCH = date(1904, 1, 1)
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_MARK = "EncryptedPackage".encode("utf-16-le")
BLANK_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
MOST_BYTES = 2**30
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    ET.ParseError,
    KeyError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The bytes of an Excel file, the part of each sheet by its name, and the day of serial number 0."""

    name: str
    content: bytes
    sheets: Mapping[str, str]
    epoch: date

    def parts(self, sheets: Iterable[str]) -> dict[str, bytes]:
        """The XML of these sheets, by name."""
        try:
            with zipfile.ZipFile(BytesIO(self.content)) as archive:
                return {sheet: archive.read(self.sheets[sheet]) for sheet in sheets}
        except BROKEN as error:
            raise UserError("file_unreadable", file=self.name) from error

    def blanked(self, sheets: Iterable[str]) -> BytesIO:
        """A copy of the file in which these sheets hold nothing: what is drawn anew need not be read."""
        blank = {self.sheets[sheet] for sheet in sheets if sheet in self.sheets}
        copy = BytesIO()
        with zipfile.ZipFile(BytesIO(self.content)) as old, zipfile.ZipFile(copy, "w") as new:
            for member in old.infolist():
                new.writestr(
                    member.filename, BLANK_SHEET if member.filename in blank else old.read(member)
                )
        copy.seek(0)
        return copy


def open_package(path: Path) -> Package:
    """The package at the path; raises UserError where there is none that can be read."""
    content = _bytes_at(path)
    _refuse_others(content, path.name)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _package(archive, content, path.name)
    except BROKEN as error:
        raise UserError("file_unreadable", file=path.name) from error


def _bytes_at(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("file_missing", file=str(path)) from error
    except OSError as error:
        raise UserError("file_unreadable", file=path.name) from error


def _refuse_others(content: bytes, name: str) -> None:
    if content.startswith(OLE_MAGIC):
        raise UserError(
            "file_encrypted" if ENCRYPTED_MARK in content else "file_not_xlsx", file=name
        )
    if not content.startswith(b"PK"):
        raise UserError("file_not_xlsx", file=name)


def _package(archive: zipfile.ZipFile, content: bytes, name: str) -> Package:
    if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
        raise UserError("file_too_large", file=name)
    main = _target(archive, "", "officeDocument")
    if main is None or not main.endswith(".xml"):
        raise UserError("file_not_xlsx", file=name)
    book = ET.fromstring(archive.read(main))  # noqa: S314 - expat refuses bombs, nothing external is loaded
    parts = _relations(archive, main)
    sheets = {}
    for node in book.iter():
        if _local(node.tag) == "sheet":
            link = next(value for key, value in node.attrib.items() if _local(key) == "id")
            sheets[node.attrib["name"]] = parts[link][1]
    return Package(name=name, content=content, sheets=sheets, epoch=_epoch(book))


def _epoch(book: ET.Element) -> date:
    for node in book.iter():
        if _local(node.tag) == "workbookPr":
            return MAC_EPOCH if node.get("date1904") in {"1", "true"} else EXCEL_EPOCH
    return EXCEL_EPOCH


def _target(archive: zipfile.ZipFile, part: str, kind: str) -> str | None:
    for relation, target in _relations(archive, part).values():
        if relation == kind:
            return target
    return None


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The kind and the target of each relation of a part, by its id."""
    folder, _, file = part.rpartition("/")
    tree = ET.fromstring(archive.read(join(folder, "_rels", f"{file}.rels")))  # noqa: S314 - as above
    found = {}
    for node in tree:
        target = node.attrib.get("Target", "")
        place = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
        found[node.attrib["Id"]] = (node.attrib.get("Type", "").rpartition("/")[2], place)
    return found


def _local(name: str) -> str:
    return name.rpartition("}")[2]
