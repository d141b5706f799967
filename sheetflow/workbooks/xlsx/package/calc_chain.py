"""The order in which a spreadsheet last calculated its formulas: it must name no cell that holds none."""

from __future__ import annotations

from sheetflow.workbooks.xlsx.package.elements import Cut, attributes, children, cut, root


def without_sheet(xml: bytes, sheet_id: int) -> bytes | None:
    """The chain without the cells of one sheet; None where no cell is left."""
    sheet, gone, kept = "", [], 0
    for cell in children(xml, root(xml)):
        sheet = attributes(cell).get("i", sheet)
        if sheet == str(sheet_id):
            gone.append(Cut(start=cell.start, end=cell.end, new=b""))
        elif cell.local == "c":
            kept += 1
    return cut(xml, gone) if kept else None
