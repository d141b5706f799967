"""A Google spreadsheet as a workbook.

GoogleWorkbook(spreadsheet, client)
.read(every_tab=False) -> Snapshot      # steady state: 1 request; the first time 4; with every_tab: 3
.write(patch) -> WriteReport   # steady state: 1 request; see writing.py
"""

from __future__ import annotations

from dataclasses import replace

from sheetflow.cells import Patch, Snapshot
from sheetflow.workbooks.google.client import SheetsClient
from sheetflow.workbooks.google.faults import GoogleFaultError, LostAnswerError
from sheetflow.workbooks.google.needs import Anchors
from sheetflow.workbooks.google.reading import (
    list_tabs,
    read_listed,
    read_marked,
    size_of,
    table_of,
)
from sheetflow.workbooks.google.seen import Seen
from sheetflow.workbooks.google.target import Target
from sheetflow.workbooks.google.writing import Writing
from sheetflow.workbooks.port import WriteReport
from sheetflow.workbooks.standing import part_edits

LISTINGS = 3
"""How often the tabs are listed anew when one of them is renamed between the listing and the reading."""

MOST_FAILURES = 2
"""How often in a row a write may fail for reasons that another reading may mend."""

OUT_OF_STEP = {"google_refused", "google_tab_unknown"}
"""The refusals of what was right a moment ago: a row or a tab is gone, a number is taken, a sheet has shrunk."""


class GoogleWorkbook:
    """Reads a spreadsheet in as few requests as can be, and writes into it while people edit it."""

    def __init__(self, spreadsheet: str, client: SheetsClient) -> None:
        """Nothing is asked yet."""
        self._spreadsheet = spreadsheet
        self._client = client
        self._seen: Seen | None = None
        self._anchors = Anchors()
        self._failures = 0

    @property
    def account(self) -> str:
        """The address that the spreadsheet must be shared with; blank where it is not known."""
        return self._client.transport.access.account

    def read(self, *, every_tab: bool = False) -> Snapshot:
        """All tabs that carry our mark; where none does, or `every_tab` is wanted, all tabs that hold cells.

        Raises:
            UserError: Google did not let us in, or did not answer in time.
        """
        self._client.transport.begin()
        marked = () if every_tab else read_marked(self._client, self._spreadsheet)
        tables = {table.sheet: table for table in map(table_of, marked)}
        sizes = {table_of(area).sheet: size_of(area) for area in marked}
        self._seen = Seen(tables=tables, sizes=sizes) if tables else self._read_all()
        return self._seen.snapshot

    def write(self, patch: Patch) -> WriteReport:
        """Write a patch that was computed from what was read last, or from what the last report told.

        Raises:
            UserError: Google refused it, or did not answer in time.
        """
        self._client.transport.begin()
        seen = self._seen or self._read_all()
        edits, skipped = part_edits(patch.edits, seen.tables)
        target = Target(
            client=self._client, spreadsheet=self._spreadsheet, seen=seen, anchors=self._anchors
        )
        try:
            report, self._seen = Writing(target).write(replace(patch, edits=edits))
        except GoogleFaultError as fault:
            return self._failed(fault, patch)
        self._failures = 0
        return replace(report, skipped=skipped)

    def _failed(self, fault: GoogleFaultError, patch: Patch) -> WriteReport:
        """A write that another reading may mend counts as drift; whoever wrote it reads again."""
        self._failures += 1
        lost = isinstance(fault, LostAnswerError)
        if self._failures > MOST_FAILURES or not (lost or fault.code in OUT_OF_STEP):
            raise fault
        return WriteReport(
            drifted=tuple(dict.fromkeys(row.sheet for row in patch.rows)) or patch.sheets
        )

    def _read_all(self) -> Seen:
        for left in reversed(range(LISTINGS)):
            tabs = list_tabs(self._client, self._spreadsheet)
            try:
                tables = read_listed(self._client, self._spreadsheet, tabs)
            except GoogleFaultError as fault:
                if fault.code != "google_tab_unknown" or not left:
                    raise
                continue
            return Seen(
                tables={table.sheet: table for table in tables},
                sizes={tab.title: (tab.rows, tab.columns) for tab in tabs},
                listed={tab.title: tab for tab in tabs},
            )
        raise AssertionError
