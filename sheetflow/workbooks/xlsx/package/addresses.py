"""Addresses as a file writes them: `F`, `A2`, `A2:D9`, several of them parted by spaces."""

from __future__ import annotations

import re
from functools import cache

from sheetflow.cells import CellRange

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
AREA = re.compile(r"\$?([A-Z]{0,3})\$?(\d{0,7})(?::\$?([A-Z]{0,3})\$?(\d{0,7}))?")


@cache
def column_of(letters: bytes) -> int:
    """The column of its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def area_of(ref: str) -> CellRange | None:
    """The rectangle of an address, of whole columns (`A:C`) and whole rows too; None where it is no address."""
    found = AREA.fullmatch(ref)
    if found is None or not ref:
        return None
    left, top, right, bottom = found.groups()
    if right is None:
        right, bottom = left, top
    area = CellRange(
        first_row=int(top or 1),
        first_column=column_of(left.encode()) or 1,
        last_row=int(bottom or LAST_ROW),
        last_column=column_of(right.encode()) or LAST_COLUMN,
    )
    return area if _is_upright(area) else None


def areas_of(refs: str) -> list[CellRange]:
    """The rectangles of a list of addresses, as far as they are such."""
    return [area for ref in refs.split() if (area := area_of(ref)) is not None]


def meet(one: CellRange, other: CellRange) -> bool:
    """Whether two rectangles have a cell in common."""
    return (
        one.first_row <= other.last_row
        and other.first_row <= one.last_row
        and one.first_column <= other.last_column
        and other.first_column <= one.last_column
    )


def _is_upright(area: CellRange) -> bool:
    return (
        1 <= area.first_row <= area.last_row <= LAST_ROW
        and 1 <= area.first_column <= area.last_column <= LAST_COLUMN
    )
