"""Places in a sheet as the API's other requests name them: from 0, the end not included.

grid_range(sheet_id, area) -> dict               # a GridRange
down_from(sheet_id, row, first, last) -> dict    # these columns from a row on, as far down as the sheet goes
lines(sheet_id, "COLUMNS", 3, 5) -> dict         # a DimensionRange
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import TypeVar

from sheetflow.cells import CellRange
from sheetflow.workbooks.google.cell_formats import Json

MOST_COLUMNS = 18_278
Mark = TypeVar("Mark")


def grid_range(sheet_id: int, area: CellRange) -> Json:
    """The cells of the area."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": area.first_row - 1,
        "endRowIndex": area.last_row,
        "startColumnIndex": area.first_column - 1,
        "endColumnIndex": area.last_column,
    }


def down_from(sheet_id: int, row: int, first_column: int, last_column: int) -> Json:
    """The columns from the row on."""
    return {
        "sheetId": sheet_id,
        "startRowIndex": row - 1,
        "startColumnIndex": first_column - 1,
        "endColumnIndex": last_column,
    }


def lines(sheet_id: int, dimension: str, first: int, last: int | None) -> Json:
    """The rows or columns from the first to the last; to the end of the sheet where there is no last."""
    end = {} if last is None else {"endIndex": last}
    return {"sheetId": sheet_id, "dimension": dimension, "startIndex": first - 1, **end}


def runs(marks: Iterable[Mark]) -> Iterator[tuple[int, int, Mark]]:
    """Each run of equal marks: the first and the last place, from 1, and the mark."""
    for mark, group in groupby(enumerate(marks, start=1), key=lambda pair: pair[1]):
        places = [place for place, _ in group]
        yield places[0], places[-1], mark


def columns_of(areas: Iterable[Mapping[str, int]]) -> frozenset[int]:
    """The columns that GridRanges cover; one without an end covers all that a sheet can have."""
    return frozenset(
        column
        for area in areas
        for column in range(
            area.get("startColumnIndex", 0) + 1, area.get("endColumnIndex", MOST_COLUMNS) + 1
        )
    )
