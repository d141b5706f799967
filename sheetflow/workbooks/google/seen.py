"""The spreadsheet as it was seen last: what a patch was computed from, and where anchors were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from sheetflow.cells import Patch, Snapshot, Table
from sheetflow.workbooks.google.dressing import undressed
from sheetflow.workbooks.google.listing import GridTab
from sheetflow.workbooks.google.watch import Watch, watch_in

Size: TypeAlias = tuple[int, int]
"""Rows and columns of a tab's grid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Tables and sizes by tab; `listed` are the tabs of a listing (none where no listing was needed).

    Of the tabs in `parts` only some lines were read: the digests of rows, and what a later run reads again. Where it
    `knows_formulas`, the tables hold all that stand in columns that SheetFlow fills.
    `anchors` tells the row in which each anchor stood at that same moment, as far as that is known.
    """

    tables: Mapping[str, Table]
    sizes: Mapping[str, Size]
    listed: Mapping[str, GridTab] = field(default_factory=dict)
    anchors: Mapping[int, int] = field(default_factory=dict)
    parts: frozenset[str] = frozenset()
    knows_formulas: bool = False

    @property
    def watch(self) -> Watch | None:
        """What the watch tells."""
        return watch_in(self.tables.values())

    @property
    def snapshot(self) -> Snapshot:
        """The workbook as the rest of SheetFlow sees it."""
        return Snapshot(
            tables=tuple(map(undressed, self.tables.values())), may_lack_tabs=not self.listed
        )

    def tells_formulas(self, patch: Patch) -> bool:
        """Whether all formulas are known that stand in columns which the patch fills and which are there already."""
        if self.knows_formulas:
            return True
        watched = [ref for ref in patch.filled if self.table(ref.sheet).values_only]
        present = [ref for ref in watched if self.table(ref.sheet).at(ref.row, ref.column)]
        return not present or (self.watch is not None and self.watch.covers(present))

    def table(self, sheet: str) -> Table:
        """What stands in a tab; a blank one where there is no such tab."""
        blank = Table(sheet=sheet, values_only=True, dates_are_numbers=True)
        return self.tables.get(sheet, blank)
