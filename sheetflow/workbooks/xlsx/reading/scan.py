"""A light pass over a sheet's XML for what a reader of values leaves out: formulas, errors, blank texts they yield."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sheetflow.cells import CellFault
from sheetflow.workbooks.xlsx.package.addresses import column_of
from sheetflow.workbooks.xlsx.package.tags import local, strict_parser

WORTH_A_PASS = re.compile(rb"<(?:\w+:)?f[\s>/]|\st=[\"']e[\"']")
ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")


@dataclass(slots=True)
class SheetScan:
    """Formulas by (row, column), and the values left out: an error, or the blank text that a formula was saved with."""

    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    left_out: dict[tuple[int, int], CellFault | str] = field(default_factory=dict)


def scan_sheet(xml: bytes) -> SheetScan:
    """The formulas and errors of one sheet; raises ExpatError where the XML is broken."""
    scan = SheetScan()
    if WORTH_A_PASS.search(xml):
        _Pass(scan).run(xml)
    return scan


class _Pass:
    """Walks the elements of a sheet, remembering where it is."""

    def __init__(self, scan: SheetScan) -> None:
        self._scan = scan
        self._row = self._column = 0
        self._in_cell = self._wanted = self._is_fault = self._is_text = False
        self._text: list[str] = []
        self._shared: dict[str, str] = {}
        self._group: str | None = None

    def run(self, xml: bytes) -> None:
        parser = strict_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._take
        parser.Parse(xml, True)  # noqa: FBT003 - expat's own signature

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local(name)
        if kind == "c":
            self._in_cell = True
            self._place(attributes)
        elif kind == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif self._in_cell and (kind == "f" or (kind == "v" and self._may_be_left_out())):
            self._wanted, self._text = True, []
            self._group = attributes.get("si") if attributes.get("t") == "shared" else None

    def _may_be_left_out(self) -> bool:
        """An error, or the text of a formula: in a cell without either a blank value says nothing."""
        is_formula = (self._row, self._column) in self._scan.formulas
        return self._is_fault or (self._is_text and is_formula)

    def _place(self, attributes: dict[str, str]) -> None:
        self._is_fault = attributes.get("t") == "e"
        self._is_text = attributes.get("t") == "str"
        found = ADDRESS.fullmatch(attributes.get("r", ""))
        if found is None:
            self._column += 1
        else:
            self._column, self._row = column_of(found[1].encode()), int(found[2])

    def _take(self, text: str) -> None:
        if self._wanted:
            self._text.append(text)

    def _end(self, name: str) -> None:
        if local(name) == "c":
            self._in_cell = False
        if not self._wanted:
            return
        self._wanted = False
        text, place = "".join(self._text), (self._row, self._column)
        if local(name) == "v":
            if self._is_fault or not text:
                self._scan.left_out[place] = CellFault(text) if self._is_fault else ""
            return
        if self._group is not None:
            # Only the first cell of a shared formula holds its text; the others are shown with that one.
            text = self._shared.setdefault(self._group, text)
        self._scan.formulas[place] = f"={text}"
