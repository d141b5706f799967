"""A sheet's print: all that its XML says, but for the cells that may differ and what merely follows from them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, zip_longest

from sheetflow.workbooks.xlsx.package.addresses import column_of
from sheetflow.workbooks.xlsx.package.tags import local, strict_parser

ADDRESS = re.compile(r"([A-Z]+)(\d+)")
APART = frozenset({"dimension", "cols", "conditionalFormatting"})
BESIDE_THE_ROWS = 2  # directly in the worksheet; extensions have elements of such names too


def is_same_text(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two texts are the same, whatever the pieces that they come in."""
    left = right = ""
    for more, others in zip_longest(one, other, fillvalue=""):
        left, right = left + more, right + others
        both = min(len(left), len(right))
        if left[:both] != right[:both]:
            return False
        left, right = left[both:], right[both:]
    return left == right


class SheetPrint:
    """Hears one tag after another; the columns and the conditional formats are set apart, in their order.

    Rows that hold nothing but cells which may differ, the range that the sheet says it fills, and the spans of rows
    are left out.
    """

    def __init__(self, cells: Collection[tuple[int, int]]) -> None:
        """These cells, (row, column), may differ."""
        self.columns: list[str] = []
        self.formats: list[str] = []
        self._cells = cells
        self._said: list[str] = []
        self._row = self._column = 0
        self._new_row: list[str] | None = None
        self._level = self._depth = 0
        self._apart: list[str] | None = None

    def of(self, xml: Iterable[bytes]) -> Iterator[str]:
        """What the sheet says, in one pass over its pieces; raises ExpatError where they are no XML."""
        parser = strict_parser()
        parser.ordered_attributes = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        for piece in chain(xml, [b""]):
            parser.Parse(piece, not piece)
            yield "".join(self._said)
            self._said.clear()

    def _start(self, name: str, attributes: list[str]) -> None:
        self._level += 1
        if self._depth:
            self._inside(name, attributes)
            return
        kind = local(name)
        if kind == "row":
            self._begin_row(attributes)
            return
        if kind == "c":
            if not self._is_kept(attributes):
                self._depth, self._apart = 1, None
                return
            if self._new_row is not None:
                self._tell_row()
        elif kind in APART and self._level == BESIDE_THE_ROWS:
            self._depth, self._apart = 0, self._set_apart(kind)
            self._inside(name, attributes)
            return
        self._said.append(f"\0<{name}\0" + "\0".join(attributes) + "\0")

    def _inside(self, name: str, attributes: list[str]) -> None:
        self._depth += 1
        if self._apart is not None:
            self._apart.append("\0".join([f"<{name}", *attributes]))

    def _set_apart(self, kind: str) -> list[str] | None:
        return {"cols": self.columns, "conditionalFormatting": self.formats}.get(kind)

    def _begin_row(self, attributes: list[str]) -> None:
        said = dict(zip(attributes[::2], attributes[1::2], strict=True))
        self._row, self._column = int(said.pop("r", self._row + 1)), 0
        said.pop("spans", None)
        self._new_row = [f"{key}\0{value}" for key, value in said.items()]
        if said:
            self._tell_row()

    def _tell_row(self) -> None:
        self._said.append(f"\0row{self._row}\0" + "\0".join(self._new_row or []) + "\0")
        self._new_row = None

    def _is_kept(self, attributes: list[str]) -> bool:
        said = attributes[1] if attributes and attributes[0] == "r" else ""
        found = ADDRESS.fullmatch(said)
        if found is None:
            self._column += 1
        else:
            self._column, self._row = column_of(found[1].encode()), int(found[2])
        return (self._row, self._column) not in self._cells

    def _end(self, name: str) -> None:
        self._level -= 1
        if self._depth:
            self._depth -= 1
            if self._apart is not None:
                self._apart.append(f">{self._depth}")
        elif local(name) == "row":
            if self._new_row is None:
                self._said.append("\0>\0")
            self._new_row = None
        else:
            self._said.append("\0>\0")

    def _text(self, text: str) -> None:
        if not self._depth:
            self._said.append(text)
        elif self._apart is not None:
            self._apart.append(text)
