"""Making what a write needs before values can go in: one request for all of it, and a listing where none is known.

made = Making(target).make(patch, draft, needs)
made.draft, made.seen, made.strangers   # without the rows that are no longer where they were read
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sheetflow.cells import Patch
from sheetflow.workbooks.google.address import editing_url
from sheetflow.workbooks.google.anchored_rows import (
    SHOWN,
    cells_in,
    formula_columns,
    shown_ranges,
    strangers,
    with_their_tables,
)
from sheetflow.workbooks.google.draft import Draft, keys_of, without
from sheetflow.workbooks.google.faults import GoogleFaultError
from sheetflow.workbooks.google.listing import GridTab, list_tabs
from sheetflow.workbooks.google.making_requests import after_making, requests_of
from sheetflow.workbooks.google.needs import Needs
from sheetflow.workbooks.google.seen import Seen
from sheetflow.workbooks.google.target import Target

REFUSED = "google_refused"
NOTHING = "spreadsheetId"
"""A field mask for an answer that nobody reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The draft as it can be written now, what is known of the sheet, and the rows that moved on, by key."""

    draft: Draft
    seen: Seen
    strangers: tuple[str, ...] = ()


class Making:
    """Makes anchors, columns, tabs, room and marks in one spreadsheet."""

    def __init__(self, target: Target) -> None:
        """Nothing is asked yet."""
        self._target = target

    def make(self, patch: Patch, draft: Draft, needs: Needs) -> Made:
        """Make all that is needed, and look whether the anchors got into the rows that they were made for."""
        listed = self._listed(needs)
        cells = cells_in(self._answer(patch, needs, listed))
        self._target.anchors.note([write.number for write in needs.anchors], ())
        rows = [write.row for write in needs.anchors]
        moved_on = with_their_tables(strangers(rows, self._target.seen, listed, cells), draft)
        formulas = formula_columns(rows, listed, cells)
        return Made(
            draft=without(draft, [row.key for row in moved_on], formulas),
            seen=after_making(needs, self._target.seen, listed),
            strangers=keys_of(moved_on),
        )

    def _listed(self, needs: Needs) -> Mapping[str, GridTab]:
        """The tabs by title, with what stands on those that get another look."""
        listed = self._target.seen.listed
        is_known = all(listed[t.sheet].rules is not None for t in needs.looks if t.sheet in listed)
        if not listed or not is_known:
            tabs = list_tabs(self._target.client, self._target.spreadsheet)
            listed = {tab.title: tab for tab in tabs}
        if needs.sheets - listed.keys():
            raise GoogleFaultError(
                "google_tab_unknown", address=editing_url(self._target.spreadsheet)
            )
        return listed

    def _answer(
        self, patch: Patch, needs: Needs, listed: Mapping[str, GridTab]
    ) -> Mapping[str, Any]:
        shown = shown_ranges(needs.anchors)
        fields = SHOWN if shown else NOTHING
        seen = self._target.seen
        requests = requests_of(needs, patch, seen, listed)
        try:
            return self._target.client.make(self._target.spreadsheet, requests, shown, fields)
        except GoogleFaultError as fault:
            if fault.code != REFUSED or not needs.anchors:
                raise
        # A number is taken: by a run that was cut short, or by a row whose cells were cleared.
        asked = [write.number for write in needs.anchors]
        self._target.look_for_anchors(asked)
        requests = requests_of(needs.knowing(self._target.anchors), patch, seen, listed)
        return self._target.client.make(self._target.spreadsheet, requests, shown, fields)
