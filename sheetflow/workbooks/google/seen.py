"""The spreadsheet as it was seen last: what a patch was computed from, and where anchors were."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from sheetflow.cells import Snapshot, Table
from sheetflow.workbooks.google.dressing import undressed
from sheetflow.workbooks.google.reading import GridTab

Size: TypeAlias = tuple[int, int]
"""Rows and columns of a tab's grid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Tables and sizes by tab; `listed` are the tabs of a listing (none where no listing was needed).

    `anchors` tells the row in which each anchor stood at that same moment, as far as that is known.
    """

    tables: Mapping[str, Table]
    sizes: Mapping[str, Size]
    listed: Mapping[str, GridTab] = field(default_factory=dict)
    anchors: Mapping[int, int] = field(default_factory=dict)

    @property
    def snapshot(self) -> Snapshot:
        """The workbook as the rest of SheetFlow sees it."""
        return Snapshot(
            tables=tuple(map(undressed, self.tables.values())), may_lack_tabs=not self.listed
        )

    def table(self, sheet: str) -> Table:
        """What stands in a tab; a blank one where there is no such tab."""
        blank = Table(sheet=sheet, values_only=True, dates_are_numbers=True)
        return self.tables.get(sheet, blank)
