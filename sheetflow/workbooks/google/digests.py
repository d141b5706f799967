"""Rows that are known by their digests: what was written into a large tab need not be read to be known.

digest_of(row) -> str                               # of the values of a row, the same on every machine
with_digests(rows, column)                          # the rows below the first with their digests in a column
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from hashlib import blake2b

from sheetflow.cells import Value
from sheetflow.workbooks.google.serials import carried_value

MOST_READ = 60_000
"""A tab with more cells is known by its digests."""

BYTES = 6
Row = tuple[Value, ...]


def digest_of(row: Sequence[Value]) -> str:
    """Eight letters; two different rows have the same ones once in 280 million million times."""
    told = repr([carried_value(value) for value in row])
    return b64encode(blake2b(told.encode(), digest_size=BYTES).digest()).decode()


def with_digests(rows: Sequence[Row], column: int) -> tuple[Row, ...]:
    """Each row below the first with its digest in the column, which lies behind all others; blank rows have none."""
    head = rows[:1]
    return (*head, *(_with_digest(row, column) for row in rows[1:]))


def _with_digest(row: Row, column: int) -> Row:
    return (*row, *(None,) * (column - 1 - len(row)), digest_of(row)) if any_value(row) else row


def any_value(row: Sequence[Value]) -> bool:
    """Whether anything stands in the row."""
    return any(value is not None for value in row)
