"""Writing cells into a worksheet's XML: their bytes change, and those that must tell of them, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from sheetflow.cells import EXCEL_EPOCH, CellRange, Value, column_letters
from sheetflow.workbooks.xlsx.package.elements import Cut, appended, attributes, pieces
from sheetflow.workbooks.xlsx.sheets.cell_xml import cell_content
from sheetflow.workbooks.xlsx.sheets.sheet_frame import (
    column_cuts,
    dimension_cuts,
    rule_cuts,
    span_of,
)
from sheetflow.workbooks.xlsx.sheets.sheet_tags import CellSpot, RowSpot
from sheetflow.workbooks.xlsx.sheets.worksheet import Place, Worksheet

OF_THE_OLD_VALUE = re.compile(rb"\s(?:t|cm|vm|ph)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
STYLE = re.compile(rb"\ss\s*=\s*[\"'](\d+)[\"']")
CUSTOM_FORMAT = re.compile(rb"\scustomFormat\s*=\s*[\"'](?:1|true)[\"']")
SPANS = re.compile(rb"\sspans\s*=\s*[\"']([\d: ]+)[\"']")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellWrite:
    """A value to put into a cell; `style` is the number of its look, None keeps the one that stands there."""

    row: int
    column: int
    value: Value
    style: int | None = None


def spliced(
    worksheet: Worksheet,
    writes: Iterable[CellWrite],
    *,
    widths: Mapping[int, float] | None = None,
    rules: Sequence[tuple[CellRange, bytes]] = (),
    epoch: date = EXCEL_EPOCH,
) -> Iterator[bytes]:
    """The worksheet's XML with these cells, each at one of its `places`, piece by piece: the whole is never made.

    `widths`, in characters, are for columns whose width nobody has chosen. `rules` are conditional formats, each an
    element without a prefix, for areas that have no such rule yet.
    """
    ordered = sorted(writes, key=attrgetter("row", "column"))
    writer = _Writer(worksheet, epoch)
    rows = groupby(ordered, attrgetter("row"))
    cuts = _inside(
        worksheet, [made for row, cells in rows for made in writer.cuts(row, list(cells))]
    )
    if cuts:
        cuts += dimension_cuts(worksheet, [(write.row, write.column) for write in ordered])
    cuts += column_cuts(worksheet, widths or {})
    cuts += rule_cuts(worksheet, rules)
    return pieces(worksheet.xml, sorted(cuts, key=attrgetter("start", "end")))


def present_styles(worksheet: Worksheet) -> dict[Place, int]:
    """The number of the look at each of the places: the cell's own; where there is no cell, its row's or column's."""
    of_columns = column_styles(worksheet)
    return {place: _present_style(worksheet, place, of_columns) for place in set(worksheet.places)}


def column_styles(worksheet: Worksheet) -> dict[int, int]:
    """The numbers of the looks of whole columns, for the columns of the places."""
    wanted = {column for _, column in worksheet.places}
    found: dict[int, int] = {}
    for one in worksheet.columns:
        said = attributes(one)
        if style := int(said.get("style", "0")):
            found |= {column: style for column in wanted if column in span_of(one)}
    return found


def _present_style(worksheet: Worksheet, place: Place, of_columns: Mapping[int, int]) -> int:
    spot = worksheet.cells.get(place)
    if spot is not None and spot.tag:
        own = STYLE.search(spot.tag)
        return int(own[1]) if own else 0
    row = worksheet.rows.get(place[0])
    tag = worksheet.quiet[row.start : row.inner] if row else b""
    style = STYLE.search(tag)
    if style and CUSTOM_FORMAT.search(tag):
        return int(style[1])
    return of_columns.get(place[1], 0)


class _Writer:
    """Makes the cuts of one worksheet, row by row."""

    def __init__(self, worksheet: Worksheet, epoch: date) -> None:
        self._sheet = worksheet
        self._epoch = epoch
        self._prefix = worksheet.prefix
        self._of_columns = column_styles(worksheet)

    def cuts(self, number: int, writes: list[CellWrite]) -> Iterator[Cut]:
        row = self._sheet.rows.get(number)
        if row is not None and not row.is_closed:
            yield from self._into(row, writes)
            return
        cells = b"".join(map(self._new_cell, writes))
        if not cells:
            return
        closing = f"</{self._prefix}row>".encode()
        if row is None:
            at = self._sheet.new_row_at(number)
            opening = f'<{self._prefix}row r="{number}">'.encode()
            yield Cut(start=at, end=at, new=opening + cells + closing)
            return
        slash = self._sheet.xml.rindex(b"/", row.start, row.inner)
        yield from self._wider_spans(row, writes)
        yield Cut(start=slash, end=row.inner, new=b">" + cells + closing)

    def _into(self, row: RowSpot, writes: list[CellWrite]) -> Iterator[Cut]:
        added = []
        for write in writes:
            spot = self._sheet.cells[write.row, write.column]
            new = self._changed_cell(spot, write) if spot.tag else self._new_cell(write)
            if new and not spot.tag:
                added.append(write)
            if new:
                yield Cut(start=spot.start, end=spot.end, new=new)
        yield from self._wider_spans(row, added)

    def _changed_cell(self, spot: CellSpot, write: CellWrite) -> bytes:
        tag = spot.tag[:-1].removesuffix(b"/").rstrip()
        tag = OF_THE_OLD_VALUE.sub(b"", tag)
        if write.style is not None:
            named = b' s="%d"' % write.style
            tag, replaced = STYLE.subn(named, tag)
            tag += b"" if replaced or not write.style else named
        return tag + cell_content(write.value, self._epoch, self._prefix)

    def _new_cell(self, write: CellWrite) -> bytes:
        """The XML of a cell that is not there yet, nothing where a blank one would say nothing."""
        if write.value in (None, "") and write.style is None:
            return b""
        style = write.style
        if style is None:
            place = (write.row, write.column)
            style = _present_style(self._sheet, place, self._of_columns)
        look = f' s="{style}"' if style else ""
        start = f'<{self._prefix}c r="{column_letters(write.column)}{write.row}"{look}'
        return start.encode() + cell_content(write.value, self._epoch, self._prefix)

    def _wider_spans(self, row: RowSpot, added: list[CellWrite]) -> Iterator[Cut]:
        """A row may say which columns its cells lie in, and must not say it wrongly."""
        said = SPANS.search(self._sheet.xml, row.start, row.inner)
        if said is None or not added:
            return
        ends = [int(end) for end in re.findall(rb"\d+", said[1])]
        columns = [write.column for write in added]
        if min(columns) < min(ends) or max(columns) > max(ends):
            wider = b"%d:%d" % (min(*ends, *columns), max(*ends, *columns))
            yield Cut(start=said.start(1), end=said.end(1), new=wider)


def _inside(worksheet: Worksheet, cuts: list[Cut]) -> list[Cut]:
    """The cuts in the rows, or the first rows of a sheet that had none."""
    if cuts and worksheet.data.is_closed:
        new = b"".join(one.new for one in cuts)
        return [appended(worksheet.xml, worksheet.data, new)]
    return cuts
