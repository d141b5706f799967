"""The bench itself: its workloads are what they say, and its contenders keep to the rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.agency import agency
from bench.alone import alone
from bench.contenders import PLANNERS, judged
from bench.imopse import makespan
from bench.imopse_file import projects
from bench.workbook_file import write_workbook
from bench.workloads import TODAY, generated
from sheetflow.translate.reading import read_workspace
from sheetflow.wiring.workbooks import open_workbook


@pytest.mark.parametrize("load", [0.85, 0.95])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_bottleneck_has_the_load_that_is_asked_for(load: float, seed: int) -> None:
    """The scarcest set of roles is loaded as wanted, up to what one more day takes off."""
    assert load - 0.06 < generated(50, load, seed).load <= load


def test_a_workload_is_the_same_every_time() -> None:
    """Size, load and seed decide everything."""
    assert generated(20, 0.85, 4) == generated(20, 0.85, 4)


def test_lateness_comes_from_load() -> None:
    """Planned alone, few publications are late, and by few days."""
    rows = alone(generated(200, 0.95, 1).workspace, TODAY).values()
    assert sum(row.late > 0 for row in rows) <= len(rows) * 0.05


def test_a_written_workload_is_read_back(tmp_path: Path) -> None:
    """The workbook that is written for whole processes holds the very same workspace, and no problem."""
    workspace = generated(20, 0.85, 1).workspace
    write_workbook(workspace, tmp_path / "book.xlsx")
    reading = read_workspace(open_workbook(str(tmp_path / "book.xlsx")).read(), TODAY)
    assert reading.problems == ()
    assert reading.workspace == workspace


@pytest.mark.parametrize("name", ["naive", "backward", "fast"])
def test_every_contender_keeps_to_the_rules(name: str) -> None:
    """What is compared with our plans passes the same checker."""
    assert judged(name, generated(20, 0.95, 1).workspace).is_proved
    assert judged(name, agency().workspace).is_proved


def test_the_default_is_no_later_than_its_peers() -> None:
    """On a small overloaded workload the default plan is at most half as late as either peer."""
    workspace = generated(20, 0.85, 1).workspace
    late = {name: judged(name, workspace).late for name in PLANNERS if name != "thorough"}
    assert late["balanced"] <= 0.5 * min(late["naive"], late["backward"])


def test_imopse_is_read_and_searched() -> None:
    """A search of a few moves ends no later than the list that it began with."""
    found = projects()
    if not found:
        pytest.skip("the iMOPSE instances beside the checkout are absent")
    assert len(found) == 36
    least = makespan(min(found, key=lambda project: len(project.chores)), 20)
    assert least.searched <= least.listed
