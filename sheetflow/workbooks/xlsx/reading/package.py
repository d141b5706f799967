"""The package that an Excel file is: a zip of parts, looked through before anything trusts it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.parsers.expat import ExpatError

from sheetflow.cells import EXCEL_EPOCH
from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.guarding.guard import MOST_FILE_BYTES, guard
from sheetflow.workbooks.xlsx.package.contents import Contents
from sheetflow.workbooks.xlsx.package.tags import tags_named

MAC_EPOCH = date(1904, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """The bytes of an Excel file, the part of each sheet by its name, and the day of serial number 0."""

    name: str
    content: bytes
    sheets: Mapping[str, str]
    epoch: date
    is_signed: bool = False


def open_package(path: Path) -> Package:
    """The package at the path; raises UserError where there is none that can be read without harm."""
    return package_of(bytes_at(path), path.name)


def package_of(content: bytes, name: str) -> Package:
    """The package that these bytes are; raises UserError where they are none that can be read without harm."""
    guard(content, name)
    try:
        return _package(Contents(content), content, name)
    except (ExpatError, KeyError, ValueError) as error:
        raise UserError("file_unreadable", file=name) from error


def bytes_at(path: Path) -> bytes:
    """All that the file holds; of one that is too large, no more than shows that it is."""
    try:
        if path.exists() and not path.is_file():
            raise UserError("file_not_xlsx", file=path.name)
        with path.open("rb") as file:
            return file.read(MOST_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise UserError("file_missing", file=str(path)) from error
    except OSError as error:
        raise UserError("file_unreadable", file=path.name) from error


def _package(contents: Contents, content: bytes, name: str) -> Package:
    main = contents.main
    if main is None or not main.lower().endswith(".xml"):
        raise UserError("file_not_xlsx", file=name)
    properties = tags_named(contents.whole(main), {"workbookPr"})
    is_mac = any(said.get("date1904") in {"1", "true"} for _, said in properties)
    return Package(
        name=name,
        content=content,
        sheets=contents.sheets(),
        epoch=MAC_EPOCH if is_mac else EXCEL_EPOCH,
        is_signed=any(link.kind == "origin" for link in contents.links("").values()),
    )
