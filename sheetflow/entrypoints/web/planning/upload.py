"""Planning a file that was sent to us, in the process that plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sheetflow.cells import Patch, Snapshot
from sheetflow.errors import UserError
from sheetflow.translate.reading import read_workspace
from sheetflow.usecases.recalculate import Outcome, recalculate
from sheetflow.wiring.workbooks import open_received
from sheetflow.workbooks.port import Workbook, WriteReport


def recalculated_file(received: Path, written: Path, today: date, most_rows: int) -> Outcome:
    """Plan the file that was received, and write it with its plan beside it."""
    workbook = Bounded(open_received(received, written), today, most_rows)
    return recalculate(workbook, today)


@dataclass(frozen=True, slots=True)
class Bounded:
    """A workbook that is planned only where it holds no more publications than it may."""

    workbook: Workbook
    today: date
    most_rows: int

    def read(self, *, every_tab: bool = False) -> Snapshot:
        """The whole workbook; raises UserError where a tab of publications holds more rows."""
        snapshot = self.workbook.read(every_tab=every_tab)
        if any(len(table.rows) > self.most_rows for table in snapshot.tables):
            self._check_publications(snapshot)
        return snapshot

    def _check_publications(self, snapshot: Snapshot) -> None:
        """Tabs of our own have a row a step, and are no trouble."""
        for tab in read_workspace(snapshot, self.today).layout.publications:
            if tab.last_row - tab.header_row > self.most_rows:
                raise UserError("posted_tab_long", sheet=tab.sheet, most=self.most_rows)

    def write(self, patch: Patch) -> WriteReport:
        """Write the patch."""
        return self.workbook.write(patch)
