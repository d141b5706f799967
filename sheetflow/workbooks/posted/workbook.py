"""A posted workbook behind the port: what it would write is kept as a patch, until the answer has gone out.

book = PostedWorkbook(tabs, epoch, most_rows)
recalculate(book, today)
book.answer() -> JSON
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sheetflow.cells import Patch, Snapshot
from sheetflow.errors import UserError
from sheetflow.workbooks.memory import MemoryWorkbook
from sheetflow.workbooks.port import WriteReport
from sheetflow.workbooks.posted.answer import Json, patch_document
from sheetflow.workbooks.posted.tables import PostedTab, check_sizes, table_of

EPOCH_OF_1904 = date(1904, 1, 1)


class PostedWorkbook:
    """Tabs that came with a request; they go when it is answered."""

    def __init__(self, tabs: Sequence[PostedTab], epoch: date, most_rows: int) -> None:
        """Take the tabs; `epoch` is the day of the number 0, `most_rows` is how long a tab may be.

        Raises:
            UserError: They are larger than workbooks of publications are.
        """
        check_sizes(tabs, most_rows)
        self._epoch = epoch
        self._cut = {tab.name for tab in tabs if tab.is_cut}
        tables = tuple(table_of(tab, epoch) for tab in tabs)
        self._tables = MemoryWorkbook(Snapshot(tables=tables, epoch=epoch))
        self._patch = Patch()

    def read(self, *, every_tab: bool = False) -> Snapshot:  # noqa: ARG002 - they all came
        """The tabs as they are now."""
        return self._tables.read()

    def write(self, patch: Patch) -> WriteReport:
        """Keep what is to be written; edits whose cell holds something else are left out.

        Raises:
            UserError: A tab that means something was not posted to its end.
        """
        cut = next((sheet for sheet in patch.sheets if sheet in self._cut), None)
        if cut is not None:
            raise UserError("posted_tab_cut", sheet=cut)
        report = self._tables.write(patch)
        skipped = set(map(id, report.skipped))
        edits = tuple(edit for edit in patch.edits if id(edit) not in skipped)
        self._patch = replace(patch, edits=edits)
        return report

    def answer(self) -> Json:
        """What is to be written, as JSON."""
        return patch_document(self._patch, self._epoch)
