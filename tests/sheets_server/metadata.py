"""Developer metadata: where each is attached, finding it by a lookup, making, changing and deleting it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sheets_server.areas import Area
from sheets_server.refusals import Json, Refusal, invalid
from sheets_server.state import COLUMNS, ROWS, Book, Line, Metadata, Sheet

QUOTA = 30_000
_LINES = {ROWS: "ROW", COLUMNS: "COLUMN"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where metadata is attached: the spreadsheet (no sheet), a sheet (no dimension), or one of its lines."""

    sheet: int | None = None
    dimension: str | None = None
    index: int = 0

    @property
    def kind(self) -> str:
        """The locationType."""
        if self.sheet is None:
            return "SPREADSHEET"
        return _LINES[self.dimension] if self.dimension else "SHEET"

    def json(self) -> Json:
        """The DeveloperMetadataLocation."""
        if self.sheet is None:
            return {"locationType": "SPREADSHEET", "spreadsheet": True}
        if self.dimension is None:
            return {"locationType": "SHEET", "sheetId": self.sheet}
        line: Json = {"sheetId": self.sheet} if self.sheet else {}
        line |= {"dimension": self.dimension, "startIndex": self.index, "endIndex": self.index + 1}
        return {"locationType": self.kind, "dimensionRange": line}

    def area(self) -> Area | None:
        """The cells it means; None for the whole spreadsheet."""
        if self.sheet is None:
            return None
        if self.dimension == ROWS:
            return Area(self.sheet, self.index, self.index + 1)
        if self.dimension == COLUMNS:
            return Area(self.sheet, left=self.index, right=self.index + 1)
        return Area(self.sheet)

    def meets(self, other: Place) -> bool:
        """Whether the two intersect, as the strategy INTERSECTING_LOCATION has it."""
        mine, its = self.area(), other.area()
        return mine is None or its is None or mine.meets(its)


def as_json(metadata: Metadata, place: Place) -> Json:
    """A DeveloperMetadata."""
    value = {} if metadata.value is None else {"metadataValue": metadata.value}
    return {
        "metadataId": metadata.number,
        "metadataKey": metadata.key,
        **value,
        "location": place.json(),
        "visibility": metadata.visibility,
    }


def everywhere(book: Book) -> Iterator[tuple[Metadata, Place]]:
    """All metadata of a book with its place: the spreadsheet's, then sheet by sheet, rows before columns."""
    for each in book.anchors:
        yield each, Place()
    for sheet in book.sheets:
        for each in sheet.anchors:
            yield each, Place(sheet.number)
        for dimension in (ROWS, COLUMNS):
            for index, line in enumerate(sheet.lines(dimension)):
                for each in line.anchors:
                    yield each, Place(sheet.number, dimension, index)


class Directory:
    """All metadata of a book at one moment, ready for many lookups; ask for a new one after an edit."""

    def __init__(self, book: Book) -> None:
        """Look through the book once."""
        self.by_number: dict[int, tuple[Metadata, Place]] = {}
        self.by_key: dict[str, list[tuple[Metadata, Place]]] = {}
        for metadata, place in everywhere(book):
            self.by_number[metadata.number] = metadata, place
            self.by_key.setdefault(metadata.key, []).append((metadata, place))

    def found(self, lookup: Mapping[str, Any]) -> list[tuple[Metadata, Place]]:
        """All that a DeveloperMetadataLookup matches; an empty lookup matches everything."""
        if "metadataId" in lookup:
            one = self.by_number.get(lookup["metadataId"])
            candidates = [one] if one else []
        elif "metadataKey" in lookup:
            candidates = self.by_key.get(lookup["metadataKey"], [])
        else:
            candidates = list(self.by_number.values())
        tests = list(_tests(lookup))
        return [each for each in candidates if all(test(*each) for test in tests)]


def _tests(lookup: Mapping[str, Any]) -> Iterator[Callable[[Metadata, Place], bool]]:
    if "metadataKey" in lookup:
        yield lambda metadata, _: metadata.key == lookup["metadataKey"]
    if "metadataValue" in lookup:
        yield lambda metadata, _: metadata.value == lookup["metadataValue"]
    if "visibility" in lookup:
        yield lambda metadata, _: metadata.visibility == lookup["visibility"]
    if "locationType" in lookup:
        yield lambda _, place: place.kind == lookup["locationType"]
    if "metadataLocation" in lookup:
        wanted = place_of(lookup["metadataLocation"])
        exact = lookup.get("locationMatchingStrategy", "EXACT_LOCATION") == "EXACT_LOCATION"
        yield lambda _, place: place == wanted if exact else place.meets(wanted)


def place_of(location: Mapping[str, Any]) -> Place:
    """The place that a DeveloperMetadataLocation names; one row or one column, no more."""
    if location.get("spreadsheet"):
        return Place()
    if "sheetId" in location:
        return Place(location["sheetId"])
    line = location.get("dimensionRange")
    if not line or "dimension" not in line:
        raise invalid("A location is required for developer metadata.")
    start, end = line.get("startIndex", 0), line.get("endIndex")
    if end is None or end - start != 1:
        raise invalid("The dimension range must represent a single row or column.")
    return Place(line.get("sheetId", 0), line["dimension"], start)


def attach(book: Book, metadata: Metadata, place: Place) -> None:
    """Attach metadata to a place of a book that may be changed."""
    if place.sheet is None:
        book.anchors = (*book.anchors, metadata)
        return
    sheet = book.to_edit(place.sheet)
    if place.dimension is None:
        sheet.anchors = (*sheet.anchors, metadata)
        return
    lines = sheet.lines(place.dimension)
    if place.index >= len(lines):
        raise invalid(
            f"Cannot add developer metadata to a {place.kind.lower()} that does not exist."
        )
    line = lines[place.index]
    lines[place.index] = replace(line, anchors=(*line.anchors, metadata))


def detach(book: Book, metadata: Metadata, place: Place) -> None:
    """Take metadata from its place in a book that may be changed."""
    if place.sheet is None:
        book.anchors = _less(book.anchors, metadata)
        return
    sheet = book.to_edit(place.sheet)
    if place.dimension is None:
        sheet.anchors = _less(sheet.anchors, metadata)
        return
    lines: list[Line] = sheet.lines(place.dimension)
    line = lines[place.index]
    lines[place.index] = replace(line, anchors=_less(line.anchors, metadata))


def _less(anchors: tuple[Metadata, ...], metadata: Metadata) -> tuple[Metadata, ...]:
    return tuple(each for each in anchors if each.number != metadata.number)


def check_quota(book: Book) -> None:
    """Refuse a book in which keys and values of a sheet's metadata are longer than Google allows."""
    if _length(book.anchors) > QUOTA or any(_length(_held(sheet)) > QUOTA for sheet in book.sheets):
        raise _over()


def _held(sheet: Sheet) -> Iterator[Metadata]:
    yield from sheet.anchors
    for line in (*sheet.rows, *sheet.columns):
        yield from line.anchors


def _length(held: Any) -> int:
    return sum(len(each.key) + len(each.value or "") for each in held)


def _over() -> Refusal:
    return invalid(f"Developer metadata exceeds the limit of {QUOTA} characters.")
