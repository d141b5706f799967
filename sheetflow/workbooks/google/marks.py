"""Marks: developer metadata of what is read in one request, whatever a tab is called by then and wherever it stands.

A tab carries the mark itself, and is read whole. Of a large tab of our own the header's rows and some columns carry it;
the tab is then known by another mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sheetflow.workbooks.google.cell_formats import Json
from sheetflow.workbooks.google.grid_ranges import lines

TAB_MARK = "t"
"""The key of whatever is read."""

PART_MARK = "p"
"""The key of a tab of which only marked lines are read."""

MARKS = {TAB_MARK, PART_MARK}


def mark_requests(sheet_id: int) -> Iterator[Json]:
    """Marks a tab to be read whole."""
    yield metadata_request({"metadataKey": TAB_MARK, "location": {"sheetId": sheet_id}})


def line_mark_requests(sheet_id: int, rows: int, columns: Iterable[int]) -> Iterator[Json]:
    """Marks so many rows at the top of a tab, and these columns, to be read alone."""
    yield metadata_request({"metadataKey": PART_MARK, "location": {"sheetId": sheet_id}})
    places = [("ROWS", row) for row in range(1, rows + 1)]
    places += [("COLUMNS", column) for column in columns]
    for dimension, place in places:
        line = {"dimensionRange": lines(sheet_id, dimension, place, place)}
        yield metadata_request({"metadataKey": TAB_MARK, "location": line})


def unmark_requests(sheet_id: int | None = None) -> Iterator[Json]:
    """Takes the marks of a tab and of its lines away; of all tabs where none is named."""
    within: Mapping[str, Any] = (
        {}
        if sheet_id is None
        else {
            "metadataLocation": {"sheetId": sheet_id},
            "locationMatchingStrategy": "INTERSECTING_LOCATION",
        }
    )
    for key in sorted(MARKS):
        lookup = {"metadataKey": key, **within}
        found = {"developerMetadataLookup": lookup}
        yield {"deleteDeveloperMetadata": {"dataFilter": found}}


def metadata_request(told: Mapping[str, Any]) -> Json:
    """Attaches developer metadata that every program sees that may see the spreadsheet."""
    return {"createDeveloperMetadata": {"developerMetadata": {**told, "visibility": "DOCUMENT"}}}
