"""A Google spreadsheet as a workbook.

GoogleWorkbook(spreadsheet, client)
.read(every_tab=False) -> Snapshot      # steady state: 1 request, the first time 4; with every_tab 1 more or 3
.write(patch) -> WriteReport   # steady state: 1 request; see writing.py
"""

from __future__ import annotations

from dataclasses import replace

from sheetflow.cells import Patch, Snapshot
from sheetflow.workbooks.google.client import SheetsClient
from sheetflow.workbooks.google.faults import GoogleFaultError, LostAnswerError
from sheetflow.workbooks.google.listing import list_tabs
from sheetflow.workbooks.google.needs import Anchors
from sheetflow.workbooks.google.reading import read_listed, read_marked, with_formulas
from sheetflow.workbooks.google.seen import Seen
from sheetflow.workbooks.google.target import Target
from sheetflow.workbooks.google.worn import worn_by
from sheetflow.workbooks.google.writing import Writing
from sheetflow.workbooks.port import WriteReport
from sheetflow.workbooks.standing import part_edits

LISTINGS = 3
"""How often the tabs are listed anew when one of them is renamed, or its rows are moved, while it is read."""

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
        self._must_see_all = False

    @property
    def account(self) -> str:
        """The address that the spreadsheet must be shared with; blank where it is not known."""
        return self._client.transport.access.account

    def title(self) -> str:
        """The name that the spreadsheet has; raises UserError where Google does not let us in."""
        self._client.transport.begin()
        shown = self._client.spreadsheets_get(self._spreadsheet, {"fields": "properties.title"})
        return str(shown["properties"]["title"])

    def read(self, *, every_tab: bool = False) -> Snapshot:
        """All tabs that carry our mark; where none does, or `every_tab` is wanted, all tabs that hold cells.

        Raises:
            UserError: Google did not let us in, or did not answer in time.
        """
        self._client.transport.begin()
        before, self._seen = self._seen, None
        must_see_all, self._must_see_all = self._must_see_all, False
        seen = None if must_see_all else self._read_quickly(before, every_tab=every_tab)
        self._seen = seen or self._read_all()
        return self._seen.snapshot

    def _read_quickly(self, before: Seen | None, *, every_tab: bool) -> Seen | None:
        """What marks tell, or what they told `before` with every tab; None where that does not do, or tabs change."""
        try:
            if not every_tab:
                return self._marked()
            return None if before is None else self._with_new_tabs(before)
        except GoogleFaultError as fault:
            if fault.code != "google_tab_unknown":
                raise
            return None

    def _marked(self) -> Seen | None:
        """What carries our mark, if anything does, with formulas where the watch tells of any."""
        found = read_marked(self._client, self._spreadsheet)
        if not found:
            return None
        seen = Seen(
            tables={sheet: part.table for sheet, part in found.items()},
            sizes={sheet: part.size for sheet, part in found.items()},
            parts=frozenset(sheet for sheet, part in found.items() if not part.is_whole),
        )
        theirs = [table for table in seen.tables.values() if not worn_by(table)]
        has_run = len(theirs) < len(seen.tables)
        if not has_run or (seen.watch and seen.watch.is_clear):
            return seen
        known, is_sound = with_formulas(self._client, self._spreadsheet, theirs)
        tables = {**seen.tables, **{table.sheet: table for table in known}}
        return replace(seen, tables=tables, knows_formulas=True) if is_sound else None

    def _with_new_tabs(self, seen: Seen) -> Seen | None:
        """What was read just now by its marks, and all tabs without them; None where that does not fit together."""
        if seen.listed or not (seen.watch or seen.knows_formulas):
            return None
        tabs = {tab.title: tab for tab in list_tabs(self._client, self._spreadsheet)}
        known = {title for title, tab in tabs.items() if tab.is_marked}
        if known != seen.tables.keys():
            return None
        others = [tab for title, tab in tabs.items() if title not in known]
        tables_read, is_sound = read_listed(self._client, self._spreadsheet, others)
        if not is_sound:
            return None
        read = {table.sheet: table for table in tables_read}
        tables = {
            title: read.get(title) or replace(seen.tables[title], merged=tab.merges)
            for title, tab in tabs.items()
        }
        sizes = {title: (tab.rows, tab.columns) for title, tab in tabs.items()}
        return replace(seen, tables=tables, sizes=sizes, listed=tabs)

    def write(self, patch: Patch) -> WriteReport:
        """Write a patch that was computed from what was read last, or from what the last report told.

        Raises:
            UserError: Google refused it, or did not answer in time.
        """
        self._client.transport.begin()
        seen = self._seen or self._read_all()
        if not seen.tells_formulas(patch):
            self._must_see_all = True
            return WriteReport(drifted=patch.sheets)
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
                tables, is_sound = read_listed(self._client, self._spreadsheet, tabs)
            except GoogleFaultError as fault:
                if fault.code != "google_tab_unknown" or not left:
                    raise
                continue
            if left and not is_sound:
                continue
            return Seen(
                tables={table.sheet: table for table in tables},
                sizes={tab.title: (tab.rows, tab.columns) for tab in tabs},
                listed={tab.title: tab for tab in tabs},
                knows_formulas=True,
            )
        raise AssertionError
