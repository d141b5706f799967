"""A computed tab as the XML of a sheet of its own, with all that makes it worth looking at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape
from io import BytesIO

from sheetflow.cells import CellRange, ComputedTab, column_letters
from sheetflow.workbooks.xlsx.package.parts import DrawnSheet
from sheetflow.workbooks.xlsx.styles.rules_xml import rule_elements
from sheetflow.workbooks.xlsx.styles.styles import StyleSheet
from sheetflow.workbooks.xlsx.tabs.charts import drawing_part
from sheetflow.workbooks.xlsx.tabs.sheet_rows import look_rows, row_elements

OPENING = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
)
CLOSING = b"</worksheet>"
A4_HOLDS_CHARACTERS = 170
A4, A3 = 9, 8
ROW_HEIGHT = 20.0
MARGIN = 0.4
FOOTER_SIZE = 8


def drawn(tab: ComputedTab, styles: StyleSheet, epoch: date) -> DrawnSheet:
    """The tab as a sheet; looks that the style sheet lacks are added to it; `epoch` is the day of number 0."""
    content = BytesIO()
    content.write(OPENING + _head(tab) + b"<sheetData>")
    content.writelines(row_elements(tab, styles, epoch))
    content.write(b"</sheetData>" + b"".join(_behind_rows(tab, styles)) + CLOSING)
    return DrawnSheet(
        xml=content.getvalue(),
        parts=(drawing_part(tab),) if tab.charts else (),
        filtered=_fixed(tab.filtered) if tab.filtered else None,
        titles=f"$1:${tab.header_row}" if tab.header_row else None,
    )


def _head(tab: ComputedTab) -> bytes:
    """What stands before the rows."""
    colour = f'<tabColor rgb="FF{tab.tab_colour}"/>' if tab.tab_colour else ""
    parts = (
        f'<sheetPr>{colour}<pageSetUpPr fitToPage="1"/></sheetPr>',
        f'<dimension ref="{_extent(tab).a1}"/>',
        _view(tab),
        f'<sheetFormatPr defaultRowHeight="{ROW_HEIGHT:g}" customHeight="1"/>',
        _columns(tab),
    )
    return "".join(parts).encode()


def _extent(tab: ComputedTab) -> CellRange:
    looks = look_rows(tab)
    widest = max(map(len, (*tab.rows, *looks)), default=1)
    return CellRange(1, 1, max(len(tab.rows), len(looks), 1), max(widest, 1))


def _view(tab: ComputedTab) -> str:
    turned = ' rightToLeft="1"' if tab.right_to_left else ""
    opening = f'<sheetViews><sheetView showGridLines="0"{turned} workbookViewId="0">'
    return f"{opening}{_pane(tab)}</sheetView></sheetViews>"


def _pane(tab: ComputedTab) -> str:
    rows, columns = tab.frozen_rows, tab.frozen_columns
    if not (rows or columns):
        return ""
    pane = "bottomRight" if rows and columns else "bottomLeft" if rows else "topRight"
    splits = (f'xSplit="{columns}" ' if columns else "") + (f'ySplit="{rows}" ' if rows else "")
    corner = f"{column_letters(columns + 1)}{rows + 1}"
    return (
        f'<pane {splits}topLeftCell="{corner}" activePane="{pane}" state="frozen"/>'
        f'<selection pane="{pane}" activeCell="{corner}" sqref="{corner}"/>'
    )


def _columns(tab: ComputedTab) -> str:
    columns = "".join(
        f'<col min="{number}" max="{number}" width="{width:g}" customWidth="1"/>'
        if width
        else f'<col min="{number}" max="{number}" width="0" hidden="1" customWidth="1"/>'
        for number, width in enumerate(tab.widths, start=1)
    )
    return f"<cols>{columns}</cols>" if columns else ""


def _behind_rows(tab: ComputedTab, styles: StyleSheet) -> Iterator[bytes]:
    """What stands behind the rows, in the order that the format asks for."""
    if tab.filtered:
        yield f'<autoFilter ref="{tab.filtered.a1}"/>'.encode()
    if tab.merges:
        merges = "".join(f'<mergeCell ref="{merge.a1}"/>' for merge in tab.merges)
        yield f'<mergeCells count="{len(tab.merges)}">{merges}</mergeCells>'.encode()
    for _, element in rule_elements(tab.rules, styles):
        yield element
    yield _page(tab).encode()
    if tab.charts:
        yield b'<drawing r:id="rId1"/>'


def _page(tab: ComputedTab) -> str:
    paper = A3 if sum(tab.widths) > A4_HOLDS_CHARACTERS else A4
    return (
        f'<pageMargins left="{MARGIN}" right="{MARGIN}" top="{MARGIN}" bottom="{2 * MARGIN}" '
        f'header="{MARGIN / 2}" footer="{MARGIN}"/>'
        f'<pageSetup paperSize="{paper}" orientation="landscape" fitToWidth="1" '
        f'fitToHeight="{tab.on_one_page:d}"/>'
        f"<headerFooter><oddFooter>{_footer(tab)}</oddFooter></headerFooter>"
    )


def _footer(tab: ComputedTab) -> str:
    # A blank keeps a number at the beginning of the text apart from the size of the letters.
    title = f"&{FOOTER_SIZE} " + tab.footer.replace("&", "&&")
    pages = f"&{FOOTER_SIZE} &P / &N"
    left, right = (pages, title) if tab.right_to_left else (title, pages)
    return escape(f"&L{left}&R{right}", quote=False)


def _fixed(area: CellRange) -> str:
    """The range as a defined name holds it: `$A$1:$D$9`."""
    first = f"${column_letters(area.first_column)}${area.first_row}"
    return f"{first}:${column_letters(area.last_column)}${area.last_row}"
