"""Use cases over a workbook in memory: gather, decide, act."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheetflow.cells import Patch
from sheetflow.checker import Violation
from sheetflow.domain.plan import State
from sheetflow.errors import OwnError, Severity, UserError, has_errors
from sheetflow.translate.document import english
from sheetflow.usecases import proving
from sheetflow.usecases.check import check
from sheetflow.usecases.explain import explain
from sheetflow.usecases.recalculate import recalculate
from sheetflow.workbooks.memory import MemoryWorkbook
from sheetflow.workbooks.port import WriteReport
from sheets import TODAY, snapshot

PLAN = {
    "Publications": """
        | ID    | Publication | Type       | Delivery date | Priority | Current step |
        | P-001 | Guide       | Newsletter | 2026-12-04    |          | Copywriting  |
        | P-002 | Gift box    | Newsletter | 2026-11-25    | Low      |              |
        | P-003 | Podcast     | Podkast    | 2026-12-04    |          |              |
    """,
    "Team": """
        | Name | Skills                                           | Hours per day |
        | Sari | Designer, Planner                                | 6             |
        | Budi | Copywriter, E-mail specialist, Designer          | 6             |
        | Nina | Internal approver, Publisher, Analyst            | 6             |
    """,
}


CROWDED = {
    "Publications": """
        | ID    | Publication | Type       | Delivery date | Owners | Current step | Skip |
        | P-001 | One         | Poster     | 2026-11-27    |        |              |      |
        | P-002 | Two         | Poster     | 2026-11-27    |        |              |      |
        | P-003 | Three       | Poster     | 2026-11-27    |        |              |      |
        | P-004 | Four        | Poster     | 2026-11-27    |        |              |      |
    """,
    "Workflows": """
        | Type   | Step   | Skill    | Days | Hours | Kind    |
        | Poster | Draw   | Designer | 2    | 10    | work    |
        | Poster | Put up | Designer | 0.25 | 0.25  | publish |
    """,
    "Team": """
        | Name | Skills   | Hours per day |
        | Sari | Designer | 6             |
    """,
}


class Witness(MemoryWorkbook):
    """Remembers what was to be written; the first edit finds its cell changed."""

    patch: Patch | None = None

    def write(self, patch: Patch) -> WriteReport:
        """Write, and tell that somebody was quicker."""
        self.patch = patch
        return replace(super().write(patch), skipped=patch.edits[:1])


def test_a_second_run_has_nothing_to_write() -> None:
    """What a run has written is what the next run finds right."""
    workbook = MemoryWorkbook(snapshot(PLAN))
    first = recalculate(workbook, TODAY)
    second = recalculate(workbook, TODAY)
    assert first.report is not None
    assert first.report.written
    assert second.report == WriteReport()
    assert second.patch.is_empty
    assert not second.plan.changes


def test_progress_is_told() -> None:
    """The stages come in their order, the share never falls, and it ends at 1."""
    told: list[tuple[str, float]] = []
    recalculate(MemoryWorkbook(snapshot(PLAN)), TODAY, progress=lambda *step: told.append(step))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert (told[0][0], told[-1]) == ("Reading", ("Done", 1.0))


def test_a_dry_run_writes_nothing() -> None:
    """A trial run ends before the workbook is touched."""
    workbook = Witness(snapshot(PLAN))
    outcome = recalculate(workbook, TODAY, dry_run=True)
    assert not outcome.patch.is_empty
    assert outcome.report is None
    assert workbook.patch is None


def test_a_bottleneck_is_a_problem_and_no_error() -> None:
    """What is said of the plan stands beside what is wrong with the input, in the workbook too, and run after run."""
    workbook = MemoryWorkbook(snapshot(CROWDED))
    outcome = recalculate(workbook, TODAY)
    assert [problem.code for problem in outcome.problems] == ["bottleneck"]
    assert not has_errors(outcome.problems)
    told = next(table for table in workbook.read().tables if table.sheet == "Problems")
    assert told.at(2, 3) == "Warning"
    assert str(told.at(2, 4)).startswith("Designer is booked to ")
    assert recalculate(workbook, TODAY).patch.is_empty


def test_no_new_columns() -> None:
    """Where no columns may be added, a sheet without computed columns gets no edit."""
    outcome = recalculate(MemoryWorkbook(snapshot(PLAN)), TODAY, new_columns=False, dry_run=True)
    assert not [edit for edit in outcome.patch.edits if edit.ref.sheet == "Publications"]


def test_a_cell_that_changed_meanwhile_is_told() -> None:
    """An edit that was left out is a warning at its cell."""
    workbook = Witness(snapshot(PLAN))
    outcome = recalculate(workbook, TODAY)
    told = [problem for problem in outcome.problems if problem.code == "cell_changed_meanwhile"]
    assert workbook.patch is not None
    assert [(p.cell, p.severity) for p in told] == [
        (workbook.patch.edits[0].ref.a1, Severity.WARNING)
    ]


def test_an_unproved_plan_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that breaks a rule is thrown away, and the workbook is not touched."""
    broken = (Violation(rule="capacity", id="P-001"),)
    monkeypatch.setattr(proving, "check_plan", lambda *_: broken)
    workbook = Witness(snapshot(PLAN))
    with pytest.raises(OwnError, match="plan_unproved"):
        recalculate(workbook, TODAY)
    assert workbook.patch is None


def test_check_reads_and_tells() -> None:
    """A check finds the row that cannot be planned, and still reads the others."""
    reading = check(MemoryWorkbook(snapshot(PLAN)), TODAY)
    assert [problem.code for problem in reading.problems] == ["type_unknown"]
    assert [row.id for row in reading.workspace.publications] == ["P-001", "P-002"]


def test_explain_takes_the_current_step() -> None:
    """Without a name, the step that is worked on is explained, with everybody who could do it."""
    found = explain(MemoryWorkbook(snapshot(PLAN)), TODAY, "P-001")
    assert found.step is not None
    assert (found.step.step, found.step.state) == ("Copywriting", State.NOW)
    assert [colleague.name for colleague in found.colleagues] == ["Budi"]


def test_explain_tries_what_would_help() -> None:
    """A late row is told which change of the sheet would bring it forward, the best first."""
    found = explain(MemoryWorkbook(snapshot(PLAN)), TODAY, "P-002", "design")
    assert found.publication.late_days
    forecasts = [trial.forecast for trial in found.trials if trial.forecast]
    assert forecasts == sorted(forecasts)
    assert [before.step for before in found.waits_for] == ["Copywriting"]


def test_explain_of_a_faulty_row() -> None:
    """A row with an input error is explained by that error."""
    found = explain(MemoryWorkbook(snapshot(PLAN)), TODAY, "P-003")
    assert found.step is None
    assert "Podkast" in english(TODAY).reason(found.publication.why)


@pytest.mark.parametrize(("id_", "step"), [("P-9", None), ("P-001", "Shooting")])
def test_explain_of_what_is_not_there(id_: str, step: str | None) -> None:
    """An unknown ID or step is the user's to mend."""
    with pytest.raises(UserError):
        explain(MemoryWorkbook(snapshot(PLAN)), TODAY, id_, step)


def test_a_finished_row_of_a_type_that_is_gone_is_over() -> None:
    """A row that was planned is finished, and somebody has renamed its type since: the run goes on."""
    workbook = MemoryWorkbook(snapshot(PLAN))
    recalculate(workbook, TODAY)
    finished = PLAN["Publications"].replace(
        "Newsletter | 2026-12-04    |          | Copywriting",
        "Letter     | 2026-12-04    |          | Done       ",
    )
    held = workbook.read()
    plan = snapshot({**PLAN, "Publications": finished}).tables[0]
    tables = (plan, *(table for table in held.tables if table.sheet != plan.sheet))
    outcome = recalculate(MemoryWorkbook(replace(held, tables=tables)), TODAY)
    assert {row.id: row.flag.value for row in outcome.plan.publications}["P-001"] == "Grey"
