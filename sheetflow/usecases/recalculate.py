"""Recalculate: read the workbook, plan it, prove the plan, and write it into the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from sheetflow.cells import CellEdit, Patch, Snapshot
from sheetflow.domain.history import LastStep
from sheetflow.domain.plan import Plan
from sheetflow.engine.planner import Effort
from sheetflow.engine.runs.events import events_of
from sheetflow.errors import Problem, Severity
from sheetflow.translate.bottlenecks import bottleneck_problems
from sheetflow.translate.last_changes import ShownChange, last_changes
from sheetflow.translate.reading import Reading, read_workspace
from sheetflow.translate.shown import Shown, shown_rows
from sheetflow.translate.writing import patch_for
from sheetflow.usecases.comparing import Comparison, compare
from sheetflow.usecases.proving import proved_plan
from sheetflow.workbooks.port import Workbook, WriteReport

Progress: TypeAlias = Callable[[str, float], None]
"""Hears which stage begins, and the share of the run that lies behind it (0 to 1)."""

SEARCHING = "Planning"
"""The stage that may be ended early: see StopSearchError."""

MOST_ROUNDS = 5
MOST_NAMED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The plan that the sheet held: the Steps tab by (ID, step), and what each publication's row showed, by ID."""

    steps: Mapping[tuple[str, str], LastStep] = field(default_factory=dict)
    rows: Mapping[str, Shown] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run read, planned and wrote; `last_changes` is what the sheet told before that an earlier one has moved.

    `before` is the sheet as the run found it, before its first writing. A dry run has no `report`, and alone has a
    `comparison` with the sheet.
    """

    reading: Reading
    plan: Plan
    patch: Patch
    report: WriteReport | None
    problems: tuple[Problem, ...]
    comparison: Comparison | None = None
    last_changes: tuple[ShownChange, ...] = ()
    before: Before = Before()


def recalculate(
    workbook: Workbook,
    today: date,
    *,
    effort: Effort = Effort.BALANCED,
    new_columns: bool = True,
    dry_run: bool = False,
    rounds: int = MOST_ROUNDS,
    progress: Progress = lambda _stage, _share: None,
) -> Outcome:
    """Gather, decide, act: nothing is written unless the whole plan is there and proved.

    Where people changed the workbook between the reading and the writing, it is planned and written again, at most
    `rounds` times in all.
    """
    progress("Reading", 0.0)
    options = Options(effort=effort, new_columns=new_columns, dry_run=dry_run)
    outcome = _round(workbook, *_gathered(workbook, today), today, options, progress)
    written, before = outcome.report, outcome.before
    for _ in range(1, rounds):
        if outcome.report is None or not outcome.report.drifted:
            break
        snapshot = outcome.report.now or workbook.read()
        reading = read_workspace(snapshot, today)
        outcome = _round(workbook, snapshot, reading, today, options, lambda _stage, _share: None)
        written = _together(written, outcome.report)
    progress("Done", 1.0)
    problems = (*outcome.problems, *_left_alone(written))
    return replace(outcome, report=written, problems=problems, before=before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a run was asked for."""

    effort: Effort
    new_columns: bool
    dry_run: bool


def _round(
    workbook: Workbook,
    snapshot: Snapshot,
    reading: Reading,
    today: date,
    options: Options,
    progress: Progress,
) -> Outcome:
    """Plan and write once."""
    plan = proved_plan(
        reading.workspace,
        today,
        options.effort,
        lambda share: progress(SEARCHING, 0.2 + 0.6 * share),
    )
    progress("Writing", 0.8)
    events = events_of(reading.workspace, plan)
    patch = patch_for(reading, plan, snapshot, new_columns=options.new_columns, events=events)
    dry_run = options.dry_run
    present = shown_rows(reading, snapshot, today)
    return Outcome(
        reading=reading,
        plan=plan,
        patch=patch,
        report=None if dry_run else workbook.write(patch),
        problems=(*reading.problems, *bottleneck_problems(plan)),
        comparison=compare(reading.workspace, present, plan) if dry_run else None,
        last_changes=last_changes(reading.layout, snapshot),
        before=Before(steps=reading.workspace.last_plan, rows=present),
    )


def _gathered(workbook: Workbook, today: date) -> tuple[Snapshot, Reading]:
    """What the workbook holds, and what it means; the first run of a day looks for tabs that were added since."""
    snapshot = workbook.read()
    reading = read_workspace(snapshot, today)
    if snapshot.may_lack_tabs and reading.workspace.last_run.today != today:
        snapshot = workbook.read(every_tab=True)
        reading = read_workspace(snapshot, today)
    return snapshot, reading


def _together(before: WriteReport | None, last: WriteReport | None) -> WriteReport | None:
    """What several rounds have written."""
    if before is None or last is None:
        return last
    skipped = (*before.skipped, *last.skipped)
    return replace(last, written=before.written + last.written, skipped=skipped)


def _left_alone(report: WriteReport | None) -> Iterator[Problem]:
    """What could not be written because people were quicker."""
    if report is None:
        return
    yield from map(_skipped, report.skipped)
    if report.drifted:
        yield Problem(
            code="rows_keep_changing",
            severity=Severity.WARNING,
            facts={"rows": report.drifted[:MOST_NAMED]},
        )


def _skipped(edit: CellEdit) -> Problem:
    return Problem(
        code="cell_changed_meanwhile",
        sheet=edit.ref.sheet,
        cell=edit.ref.a1,
        severity=Severity.WARNING,
    )
