"""Cells that must not be written: something else fills them, or speaks of what they say, or hides them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheetflow.cells import CellRange, CellRef
from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.package.addresses import LAST_COLUMN, LAST_ROW
from sheetflow.workbooks.xlsx.sheets.excel_table import ExcelTable
from sheetflow.workbooks.xlsx.sheets.occupied import (
    array_areas,
    data_table_areas,
    merged_areas,
    pivot_areas,
)
from sheetflow.workbooks.xlsx.sheets.worksheet import Place, Worksheet


def refuse_made_cells(
    worksheet: Worksheet, *, tables: Iterable[bytes] = (), pivots: Iterable[bytes] = ()
) -> None:
    """Let the sheet pass where all its places may be written; its tables and pivot tables are given as their parts.

    Raises:
        UserError: One of the places may not be written: the code tells why, the facts name the cell.
    """
    for code, (row, column) in made_cells(worksheet, tables=tables, pivots=pivots):
        cell = CellRef(worksheet.sheet, row, column).a1
        raise UserError(code, sheet=worksheet.sheet, cell=cell)


def made_cells(
    worksheet: Worksheet, *, tables: Iterable[bytes] = (), pivots: Iterable[bytes] = ()
) -> Iterator[tuple[str, Place]]:
    """Those of the places that may not be written, each with the code of the reason."""
    yield from (("cell_beyond_sheet", place) for place in worksheet.places if _is_beyond(*place))
    yield from (("cell_holds_formula", place) for place in _formulas(worksheet))
    targets = _Targets(worksheet.places)
    for code, area in _areas(worksheet, tables, pivots):
        yield from ((code, place) for place in targets.inside(area))
    for area in merged_areas(worksheet):
        covered = (place for place in targets.inside(area) if area.covers(*place))
        yield from (("cell_in_merge", place) for place in covered)


def _areas(
    worksheet: Worksheet, tables: Iterable[bytes], pivots: Iterable[bytes]
) -> Iterator[tuple[str, CellRange]]:
    yield from (("cell_in_array", area) for area in array_areas(worksheet))
    yield from (("cell_in_data_table", area) for area in data_table_areas(worksheet))
    yield from (("cell_in_pivot", area) for area in pivot_areas(pivots))
    for table in (ExcelTable(xml=xml) for xml in tables):
        if table.header:
            yield "cell_in_table_header", table.header
        if table.totals:
            yield "cell_in_totals_row", table.totals


def _is_beyond(row: int, column: int) -> bool:
    return row > LAST_ROW or column > LAST_COLUMN


class _Targets:
    """The places by row: most areas are low, or meet none of them."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._columns: dict[int, list[int]] = {}
        for row, column in sorted(set(places)):
            self._columns.setdefault(row, []).append(column)

    def inside(self, area: CellRange) -> Iterator[Place]:
        for row in self._rows(range(area.first_row, area.last_row + 1)):
            for column in self._columns[row]:
                if area.first_column <= column <= area.last_column:
                    yield row, column

    def _rows(self, rows: range) -> list[int]:
        if len(rows) < len(self._columns):
            return [row for row in rows if row in self._columns]
        return [row for row in self._columns if row in rows]


def _formulas(worksheet: Worksheet) -> Iterator[Place]:
    for place, spot in worksheet.cells.items():
        if next(worksheet.formulas(spot.start, spot.end), None):
            yield place
