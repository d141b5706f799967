"""SheetFlow's own tabs in a package: added behind the others, or drawn anew in their place with all that they show."""

from __future__ import annotations

import re
from html import unescape

from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.package import book
from sheetflow.workbooks.xlsx.package.book import LocalName, SheetEntry
from sheetflow.workbooks.xlsx.package.calc_chain import without_sheet
from sheetflow.workbooks.xlsx.package.draft import Draft
from sheetflow.workbooks.xlsx.package.elements import (
    child,
    cut,
    root,
    with_attribute,
)
from sheetflow.workbooks.xlsx.package.parts import DrawnSheet, NewPart

WORKSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
# Other parts count on these; they would be torn away by drawing the tab anew.
NEEDED_ELSEWHERE = {"pivotTable", "slicer", "timeline", "queryTable"}
CODE_NAME = re.compile(rb"<(?:[\w.-]+:)?sheetPr\s[^<>]*?\bcodeName\s*=\s*[\"']([^\"']*)")
FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")


def place_tab(draft: Draft, name: str, drawn: DrawnSheet) -> dict[LocalName, str | None]:
    """Put a drawn tab where the sheet of its name is, or behind all sheets; gives the names that the tab needs.

    Raises:
        UserError: A sheet of that name is of another kind, or shows what other parts of the workbook need.
    """
    entry = _entry(draft, name)
    if entry is None:
        part = draft.free_name("sheet", "worksheets")
        relation = draft.add(part, drawn.xml, WORKSHEET, to=draft.workbook, relation="worksheet")
        draft.put(draft.workbook, book.with_sheet(draft.read(draft.workbook), name, relation))
    else:
        part = _cleared(draft, entry)
        draft.put_made(part, _with_code_name(drawn.xml, draft.read(part)))
    for new in drawn.parts:
        _add(draft, new, to=part)
    index = entry.index if entry else len(book.sheet_entries(draft.read(draft.workbook))) - 1
    return {(index, book.FILTER): drawn.filtered, (index, book.TITLES): drawn.titles}


def _entry(draft: Draft, name: str) -> SheetEntry | None:
    entries = book.sheet_entries(draft.read(draft.workbook))
    return next((entry for entry in entries if entry.name.casefold() == name.casefold()), None)


def _cleared(draft: Draft, entry: SheetEntry) -> str:
    """The part of a sheet, freed from all that it shows."""
    kept = draft.related(draft.workbook, "worksheet")
    part = next((one.target for one in kept if one.id == entry.relation), None)
    if part is None:
        raise UserError("tab_of_another_kind", sheet=entry.name)
    if any(one.kind in NEEDED_ELSEWHERE for one in draft.relations(part)):
        raise UserError("tab_needed_elsewhere", sheet=entry.name)
    draft.forget_relations(part)
    if FORMULA.search(draft.read(part)):
        _forget_formulas(draft, entry.sheet_id)
    return part


def _forget_formulas(draft: Draft, sheet_id: int) -> None:
    for chain in draft.related(draft.workbook, "calcChain"):
        left = without_sheet(draft.read(chain.target), sheet_id)
        if left is None:
            draft.drop(chain.target)
            draft.part_ways(draft.workbook, chain)
        else:
            draft.put(chain.target, left)


def _add(draft: Draft, new: NewPart, *, to: str) -> None:
    part = draft.free_name(new.stem, new.folder)
    draft.add(part, new.xml, new.content_type, to=to, relation=new.relation)
    for inner in new.parts:
        _add(draft, inner, to=part)


def _with_code_name(xml: bytes, old: bytes) -> bytes:
    """The new sheet under the name by which macros know the old one."""
    known = CODE_NAME.search(old, 0, max(0, old.find(b"sheetData")))
    properties = child(xml, root(xml), "sheetPr") if known else None
    if known is None or properties is None:
        return xml
    return cut(xml, [with_attribute(properties, "codeName", unescape(known[1].decode()))])
