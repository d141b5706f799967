"""Check: what is wrong with a workbook, without planning it."""

from __future__ import annotations

from datetime import date

from sheetflow.translate.reading import Reading, read_workspace
from sheetflow.workbooks.port import Workbook


def check(workbook: Workbook, today: date) -> Reading:
    """Read the workbook; the result holds what was understood and every problem."""
    return read_workspace(workbook.read(every_tab=True), today)
