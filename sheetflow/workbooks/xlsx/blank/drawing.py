"""Drawing a computed tab into an Excel sheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sheetflow.cells import CellFault, ComputedTab, Style, Value, column_letters
from sheetflow.workbooks.xlsx.blank.dress import Wardrobe, add_rules
from sheetflow.workbooks.xlsx.sheets.cell_xml import is_formula_like

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

A4_HOLDS_CHARACTERS = 170
A4, A3 = 9, 8
ROW_HEIGHT = 20.0
MARGIN = 0.4
MOST_CHARACTERS = 32_767
PLAIN = Style()
ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def draw(sheet: Worksheet, tab: ComputedTab, wardrobe: Wardrobe) -> None:
    """Fill an empty sheet with the tab."""
    _draw_cells(sheet, tab, wardrobe)
    for row, height in tab.heights.items():
        sheet.row_dimensions[row].height = height
    for column, width in enumerate(tab.widths, start=1):
        look = sheet.column_dimensions[column_letters(column)]
        look.width, look.hidden = width, width == 0
    sheet.sheet_format.defaultRowHeight = ROW_HEIGHT
    sheet.sheet_format.customHeight = True
    for merge in tab.merges:
        # Merging by the sheet's own method would make cells; these come with the rows.
        sheet.merged_cells.add(merge.a1)
    add_rules(sheet, tab.rules)
    _set_view(sheet, tab)
    _set_page(sheet, tab)


def _put(cell: Any, value: Value) -> None:  # noqa: ANN401 - openpyxl's cell
    """Set a value; a text stays a text whatever it begins with."""
    if isinstance(value, CellFault):
        value = value.code
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = _as_text(value)
    cell.data_type = "s"


def _as_text(value: str) -> str:
    """The text as a file holds it, cut to what a cell can hold."""
    return ESCAPED.sub(_escape, value[:MOST_CHARACTERS])


def _escape(found: re.Match[str]) -> str:
    """The format's way to write what XML cannot hold, and what looks as if it were written that way."""
    return f"_x{ord(found[0]):04X}_"


def _draw_cells(sheet: Worksheet, tab: ComputedTab, wardrobe: Wardrobe) -> None:
    from openpyxl.cell.cell import Cell

    cells: dict[tuple[int, int], Any] = sheet._cells  # noqa: SLF001 - thrice as quick
    for place in _places(tab):
        row, column = place
        values = tab.rows[row - 1] if row <= len(tab.rows) else ()
        value = values[column - 1] if column <= len(values) else None
        style = tab.styles.get(place)
        if value is None and style is None:
            continue
        cell: Any = Cell(sheet, row, column)
        if value is not None:
            _put(cell, value)
        quoted = is_formula_like(value)
        if style is not None or quoted:
            cell._style = wardrobe.record(style or PLAIN, quoted=quoted)  # noqa: SLF001 - whole records are quick
        cells[place] = cell


def _places(tab: ComputedTab) -> list[tuple[int, int]]:
    filled = {
        (row, column)
        for row, values in enumerate(tab.rows, start=1)
        for column in range(1, len(values) + 1)
    }
    return sorted(filled | tab.styles.keys())


def _set_view(sheet: Worksheet, tab: ComputedTab) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.sheet_view.rightToLeft = tab.right_to_left or None
    if tab.frozen_rows or tab.frozen_columns:
        sheet.freeze_panes = f"{column_letters(tab.frozen_columns + 1)}{tab.frozen_rows + 1}"
    if tab.filtered:
        sheet.auto_filter.ref = tab.filtered.a1


def _set_page(sheet: Worksheet, tab: ComputedTab) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A3 if sum(tab.widths) > A4_HOLDS_CHARACTERS else A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    properties: Any = sheet.sheet_properties
    properties.pageSetUpPr.fitToPage = True
    properties.tabColor = tab.tab_colour
    margins = sheet.page_margins
    margins.left = margins.right = margins.top = MARGIN
    margins.bottom = 2 * MARGIN
    sheet.print_title_rows = f"1:{tab.header_row}"
    footer: Any = sheet.oddFooter
    footer.left.text = tab.footer.replace("&", "&&")
    footer.right.text = "&P / &N"
    footer.left.size = footer.right.size = 8
