"""How far the cells of a sheet really reach, whatever the sheet says of itself."""

from __future__ import annotations

import re

from sheetflow.workbooks.xlsx.package.addresses import column_of

MOST_CELLS = 2_000_000
LARGEST_AREA = 6_000_000
USUAL_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
USUAL_ROW = re.compile(rb'<row r="(\d{1,7})"')
OPENING = re.compile(rb"<(?:\w+:)?(?:c|row)[\s/>]")
TAG = re.compile(rb"<(?:\w+:)?(c|row)((?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*+)\s*(/?)>")
PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{0,3})(\d{0,7})[\"']")


class Reach:
    """The rectangle from A1 that a reader must hold to hold all cells with something in them."""

    def __init__(self) -> None:
        """No cell has been seen."""
        self.cells = 0
        self.is_too_far = False
        self._last_row = self._last_column = self._row = self._column = 0

    def see(self, xml: bytes, *, has_asides: bool) -> None:
        """The next part of the sheet, cut behind a tag; `has_asides` tells of comments, in which anything may stand."""
        count = xml.count(b"<c") + xml.count(b":c") - xml.count(b"<co")
        self.cells += count
        if self.is_too_far or self.cells > MOST_CELLS:
            return
        cells, rows = USUAL_CELL.findall(xml), USUAL_ROW.findall(xml)
        is_usual = (len(cells), len(rows)) == (count, xml.count(b"<row") + xml.count(b":row"))
        if not is_usual or not self._takes(cells, rows):
            self._walk(xml, has_asides=has_asides)

    def _takes(self, cells: list[tuple[bytes, bytes]], rows: list[bytes]) -> bool:
        """Reach as far as all of these, if that is not too far."""
        numbers = {*rows, *(digits for _, digits in cells)}
        last_row = max(self._last_row, max(map(int, numbers), default=0))
        letters = {letters for letters, _ in cells}
        last_column = max(self._last_column, max(map(column_of, letters), default=0))
        if last_row * last_column > LARGEST_AREA:
            return False
        self._last_row, self._last_column = last_row, last_column
        self._row, self._column = last_row, last_column
        return True

    def _walk(self, xml: bytes, *, has_asides: bool) -> None:
        """Go from tag to tag; what holds only a format needs no memory, so the last row of a sheet may have one."""
        tags = TAG.findall(xml)
        if len(tags) != len(OPENING.findall(xml)):
            self.is_too_far = True  # tags written so that their places cannot be told
            return
        for kind, attributes, closing in tags:
            self._step(kind == b"row", PLACE.search(attributes), has_asides=has_asides)
            if kind == b"c" and not closing:
                self._last_row = max(self._last_row, self._row)
                self._last_column = max(self._last_column, self._column)
        self.is_too_far = self._last_row * self._last_column > LARGEST_AREA

    def _step(self, is_row: bool, place: re.Match[bytes] | None, *, has_asides: bool) -> None:  # noqa: FBT001 - the tag's kind
        letters, digits = place.groups() if place else (b"", b"")
        if is_row:
            row = int(digits) if digits else self._row + 1
            self._row = max(row, self._row) if has_asides else row
            self._column = self._column if has_asides else 0
        elif letters and digits:
            self._row, self._column = int(digits), column_of(letters.upper())
        else:
            self._column += 1
