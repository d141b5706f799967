"""The part of an Excel table: its rectangle, its rows of headers and totals, and its columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from sheetflow.cells import CellRange
from sheetflow.workbooks.xlsx.package.addresses import area_of
from sheetflow.workbooks.xlsx.package.elements import Element, attributes, child, children, root

ORDINARY = {"", "worksheet"}


@dataclass(frozen=True, kw_only=True)
class ExcelTable:
    """The part of a table; raises ValueError where it is none."""

    xml: bytes

    @cached_property
    def element(self) -> Element:
        """The table."""
        return root(self.xml)

    @cached_property
    def said(self) -> dict[str, str]:
        """Its attributes."""
        return attributes(self.element)

    @cached_property
    def area(self) -> CellRange:
        """All its cells, with headers and totals."""
        area = area_of(self.said.get("ref", ""))
        if area is None:
            raise ValueError("a table without a place")
        return area

    @property
    def header(self) -> CellRange | None:
        """Its headers."""
        if self.said.get("headerRowCount", "1") == "0":
            return None
        return replace(self.area, last_row=self.area.first_row)

    @property
    def totals(self) -> CellRange | None:
        """Its row of totals."""
        rows = int(self.said.get("totalsRowCount", "0"))
        return replace(self.area, first_row=self.area.last_row - rows + 1) if rows else None

    @property
    def columns(self) -> list[Element]:
        """What it says of each column."""
        section = child(self.xml, self.element, "tableColumns")
        return children(self.xml, section) if section else []

    @property
    def is_calculated(self) -> bool:
        """Whether a column is filled by a formula of its own."""
        inside = (children(self.xml, column) for column in self.columns)
        return any(one.local == "calculatedColumnFormula" for parts in inside for one in parts)

    @property
    def can_grow(self) -> bool:
        """Whether its extent is a matter of what is typed, and of nothing else."""
        said = self.said
        return (
            self.header is not None
            and said.get("tableType", "") in ORDINARY
            and said.get("insertRow", "0") in {"0", "false"}
            and len(self.columns) == self.area.last_column - self.area.first_column + 1
        )
