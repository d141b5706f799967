"""Patches put into workbooks written by hand, and what can be seen in the file then."""

from __future__ import annotations

import io
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

from raw_workbooks import BOOK, LINKS, MAIN, Members, packed
from sheetflow.cells import CellEdit, CellRange, CellRef, ComputedTab, Patch, Style, Value
from sheetflow.workbooks.xlsx.patching import patched
from sheetflow.workbooks.xlsx.reading.package import package_of
from sheetflow.workbooks.xlsx.zipped.archive import Archive

HEADED = ComputedTab(
    sheet="Steps",
    rows=(("ID", "Due"), ("P-001", date(2026, 12, 4))),
    filtered=CellRange(1, 1, 2, 2),
)


def edit(row: int, column: int, value: Value, style: Style | None = None) -> CellEdit:
    """An edit of the sheet of publications."""
    return CellEdit(ref=CellRef("Publications", row, column), before=None, after=value, style=style)


def written(members: Members, patch: Patch) -> bytes:
    """The file with the patch in it."""
    return patched(package_of(packed(members), "plan.xlsx"), patch, patch.edits)


def parts(content: bytes) -> dict[str, str]:
    """The parts of a file as text, by name."""
    archive = Archive(content)
    return {name: archive.read(name).decode() for name in archive.names}


def changed(members: Members, content: bytes) -> set[str]:
    """The parts that are not the same packed bytes as before, or that are new or gone."""
    before, after = Archive(packed(members)), Archive(content)
    both = set(before.names) & set(after.names)
    same = {name for name in both if before.record(name) == after.record(name)}
    return {*before.names, *after.names} - same


def opened(content: bytes) -> Any:
    """The workbook as another library reads it."""
    import openpyxl

    return openpyxl.load_workbook(io.BytesIO(content))


def names(content: bytes) -> list[dict[str, str | None]]:
    """The defined names of the workbook."""
    nodes = ET.fromstring(parts(content)[BOOK]).iter(f"{{{MAIN}}}definedName")  # noqa: S314 - made here
    return [{**node.attrib, "text": node.text} for node in nodes]


def strict(members: Members) -> Members:
    """The workbook in the strict form."""
    return {
        name: text.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
            LINKS, "http://purl.oclc.org/ooxml/officeDocument/relationships"
        )
        for name, text in members.items()
    }
