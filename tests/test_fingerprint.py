"""The fingerprint of what decides a plan, and what else the workbook keeps of it for the next run."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest

from generator import TODAY, generate
from plans import workspace_of
from sheetflow.domain.calendar import DateRange
from sheetflow.domain.publication import Priority
from sheetflow.domain.settings import Language
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.planner import plan
from sheetflow.engine.runs.fingerprint import fingerprint
from sheetflow.engine.runs.remembering import remembered
from sheetflow.translate.reading import read_workspace
from sheetflow.usecases.recalculate import recalculate
from sheetflow.workbooks.memory import MemoryWorkbook
from test_stability import TWO, changed, environment

WORKSPACE = workspace_of(TWO)
BOB = (WORKSPACE.people or ())[0]
AWAY = (DateRange(first=date(2026, 12, 1)), DateRange(first=date(2026, 12, 9)))


def with_bob(**values: object) -> Workspace:
    """The workspace with another Bob."""
    return replace(WORKSPACE, people=(replace(BOB, **values),))  # type: ignore[arg-type]


def with_settings(**values: object) -> Workspace:
    """The workspace with other settings."""
    return replace(WORKSPACE, settings=replace(WORKSPACE.settings, **values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "other",
    [
        changed(WORKSPACE, "P-1", delivery=date(2026, 11, 26)),
        changed(WORKSPACE, "P-1", priority=Priority.HIGH),
        changed(WORKSPACE, "P-1", days={"Design": 3}),
        changed(WORKSPACE, "P-1", pins={"Design": "Bob"}),
        changed(WORKSPACE, "P-1", current_steps=("Design",)),
        replace(WORKSPACE, publications=WORKSPACE.publications[:1]),
        replace(WORKSPACE, people=None),
        with_bob(hours_per_day=5.0),
        with_bob(calendar=replace(BOB.calendar, away=AWAY)),
        with_settings(reserve=0.1),
    ],
)
def test_the_fingerprint_tells_what_decides_a_plan(other: Workspace) -> None:
    """Another date, weight, duration, person or setting is another fingerprint, and so is another day."""
    assert fingerprint(other, TODAY) != fingerprint(WORKSPACE, TODAY)
    assert fingerprint(WORKSPACE, TODAY) != fingerprint(WORKSPACE, TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (WORKSPACE, replace(WORKSPACE, publications=WORKSPACE.publications[::-1])),
        (WORKSPACE, changed(WORKSPACE, "P-1", title="Spring tips", row=9, sheet="May")),
        (WORKSPACE, with_settings(language=Language.FA, amber_below=2)),
        (WORKSPACE, remembered(WORKSPACE, plan(WORKSPACE, TODAY))),
        (
            with_bob(calendar=replace(BOB.calendar, away=AWAY)),
            with_bob(calendar=replace(BOB.calendar, away=AWAY[::-1])),
        ),
    ],
)
def test_the_fingerprint_tells_nothing_else(one: Workspace, other: Workspace) -> None:
    """The order of rows, titles, languages, and what earlier runs have left do not decide a plan."""
    assert fingerprint(other, TODAY) == fingerprint(one, TODAY)


def test_the_workbook_remembers_promises() -> None:
    """Late days, margin eaten and weight of each row stand in Steps, with what the plan was made from."""
    workbook = MemoryWorkbook(generate(11, 20))
    made = recalculate(workbook, TODAY).plan
    read = read_workspace(workbook.read(), TODAY).workspace.last_run
    assert (read.inputs, read.effort) == (made.inputs, "balanced")
    found = {id_: (told.late_days, told.margin_days) for id_, told in read.promises.items()}
    planned = [row for row in made.publications if row.steps]
    assert found == {row.id: (row.late_days or 0, row.margin_eaten) for row in planned}


def test_the_seed_of_hashes_changes_nothing() -> None:
    """An edited plan is the same in every process."""
    code = """
from bench.edits import EDITS
from bench.workloads import TODAY, generated
from sheetflow.engine.planner import plan
from sheetflow.engine.runs.remembering import remembered
workspace = generated(20, 0.9, 1).workspace
edited = EDITS["row added"](remembered(workspace, plan(workspace, TODAY)), 10)
made = plan(edited, TODAY)
print(made.inputs, [(r.id, s.step, s.owner, s.start, s.due) for r in made.publications for s in r.steps])
"""
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            env=environment(PYTHONHASHSEED=seed),
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
