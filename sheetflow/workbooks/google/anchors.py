"""Anchors: developer metadata of a row, whose number follows from the row's key, so that none need be looked up.

anchor_numbers(keys) -> {key: number}
by_anchor(number) -> the filter that finds the row, wherever it has moved
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sheetflow.workbooks.google.numbering import number_from

ANCHOR_KEY = "r"
"""One letter and no value: Google allows 30,000 letters of metadata a tab, and so 30,000 rows."""


def anchor_numbers(keys: Iterable[str]) -> dict[str, int]:
    """The metadata ID of each key's anchor, positive numbers of 31 bits that are the same on every machine.

    Of two keys with the same number, the later in order of the alphabet takes the next one that is free.
    """
    numbers: dict[str, int] = {}
    taken: set[int] = set()
    for key in sorted(set(keys)):
        numbers[key] = number_from(key, taken)
        taken.add(numbers[key])
    return numbers


def by_anchor(number: int) -> dict[str, Any]:
    """The data filter of one anchor."""
    return {"developerMetadataLookup": {"metadataId": number}}


def anchor_in(data_filter: dict[str, Any]) -> int | None:
    """The anchor that a filter names; None where it names none."""
    number = data_filter.get("developerMetadataLookup", {}).get("metadataId")
    return None if number is None else int(number)
