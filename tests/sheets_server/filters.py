"""Data filters: by address, by grid range, or by developer metadata."""

from __future__ import annotations

from sheets_server.addresses import area_of
from sheets_server.areas import Area
from sheets_server.metadata import Directory
from sheets_server.refusals import Json, invalid
from sheets_server.state import Book


def areas(book: Book, directory: Directory, data_filter: Json) -> list[Area]:
    """The areas that a filter matches; metadata of the whole spreadsheet means every sheet."""
    if "a1Range" in data_filter:
        return [area_of(book, data_filter["a1Range"])]
    if "gridRange" in data_filter:
        area = Area.of_json(data_filter["gridRange"])
        book.sheet(area.sheet)
        return [area]
    if "developerMetadataLookup" not in data_filter:
        raise invalid("A data filter must be specified.")
    found: list[Area] = []
    for _, place in directory.found(data_filter["developerMetadataLookup"]):
        area_there = place.area()
        found += [area_there] if area_there else [Area(each.number) for each in book.sheets]
    return found
