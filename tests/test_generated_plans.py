"""Generated workbooks of every kind are read, planned and proved: no plan breaks a rule.

Short: 60 workbooks. Long: as many as SHEETFLOW_SEEDS says, such as 300.
"""

from __future__ import annotations

import os

import pytest

from generator import TODAY, generate, generate_workspace
from sheetflow.checker import check_plan
from sheetflow.domain.publication import Status
from sheetflow.engine.planner import Effort, plan

SEEDS = range(int(os.environ.get("SHEETFLOW_SEEDS", "60")))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_generated_workbook_gives_a_right_plan(seed: int) -> None:
    """The plan of a generated workbook breaks no rule of the contract."""
    workspace = generate_workspace(seed)
    assert check_plan(workspace, plan(workspace, TODAY, Effort.FAST)) == ()


@pytest.mark.parametrize("seed", SEEDS[::10])
def test_a_longer_search_gives_a_right_plan_too(seed: int) -> None:
    """More effort moves steps, and breaks no rule either."""
    workspace = generate_workspace(seed, 20)
    assert check_plan(workspace, plan(workspace, TODAY, Effort.BALANCED)) == ()


@pytest.mark.parametrize("seed", SEEDS[:20])
def test_rows_are_read_as_they_were_drawn(seed: int) -> None:
    """A row is finished where it says so, and nowhere else: the planner gets the rows that it should."""
    tables = [table for table in generate(seed).tables if table.sheet.startswith("Month")]
    said = sum(value == "Done" for table in tables for row in table.rows for value in row)
    rows = generate_workspace(seed).publications
    assert (
        sum(row.all_done for row in rows) + sum(row.status is Status.DONE for row in rows) == said
    )


def test_a_seed_always_gives_the_same_workbook() -> None:
    """The generator draws the same workbook for the same seed."""
    assert generate(5) == generate(5)
    assert generate(5) != generate(6)


def test_a_workbook_may_have_any_size() -> None:
    """The number of publications can be asked for."""
    assert len(generate_workspace(2, 7).publications) == 7
