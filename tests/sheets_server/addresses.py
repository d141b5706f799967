"""Reading addresses: A1 and R1C1 notation, sheets and named ranges by name."""

from __future__ import annotations

import re

from sheets_server.areas import Area
from sheets_server.refusals import invalid
from sheets_server.state import Book, Sheet

_CORNER = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9]\d*)?")
_R1C1 = re.compile(r"[Rr]([1-9]\d*)[Cc]([1-9]\d*)")


def area_of(book: Book, address: str) -> Area:
    """The area that an address means; raises Google's refusal where it means none.

    A name alone is a cell or a range of the first sheet, then a named range, then a sheet; in quotes it is a sheet.
    """
    title, place = _parted(address)
    if title is None:
        return _bare(book, address)
    sheet = book.titled(title)
    if sheet is None:
        raise _unreadable(address)
    if place is None:
        return Area(sheet.number)
    found = _placed(sheet, place) or _named(book, place)
    if found is None or found.sheet != sheet.number:
        raise _unreadable(address)
    return found


def _bare(book: Book, address: str) -> Area:
    found = _placed(book.first(), address) or _named(book, address)
    if found is not None:
        return found
    sheet = book.titled(address)
    if sheet is None:
        raise _unreadable(address)
    return Area(sheet.number)


def _parted(address: str) -> tuple[str | None, str | None]:
    if address.startswith("'"):
        matched = re.fullmatch(r"'((?:[^']|'')*)'(?:!(.*))?", address, re.DOTALL)
        if matched is None:
            raise _unreadable(address)
        return matched[1].replace("''", "'"), matched[2]
    title, mark, place = address.rpartition("!")
    return (title, place) if mark else (None, address)


def _placed(sheet: Sheet, place: str) -> Area | None:
    first, _, second = place.partition(":")
    start = _corner(first)
    end = _corner(second) if second else start
    if start is None or end is None or (":" in place and not second):
        return None
    if not second and None in start:
        return None
    if (start[0] is None and end[0] is not None) or (start[1] is None and end[1] is not None):
        start, end = end, start
    top, bottom = _span(start[0], end[0])
    left, right = _span(start[1], end[1])
    return Area(sheet.number, top, bottom, left, right)


def _span(start: int | None, end: int | None) -> tuple[int | None, int | None]:
    if start is not None and end is not None:
        return min(start, end), max(start, end) + 1
    return start, None


def _corner(text: str) -> tuple[int | None, int | None] | None:
    by_number = _R1C1.fullmatch(text)
    if by_number:
        return _index(by_number[1]), _index(by_number[2])
    matched = _CORNER.fullmatch(text)
    if not text or matched is None:
        return None
    column = column_index(matched[1]) if matched[1] else None
    return _index(matched[2]), column


def _index(digits: str | None) -> int | None:
    return int(digits) - 1 if digits else None


def column_index(letters: str) -> int:
    """The index of a column by its letters: A is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _named(book: Book, name: str) -> Area | None:
    for each in book.named_ranges:
        if each["name"].casefold() == name.casefold():
            return Area.of_json(each["range"])
    return None


def _unreadable(address: str) -> Exception:
    return invalid(f"Unable to parse range: {address}")
