"""Recalculate: read the workbook, plan it, prove the plan, and write it into the workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sheetflow.cells import CellEdit, Patch
from sheetflow.domain.plan import Plan
from sheetflow.engine.events import events_of
from sheetflow.engine.planner import Effort
from sheetflow.errors import Problem, Severity
from sheetflow.translate.bottlenecks import bottleneck_problems
from sheetflow.translate.reading import Reading, read_workspace
from sheetflow.translate.shown import shown_rows
from sheetflow.translate.writing import patch_for
from sheetflow.usecases.comparing import Comparison, compare
from sheetflow.usecases.proving import proved_plan
from sheetflow.workbooks.port import Workbook, WriteReport

Progress: TypeAlias = Callable[[str, float], None]
"""Hears which stage begins, and the share of the run that lies behind it (0 to 1)."""

SEARCHING = "Planning"
"""The stage that may be ended early: see StopSearchError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run read, planned and wrote; a dry run has no `report`, and alone has a `comparison` with the sheet."""

    reading: Reading
    plan: Plan
    patch: Patch
    report: WriteReport | None
    problems: tuple[Problem, ...]
    comparison: Comparison | None = None


def recalculate(
    workbook: Workbook,
    today: date,
    *,
    effort: Effort = Effort.BALANCED,
    new_columns: bool = True,
    dry_run: bool = False,
    progress: Progress = lambda _stage, _share: None,
) -> Outcome:
    """Gather, decide, act: nothing is written unless the whole plan is there and proved."""
    progress("Reading", 0.0)
    snapshot = workbook.read()
    reading = read_workspace(snapshot, today)
    plan = proved_plan(
        reading.workspace, today, effort, lambda share: progress(SEARCHING, 0.2 + 0.6 * share)
    )
    progress("Writing", 0.8)
    events = events_of(reading.workspace, plan)
    patch = patch_for(reading, plan, snapshot, new_columns=new_columns, events=events)
    report = None if dry_run else workbook.write(patch)
    progress("Done", 1.0)
    skipped = map(_skipped, report.skipped if report else ())
    present = shown_rows(reading, snapshot, today) if dry_run else {}
    return Outcome(
        reading=reading,
        plan=plan,
        patch=patch,
        report=report,
        problems=(*reading.problems, *bottleneck_problems(plan), *skipped),
        comparison=compare(reading.workspace, present, plan) if dry_run else None,
    )


def _skipped(edit: CellEdit) -> Problem:
    return Problem(
        code="cell_changed_meanwhile",
        sheet=edit.ref.sheet,
        cell=edit.ref.a1,
        severity=Severity.WARNING,
    )
