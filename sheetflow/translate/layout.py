"""Where everything stands in a workbook: tabs, header rows and columns, as they were found by their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sheetflow.cells import CellRef
from sheetflow.errors import Problem

REQUIRED = ("Publication", "Type", "Delivery date")
INPUTS = (
    *("ID", "Publication", "Type", "Client", "Campaign", "Channel", "Delivery date", "Priority"),
    *("Not before", "Status", "Current step", "Owners", "Skip", "Days"),
)
COMPUTED = ("Flag", "Why", "Start by", "Step owner", "Step due", "Ready by", "Forecast", "Slack")
COMPUTED_TABS = ("Steps", "Today", "Workload", "Timeline", "Problems", "Changes", "History")


class StepColumn(NamedTuple):
    """A column such as `Design due`: the step as its header names it, `owner`, `start` or `due`, and where it is."""

    step: str
    what: str
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One table: `columns` by canonical header; the last row and the last column are the last that hold anything."""

    sheet: str
    header_row: int
    columns: Mapping[str, int]
    first_row: int
    last_row: int
    last_column: int

    def ref(self, row: int, header: str) -> CellRef:
        """The cell of a row under a header; the header row's first cell where there is no such column."""
        return CellRef(self.sheet, row, self.columns.get(header, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationsTab(Tab):
    """A table of publications.

    `new_ids` by row, where the sheet has none yet. `blocked` is why none of its rows can be planned.
    """

    step_columns: tuple[StepColumn, ...] = ()
    new_ids: Mapping[int, str] = field(default_factory=dict)
    blocked: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """All tables of a workbook: `tabs` by canonical name (Team, Settings, Steps ...), without those of publications.

    `computed` names the sheets that SheetFlow owns, by their canonical names.
    """

    publications: tuple[PublicationsTab, ...]
    tabs: Mapping[str, Tab] = field(default_factory=dict)
    computed: Mapping[str, str] = field(default_factory=dict)
