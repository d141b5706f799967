"""Protected ranges: who may not write where. The owner always may; a warning stops nobody."""

from __future__ import annotations

from collections.abc import Iterable

from sheets_server.areas import Area
from sheets_server.refusals import PROTECTED, Json, invalid
from sheets_server.state import Book, Sheet


def guard(book: Book, sheet: Sheet, account: str, places: Iterable[tuple[int, int]]) -> None:
    """Refuse where any of the cells is protected from this account."""
    closed = [
        each for each in sheet.parts.get("protectedRanges", ()) if not _open(book, each, account)
    ]
    if not closed:
        return
    for row, column in places:
        if any(_covers(book, sheet, each, row, column) for each in closed):
            raise invalid(PROTECTED)


def guard_area(book: Book, area: Area, account: str) -> None:
    """Refuse where any protected cell lies in the area."""
    sheet = book.sheet(area.sheet)
    for each in sheet.parts.get("protectedRanges", ()):
        if not _open(book, each, account) and _area(book, sheet, each).meets(area):
            raise invalid(PROTECTED)


def _open(book: Book, protection: Json, account: str) -> bool:
    editors = protection.get("editors", {}).get("users", ())
    return account == book.owner or bool(protection.get("warningOnly")) or account in editors


def _area(book: Book, sheet: Sheet, protection: Json) -> Area:
    if "namedRangeId" in protection:
        for each in book.named_ranges:
            if each["namedRangeId"] == protection["namedRangeId"]:
                return Area.of_json(each["range"])
    return Area.of_json({"sheetId": sheet.number, **protection.get("range", {})})


def _covers(book: Book, sheet: Sheet, protection: Json, row: int, column: int) -> bool:
    inside = _area(book, sheet, protection).covers(row, column)
    free = (Area.of_json(each) for each in protection.get("unprotectedRanges", ()))
    return inside and not any(each.covers(row, column) for each in free)
