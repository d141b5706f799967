"""Where a table begins: the row that holds its headers, found by what stands in it."""

from __future__ import annotations

from collections.abc import Sequence

from sheetflow.cells import Table, Value
from sheetflow.translate.vocabulary import NOT_OURS, Vocabulary

ROWS_SEARCHED = 30
LONGEST_HEADER = 60


def find_header_row(
    table: Table, group: str, required: Sequence[str], words: Vocabulary
) -> int | None:
    """The first row with all required headers; of several the one with most headers; None where there is none."""
    counts = {
        row: len(known)
        for row in range(1, min(ROWS_SEARCHED, len(table.rows)) + 1)
        if (known := headers_in(table.rows[row - 1], group, words)) >= set(required)
    }
    return max(counts, key=lambda row: (counts[row], -row), default=None)


def fullest_row(table: Table, group: str, required: Sequence[str], words: Vocabulary) -> set[str]:
    """The required headers that the best row has, to say which ones are missing."""
    rows = table.rows[:ROWS_SEARCHED]
    found = (headers_in(row, group, words) & set(required) for row in rows)
    return max(found, key=len, default=set())


def headers_in(cells: Sequence[Value], group: str, words: Vocabulary) -> set[str]:
    """All canonical headers that the texts of a row may stand for."""
    return {
        name
        for cell in cells
        if isinstance(cell, str) and cell.strip() and len(cell) <= LONGEST_HEADER
        for name in words.candidates(group, cell)
        if name != NOT_OURS
    }
