"""What is written: cells of a row through its anchor, and areas of tabs of our own by their address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from sheetflow.cells import CellRange, KeyedRow
from sheetflow.workbooks.google.addresses import quoted
from sheetflow.workbooks.google.anchors import by_anchor
from sheetflow.workbooks.google.serials import Carried

Entry: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWrite:
    """Cells of one row by column, written wherever the row's anchor is by then."""

    row: KeyedRow
    number: int
    cells: Mapping[int, Carried]

    @property
    def entry(self) -> Entry:
        """The row up to its last changed cell; None leaves a cell as it is."""
        values = [self.cells.get(column) for column in range(1, max(self.cells) + 1)]
        return {"dataFilter": by_anchor(self.number), "values": [values]}

    @property
    def fills_key(self) -> bool:
        """Whether the row gets its key now."""
        return self.row.key_column in self.cells


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaWrite:
    """A rectangle of a tab of our own from its top left corner on; None leaves a cell as it is."""

    sheet: str
    row: int
    column: int
    values: tuple[tuple[Carried, ...], ...]

    @property
    def entry(self) -> Entry:
        """The rectangle by its address."""
        area = CellRange(
            self.row,
            self.column,
            self.row + len(self.values) - 1,
            self.column + max(map(len, self.values)) - 1,
        )
        place = f"{quoted(self.sheet)}!{area.a1}"
        return {"dataFilter": {"a1Range": place}, "values": [list(row) for row in self.values]}

    @property
    def end(self) -> tuple[int, int]:
        """Its last row and its last column."""
        width = max(map(len, self.values))
        return self.row + len(self.values) - 1, self.column + width - 1
