"""Parting what is written into requests that are not too large."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sheetflow.workbooks.google.writes import Entry

LARGEST_BATCH = 1_900_000
"""Bytes of one request's entries; Google asks for no more than 2 MB, the rest of the request included."""


def batches(entries: Iterable[Entry], largest: int = LARGEST_BATCH) -> list[list[Entry]]:
    """The entries in their order, in as few requests as can be; one entry is never parted."""
    found: list[list[Entry]] = [[]]
    room = largest
    for entry in entries:
        size = len(json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()) + 1
        if size > room and found[-1]:
            found.append([])
            room = largest
        found[-1].append(entry)
        room -= size
    return found
