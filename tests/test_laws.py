"""Laws that hold for every workbook, tried on generated ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from generator import TODAY, generate
from sheetflow.cells import Snapshot, Table, Value
from sheetflow.domain.plan import Plan, PublicationPlan
from sheetflow.engine.planner import Effort, plan
from sheetflow.translate.reading import read_workspace
from sheetflow.usecases.recalculate import recalculate
from sheetflow.workbooks.memory import MemoryWorkbook

seeds = st.integers(min_value=0, max_value=100_000)
sizes = st.integers(min_value=1, max_value=25)


@given(seed=seeds, size=sizes)
def test_recalculating_twice_changes_nothing(seed: int, size: int) -> None:
    """A second run right after the first finds the same plan and has nothing to write."""
    workbook = MemoryWorkbook(generate(seed, size))
    first = recalculate(workbook, TODAY)
    second = recalculate(workbook, TODAY)
    assert second.patch.is_empty
    assert second.plan.changes == ()
    assert _without_objective(second.plan) == _without_objective(first.plan)


@pytest.mark.parametrize("seed", [500, 501, 502])
def test_recalculating_a_large_workbook_twice_changes_nothing(seed: int) -> None:
    """The same for 150 rows, with the memory of an earlier run."""
    workbook = MemoryWorkbook(generate(seed, 150))
    recalculate(workbook, TODAY, effort=Effort.FAST)
    assert recalculate(workbook, TODAY, effort=Effort.FAST).patch.is_empty


@given(seed=seeds, size=sizes)
def test_the_order_of_rows_and_columns_changes_nothing(seed: int, size: int) -> None:
    """The team may sort its rows and move its columns: the plan is the same, row by row."""
    before = generate(seed, size)
    layout = read_workspace(before, TODAY).layout
    assume(not any(tab.new_ids for tab in layout.publications))
    rng = Random(seed)
    after = replace(before, tables=tuple(_shuffled(rng, before, t) for t in before.tables))
    assert _rows(_plan(after)) == _rows(_plan(before))


@given(seed=seeds, size=sizes, weeks=st.integers(min_value=1, max_value=20))
def test_a_plan_moves_with_its_dates(seed: int, size: int, weeks: int) -> None:
    """All dates and today moved by whole weeks, without a country's holidays: so is every date of the plan."""
    before = _without_country(generate(seed, size))
    span = timedelta(weeks=weeks)
    after = replace(before, tables=tuple(_moved(table, span) for table in before.tables))
    moved = [
        [(step.step, step.owner, step.start, step.due) for step in row.steps]
        for row in _plan(after, TODAY + span).publications
    ]
    expected = [
        [(s.step, s.owner, s.start and s.start + span, s.due and s.due + span) for s in row.steps]
        for row in _plan(before).publications
    ]
    assert moved == expected


@given(seed=seeds, size=st.integers(min_value=4, max_value=25))
def test_rows_with_errors_leave_the_others_planned(seed: int, size: int) -> None:
    """A row whose type nobody knows is red without steps; every other planned row has its steps."""
    before = generate(seed, size)
    sound = read_workspace(before, TODAY)
    victim = next((row for row in sound.workspace.publications if row.is_planned), None)
    assume(victim)
    assert victim is not None
    cell = victim.cells["Type"]
    spoilt = tuple(
        _with_value(t, cell.row, cell.column, "No such type") if t.sheet == cell.sheet else t
        for t in before.tables
    )
    reading = read_workspace(replace(before, tables=spoilt), TODAY)
    assert len(reading.workspace.faulty) == 1
    made = plan(reading.workspace, TODAY, Effort.FAST)
    planned = {row.id for row in reading.workspace.publications if row.is_planned}
    assert {row.id for row in made.publications if row.steps} == planned


def _plan(snapshot: Snapshot, today: date = TODAY) -> Plan:
    return plan(read_workspace(snapshot, today).workspace, today, Effort.FAST)


def _without_objective(made: Plan) -> Plan:
    """Owner changes are counted against the Steps tab as it was read, which the first run has changed."""
    same = replace(made.objective, owner_changes=0)
    return replace(made, objective=same, changes=())


def _rows(made: Plan) -> list[PublicationPlan]:
    return [replace(row, sheet="", row=0) for row in made.publications]


def _shuffled(rng: Random, snapshot: Snapshot, table: Table) -> Table:
    """A publications tab with its rows and columns in another order; other tabs as they are."""
    layout = read_workspace(snapshot, TODAY).layout
    found = [tab for tab in layout.publications if tab.sheet == table.sheet]
    if not found:
        return table
    begin, end = found[0].first_row - 1, found[0].last_row
    rows = [list(row) for row in table.rows]
    body = rows[begin:end]
    rng.shuffle(body)
    width = max(len(row) for row in rows)
    columns = list(range(width))
    rng.shuffle(columns)
    rows[begin:end] = body
    full = [row + [None] * (width - len(row)) for row in rows]
    return replace(table, rows=tuple(tuple(row[c] for c in columns) for row in full))


def _moved(table: Table, span: timedelta) -> Table:
    def moved(value: Value) -> Value:
        return value + span if isinstance(value, date | datetime) else value

    return replace(table, rows=tuple(tuple(map(moved, row)) for row in table.rows))


def _without_country(snapshot: Snapshot) -> Snapshot:
    return replace(
        snapshot,
        tables=tuple(
            replace(t, rows=tuple(r for r in t.rows if "Holidays country" not in r))
            for t in snapshot.tables
        ),
    )


def _with_value(table: Table, row: int, column: int, value: Value) -> Table:
    rows = [list(cells) for cells in table.rows]
    rows[row - 1][column - 1] = value
    return replace(table, rows=tuple(map(tuple, rows)))
