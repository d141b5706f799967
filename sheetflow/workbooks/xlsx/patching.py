"""The file with a patch in it: edits in the team's sheets, SheetFlow's own tabs, and not one byte else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sheetflow.cells import CellEdit, CellRange, ColumnLook, Patch
from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.package import book
from sheetflow.workbooks.xlsx.package.book import LocalName
from sheetflow.workbooks.xlsx.package.draft import Draft
from sheetflow.workbooks.xlsx.package.own_tabs import place_tab
from sheetflow.workbooks.xlsx.reading.package import Package
from sheetflow.workbooks.xlsx.sheets.cell_xml import is_formula_like
from sheetflow.workbooks.xlsx.sheets.refusing import refuse_made_cells
from sheetflow.workbooks.xlsx.sheets.splice import CellWrite, present_styles, spliced
from sheetflow.workbooks.xlsx.sheets.tables import grown_tables
from sheetflow.workbooks.xlsx.sheets.worksheet import Worksheet
from sheetflow.workbooks.xlsx.styles.rules_xml import rule_elements
from sheetflow.workbooks.xlsx.styles.styles import StyleSheet, blank_style_sheet
from sheetflow.workbooks.xlsx.tabs.sheet_xml import drawn

STYLES = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


def patched(package: Package, patch: Patch, edits: Iterable[CellEdit]) -> bytes:
    """The file with these edits and the patch's looks and tabs.

    Raises:
        UserError: It cannot be made without harm to something else in the file.
    """
    try:
        draft = Draft(package.content)
        styles = StyleSheet(_style_sheet(draft))
        for sheet, (cells, looks) in _by_sheet(edits, patch.looks).items():
            _edit_sheet(draft, package, sheet, cells, looks, styles)
        names: dict[LocalName, str | None] = {}
        for tab in patch.tabs:
            names |= place_tab(draft, tab.sheet, drawn(tab, styles, package.epoch))
        _put_styles(draft, styles)
        named = book.with_local_names(draft.read(draft.workbook), names)
        draft.put(draft.workbook, book.recalculated(named))
        return draft.content()
    except (LookupError, ValueError) as error:
        raise UserError("file_unsafe", file=package.name) from error


def _by_sheet(
    edits: Iterable[CellEdit], looks: Iterable[ColumnLook]
) -> dict[str, tuple[list[CellEdit], list[ColumnLook]]]:
    found: dict[str, tuple[list[CellEdit], list[ColumnLook]]] = {}
    for edit in edits:
        found.setdefault(edit.ref.sheet, ([], []))[0].append(edit)
    for look in looks:
        found.setdefault(look.sheet, ([], []))[1].append(look)
    return found


def _edit_sheet(
    draft: Draft,
    package: Package,
    sheet: str,
    edits: Sequence[CellEdit],
    looks: Sequence[ColumnLook],
    styles: StyleSheet,
) -> None:
    part = package.sheets[sheet]
    places = {(edit.ref.row, edit.ref.column) for edit in edits}
    worksheet = Worksheet(sheet=sheet, xml=draft.read(part), places=places)
    tables, pivots = _parts(draft, part, "table"), _parts(draft, part, "pivotTable")
    refuse_made_cells(worksheet, pivots=pivots.values(), tables=tables.values())
    writes = _writes(worksheet, edits, styles)
    rules = _rules(looks, styles)
    widths = {look.column: look.width for look in looks if look.width is not None}
    for table, xml in grown_tables(worksheet, writes, tables, pivots.values()).items():
        draft.put(table, xml)
    draft.put_pieces(
        part, spliced(worksheet, writes, widths=widths, rules=rules, epoch=package.epoch)
    )


def _rules(looks: Iterable[ColumnLook], styles: StyleSheet) -> list[tuple[CellRange, bytes]]:
    """Each rule in an element of its own: the sheet may have some of them already."""
    rules = (rule for look in looks for rule in look.rules)
    return [made for rule in rules for made in rule_elements((rule,), styles)]


def _parts(draft: Draft, part: str, kind: str) -> Mapping[str, bytes]:
    return {one.target: draft.read(one.target) for one in draft.related(part, kind)}


def _writes(worksheet: Worksheet, edits: Iterable[CellEdit], styles: StyleSheet) -> list[CellWrite]:
    present = present_styles(worksheet)
    return [_write(edit, present[edit.ref.row, edit.ref.column], styles) for edit in edits]


def _write(edit: CellEdit, present: int, styles: StyleSheet) -> CellWrite:
    quoted, dated = is_formula_like(edit.after), isinstance(edit.after, date)
    style = styles.number(edit.style, present, quoted=quoted, dated=dated)
    return CellWrite(
        row=edit.ref.row,
        column=edit.ref.column,
        value=edit.after,
        style=None if style == present else style,
    )


def _style_sheet(draft: Draft) -> bytes:
    present = draft.related(draft.workbook, "styles")
    return draft.read(present[0].target) if present else blank_style_sheet()


def _put_styles(draft: Draft, styles: StyleSheet) -> None:
    present = draft.related(draft.workbook, "styles")
    if present:
        draft.put(present[0].target, styles.xml)
    elif styles.has_grown:
        part = draft.free_name("styles")
        draft.add(part, styles.xml, STYLES, to=draft.workbook, relation="styles")
