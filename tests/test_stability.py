"""Stability: the same inputs give the same plan again, and a small edit moves only what must move."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bench.edits import EDITS, kept
from bench.workloads import generated
from generator import TODAY, generate, generate_workspace
from plans import row, workspace_of
from saving import save
from sheetflow.checker import check_plan
from sheetflow.domain.history import LastRun
from sheetflow.domain.plan import Plan
from sheetflow.domain.publication import Priority
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.planner import Effort, plan
from sheetflow.engine.runs.remembering import remembered
from sheetflow.engine.search.tries import StopSearchError
from sheetflow.usecases.recalculate import recalculate
from sheetflow.workbooks.memory import MemoryWorkbook
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook

TWO = {
    "Publications": """
        | ID  | Publication | Type | Delivery date | Priority |
        | P-1 | Autumn tips | Post | 2026-11-25    | Normal   |
        | P-2 | Winter tips | Post | 2026-11-25    | Low      |
    """,
    "Workflows": """
        | Type | Step    | Skill | Days | Hours | Kind    |
        | Post | Design  | Art   | 2    | 12    | work    |
        | Post | Publish | Art   | 0.25 | 0     | publish |
    """,
    "Team": """
        | Name | Skills | Hours per day |
        | Bob  | Art    | 6             |
    """,
}
"""Bob can design one of them in time."""


def searched(_share: float) -> None:
    """Whoever hears this knows that a plan was searched for."""
    pytest.fail("nothing was to be searched")


def lateness(made: Plan) -> dict[str, tuple[int, int]]:
    """Late days and days of margin eaten, by ID."""
    return {found.id: (found.late_days or 0, found.margin_eaten) for found in made.publications}


def changed(workspace: Workspace, id_: str, **values: object) -> Workspace:
    """The workspace with other values in one row."""
    rows = (
        replace(found, **values) if found.id == id_ else found  # type: ignore[arg-type]
        for found in workspace.publications
    )
    return replace(workspace, publications=tuple(rows))


@pytest.mark.parametrize("effort", list(Effort))
@pytest.mark.parametrize(("seed", "size"), [(1, 4), (2, 25), (3, 60)])
def test_a_second_run_writes_nothing(seed: int, size: int, effort: Effort) -> None:
    """Whatever the effort, the plan is found again, with what the first run wrote into History."""
    workbook = MemoryWorkbook(generate(seed, size))
    recalculate(workbook, TODAY, effort=effort)
    assert recalculate(workbook, TODAY, effort=effort).patch.is_empty


@pytest.mark.parametrize("load", [0.6, 0.95])
def test_a_second_run_searches_nothing(load: float) -> None:
    """However late rows are: what the same inputs led to is taken up at once."""
    workspace = generated(50, load, 1).workspace
    first = plan(workspace, TODAY)
    assert first.objective.weighted_late_days
    second = plan(remembered(workspace, first), TODAY, progress=searched)
    assert second.publications == first.publications


def test_a_second_run_loads_no_compiler() -> None:
    """The machine code of the search takes longer to load than a plan takes to be read."""
    code = """
import sys
from generator import TODAY, generate_workspace
from sheetflow.engine.kernel.compiled import plain_kernel
from sheetflow.engine.planner import plan
from sheetflow.engine.runs.remembering import remembered
workspace = generate_workspace(3, 6)
first = plan(workspace, TODAY, kernel=plain_kernel())
assert first.objective.weighted_late_days
assert plan(remembered(workspace, first), TODAY).changes == ()
assert "numba" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True, env=environment())


def test_a_file_that_was_written_and_read_again_is_not_written(tmp_path: Path) -> None:
    """What the next run must know survives in an Excel file."""
    path = tmp_path / "plan.xlsx"
    save(generate(7, 12), path)
    recalculate(XlsxWorkbook(path), TODAY)
    before = path.read_bytes()
    assert recalculate(XlsxWorkbook(path), TODAY).patch.is_empty
    assert path.read_bytes() == before


def test_another_effort_goes_on_from_the_plan() -> None:
    """Nothing else has changed: a longer search may trade one row for another, and never ends worse."""
    workspace = generated(20, 0.95, 2).workspace
    quick = plan(workspace, TODAY, Effort.FAST)
    better = plan(remembered(workspace, quick), TODAY, Effort.THOROUGH)
    assert better.objective.weighted_late_days < quick.objective.weighted_late_days
    again = plan(remembered(workspace, better), TODAY, Effort.FAST)
    assert again.publications == better.publications


def test_a_search_that_was_stopped_goes_on() -> None:
    """A plan whose search was ended early is not taken for what its effort leads to."""

    def stop(_share: float) -> None:
        raise StopSearchError

    workspace = generated(50, 0.95, 1).workspace
    stopped = plan(workspace, TODAY, progress=stop)
    gone_on = plan(remembered(workspace, stopped), TODAY)
    assert gone_on.objective.weighted_late_days < stopped.objective.weighted_late_days


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_row_with_fewer_days_is_no_later_and_makes_nobody_later(seed: int) -> None:
    """Whoever shortens a step of a late row gets no less than before, and so does everybody else."""
    workspace = generated(50, 0.95, seed).workspace
    first = plan(workspace, TODAY)
    before = lateness(first)
    late = max(before, key=lambda id_: before[id_])
    longest = max(row(first, late).steps, key=lambda found: found.quarters)
    edited = changed(remembered(workspace, first), late, days={longest.step: longest.quarters // 2})
    after = lateness(plan(edited, TODAY))
    assert all(after[id_] <= before[id_] for id_ in before)


def test_a_raised_priority_may_trade() -> None:
    """The row that was late comes first now, and the other one is late for it."""
    workspace = workspace_of(TWO)
    first = plan(workspace, TODAY)
    assert [row(first, id_).late_days for id_ in ("P-1", "P-2")] == [0, 2]
    edited = changed(remembered(workspace, first), "P-2", priority=Priority.URGENT)
    second = plan(edited, TODAY)
    assert [row(second, id_).late_days for id_ in ("P-1", "P-2")] == [2, 0]


def test_a_new_urgent_row_may_trade() -> None:
    """It takes the place of a row that was promised to be in time."""
    workspace = workspace_of(TWO)
    alone = replace(workspace, publications=workspace.publications[:1])
    first = plan(alone, TODAY)
    assert row(first).late_days == 0
    added = replace(workspace.publications[1], priority=Priority.URGENT)
    edited = remembered(alone, first)
    second = plan(replace(edited, publications=(*edited.publications, added)), TODAY)
    assert [row(second, id_).late_days for id_ in ("P-1", "P-2")] == [2, 0]


def test_a_new_row_of_no_more_weight_waits() -> None:
    """Promised rows keep their place where trading saves nothing."""
    workspace = workspace_of(TWO)
    alone = replace(workspace, publications=workspace.publications[1:])
    first = plan(alone, TODAY)
    added = replace(workspace.publications[0], priority=Priority.LOW)
    edited = remembered(alone, first)
    second = plan(replace(edited, publications=(*edited.publications, added)), TODAY)
    assert [row(second, id_).late_days for id_ in ("P-1", "P-2")] == [2, 0]


@pytest.fixture(scope="module")
def large() -> tuple[Workspace, Plan]:
    """A workspace of 200 rows, one of which is late, and its plan."""
    workspace = generated(200, 0.45, 2).workspace
    return workspace, plan(workspace, TODAY)


@pytest.mark.parametrize("edit", ["a week later", "a day longer", "row added", "a week ill"])
def test_a_small_edit_moves_little(large: tuple[Workspace, Plan], edit: str) -> None:
    """Of 200 rows, 97 of 100 steps of the other rows keep owner and dates where no late day is at stake."""
    workspace, first = large
    edited = EDITS[edit](remembered(workspace, first), 100)
    second = plan(edited, TODAY)
    assert second.objective.weighted_late_days == first.objective.weighted_late_days
    assert check_plan(edited, second) == ()
    assert kept(first, second, edited.publications[100].id)[1] >= 0.97


def test_without_steps_only_stability_is_lost() -> None:
    """The tab may be removed: the plan is the one that would be made anew."""
    workspace = generated(20, 0.9, 3).workspace
    first = plan(workspace, TODAY)
    forgetful = replace(remembered(workspace, first), last_plan={}, last_run=LastRun())
    assert plan(forgetful, TODAY).publications == first.publications


def test_without_promises_the_last_plan_is_taken_up_all_the_same() -> None:
    """A Steps tab of old, or one whose hidden column somebody removed, still holds owners and dates."""
    workspace = generated(50, 0.45, 1).workspace
    first = plan(workspace, TODAY)
    second = plan(replace(remembered(workspace, first), last_run=LastRun()), TODAY)
    assert kept(first, second, "")[1] >= 0.9


@pytest.mark.parametrize("seed", range(10, 16))
def test_an_edited_plan_breaks_no_rule(seed: int) -> None:
    """Whatever was remembered and edited, the plan is right, and the order of its rows changes nothing."""
    workspace = generate_workspace(seed, 20)
    edited = remembered(workspace, plan(workspace, TODAY))
    planned = [found.id for found in edited.publications if found.is_planned]
    edited = changed(edited, planned[0], delivery=TODAY + timedelta(days=9))
    edited = changed(edited, planned[-1], priority=Priority.URGENT)
    made = plan(edited, TODAY)
    assert check_plan(edited, made) == ()
    shuffled = list(edited.publications)
    Random(seed).shuffle(shuffled)
    assert plan(replace(edited, publications=tuple(shuffled)), TODAY).publications == (
        made.publications
    )


def environment(**more: str) -> Mapping[str, str]:
    """The environment of a process that finds the package and the tests."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **more}
