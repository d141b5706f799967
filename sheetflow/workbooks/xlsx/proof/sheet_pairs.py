"""Two states of a sheet, row beside row as bytes: quick where only cells were replaced or added in their rows."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from itertools import pairwise, zip_longest

ROW_END, CELL = b"</row>", b'<c r="'
FIRST_ROW = re.compile(rb"<row[\s>]")
SPANS = re.compile(rb'\sspans="[\d: ]*"')
WRITTEN_CELL = re.compile(
    rb'[A-Z]+\d+"(?:\s[a-z]+="[^"<>]*")*'
    rb"(?:/>|>(?:<v>[^<>]*</v>|<is><t(?:\s[\w:]+=\"[^\"<>]*\")*>[^<]*</t></is>)?</c>)"
)


def frames_of_same_rows(
    old: Iterable[bytes], new: Iterable[bytes], cells: Container[bytes]
) -> tuple[bytes, bytes] | None:
    """Both sheets without their rows, where all rows are the same, byte for byte, but for these cells.

    None means that this cannot be told so: cells may have been written in some other way. Cells are named as in the
    file: `B7`. Whether the XML is well-formed is not looked at; both come in pieces.
    """
    frames = _Frame(), _Frame()
    for one, other in zip_longest(frames[0].rows(old), frames[1].rows(new)):
        if one is None or other is None:
            return None
        if one != other and not _same_but_for(one, other, cells):
            return None
    return frames[0].xml, frames[1].xml


class _Frame:
    """What stands before the rows of a sheet and behind them."""

    xml = b""

    def rows(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The rows, each without its end."""
        rest, is_before = b"", True
        for piece in pieces:
            rest += piece
            if is_before:
                first = FIRST_ROW.search(rest)
                if first is None:
                    continue
                self.xml, rest, is_before = rest[: first.start()], rest[first.start() :], False
            *rows, rest = rest.split(ROW_END)
            yield from rows
        self.xml += rest


def _same_but_for(old: bytes, new: bytes, cells: Container[bytes]) -> bool:
    old_head, *old_cells = old.split(CELL)
    new_head, *new_cells = new.split(CELL)
    if SPANS.sub(b"", old_head) != SPANS.sub(b"", new_head):
        return False
    kept = [cell for cell in old_cells if cell[: cell.find(b'"')] not in cells]
    if kept != [cell for cell in new_cells if cell[: cell.find(b'"')] not in cells]:
        return False
    if len(kept) < len(old_cells):
        replaced = [cell for cell in old_cells if cell[: cell.find(b'"')] in cells]
        if not all(map(_is_one_cell, replaced)):
            return False
    written = (cell for cell in new_cells if cell[: cell.find(b'"')] in cells)
    return all(map(WRITTEN_CELL.fullmatch, written)) and _is_in_order(new_cells)


def _is_one_cell(cell: bytes) -> bool:
    end = cell.find(b"</c>")
    return end == len(cell) - 4 or (b"<" not in cell and cell.endswith(b"/>"))


def _is_in_order(cells: list[bytes]) -> bool:
    """Whether the columns rise from cell to cell; more letters come after fewer."""
    places = [cell[: cell.find(b'"')].rstrip(b"0123456789") for cell in cells]
    keys = [(len(place), place) for place in places]
    return all(one < other for one, other in pairwise(keys))
