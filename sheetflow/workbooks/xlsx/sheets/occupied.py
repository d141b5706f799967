"""Rectangles of a worksheet in which something else than a typed value decides what is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sheetflow.cells import CellRange
from sheetflow.workbooks.xlsx.package.addresses import area_of
from sheetflow.workbooks.xlsx.package.elements import attributes, child, children, root
from sheetflow.workbooks.xlsx.sheets.worksheet import Worksheet

KIND = re.compile(rb"\st\s*=\s*[\"'](array|dataTable)[\"']")
AREA = re.compile(rb"\sref\s*=\s*[\"']([^\"']*)[\"']")


def merged_areas(worksheet: Worksheet) -> Iterator[CellRange]:
    """The cells that are merged into one."""
    for group in worksheet.elements("mergeCells"):
        for merge in children(worksheet.quiet, group):
            if area := area_of(attributes(merge).get("ref", "")):
                yield area


def array_areas(worksheet: Worksheet) -> Iterator[CellRange]:
    """The cells that one formula fills: an array, or what spills from one cell."""
    return _filled(worksheet, b"array")


def data_table_areas(worksheet: Worksheet) -> Iterator[CellRange]:
    """The results of what-if data tables."""
    return _filled(worksheet, b"dataTable")


def pivot_areas(pivots: Iterable[bytes]) -> Iterator[CellRange]:
    """The cells of pivot tables, given their parts, with the filters above them."""
    for xml in pivots:
        location = child(xml, root(xml), "location")
        said = attributes(location) if location else {}
        if area := area_of(said.get("ref", "")):
            filters = int(said.get("rowPageCount", "0"))
            top = area.first_row - (filters + 1 if filters else 0)
            yield CellRange(max(1, top), area.first_column, area.last_row, area.last_column)


def _filled(worksheet: Worksheet, wanted: bytes) -> Iterator[CellRange]:
    for tag in worksheet.formulas():
        kind, said = KIND.search(tag), AREA.search(tag)
        area = area_of(said[1].decode()) if said else None
        if kind and kind[1] == wanted and area:
            yield area
