"""Planning what a workbook holds without writing anything, in the process that plans."""

from __future__ import annotations

from datetime import date

from sheetflow.cells import Snapshot
from sheetflow.engine.planner import Effort
from sheetflow.usecases.explain import Explanation, explain
from sheetflow.usecases.recalculate import Outcome, recalculate
from sheetflow.workbooks.memory import MemoryWorkbook


def trial_run(snapshot: Snapshot, today: date) -> Outcome:
    """What a run would come to."""
    return recalculate(MemoryWorkbook(snapshot), today, dry_run=True)


def explained(snapshot: Snapshot, today: date, publication: str, step: str | None) -> Explanation:
    """Why a step of a publication is where it is; raises UserError where there is none of that name."""
    return explain(MemoryWorkbook(snapshot), today, publication, step, Effort.FAST)
