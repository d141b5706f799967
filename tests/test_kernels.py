"""The kernel gives the same plan as plain Python and as machine code, and in every process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from types import FunctionType
from typing import NamedTuple, cast

import pytest

from generator import TODAY, generate_workspace
from sheetflow.checker import check_plan
from sheetflow.engine import planner
from sheetflow.engine.kernel.compiled import can_compile, compiled_kernel, plain_kernel
from sheetflow.engine.kernel.field import Floats, Ints
from sheetflow.engine.kernel.laying import Row
from sheetflow.engine.machine import native
from sheetflow.engine.planner import Effort, plan
from sheetflow.engine.search.tries import StopSearchError
from sheetflow.entrypoints.cli.slow_bar import slow_bar


class Rooms(NamedTuple):
    """A noun of rows, like those of the kernel."""

    days: int
    hours: Floats
    taken: Ints


def hours_of(rooms: Rooms, day: int) -> int:
    """A function as the kernel has them: whole hours, twice over."""
    return int(rooms.hours[day] * rooms.days + 0.5) if day < len(rooms.hours) else 0


def is_first(row: Ints, number: int) -> bool:
    """Another one, which answers yes or no."""
    return row[0] == number


def count_up(rooms: Rooms) -> None:
    """One more, which changes a row."""
    for day in range(rooms.days):
        rooms.taken[day] += 1


SAME = """
import json, sys
from datetime import date
from pathlib import Path
from types import FunctionType
from typing import NamedTuple, cast
from sheetflow.engine.planner import plan
from sheetflow.translate.document import document_of
from sheetflow.translate.reading import read_workspace
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook

today = date(2026, 11, 23)
reading = read_workspace(XlsxWorkbook(Path(sys.argv[1])).read(), today)
print(json.dumps(document_of(plan(reading.workspace, today), reading.problems)))
"""


@pytest.mark.skipif(not can_compile(), reason="numba is not installed: there is no machine code")
@pytest.mark.parametrize("seed", range(12))
def test_compiled_and_plain_kernels_agree(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cell for cell, whatever the workbook holds; with few exchanges, which take long in plain Python."""
    monkeypatch.setattr(planner, "MOST_MOVES", 400)
    monkeypatch.setattr(planner, "INSERTIONS", 2_000)
    workspace = generate_workspace(seed)
    plain = plan(workspace, TODAY, Effort.BALANCED, kernel=plain_kernel())
    compiled = plan(workspace, TODAY, Effort.BALANCED, kernel=compiled_kernel())
    assert compiled == plain


@pytest.mark.skipif(not can_compile(), reason="numba is not installed: there is no machine code")
def test_machine_code_is_made_once_and_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second time it is loaded from the file; both answer like plain Python, whatever kind of value it is."""
    monkeypatch.setattr(native, "KEPT_IN", (tmp_path / "kept",))
    entries = tuple(cast("FunctionType", each) for each in (hours_of, is_first, count_up))
    for _ in range(2):
        made = native.machine_functions((sys.modules[__name__],), entries)
        rows = Rooms(2, cast("Floats", Row("d", [1.5, 2.25])), cast("Ints", Row("q", [0, 7])))
        assert [made[entries[0]](rows, day) for day in (0, 1)] == [3, 5]
        assert [made[entries[1]](Row("q", [3, 4]), number) for number in (3, 4)] == [True, False]
        assert made[entries[2]](rows) is None
        assert rows.taken == Row("q", [1, 8])
        assert [file.suffix for file in (tmp_path / "kept").iterdir()] == [".o"]
        monkeypatch.setattr("sheetflow.engine.machine.machine_code.object_code", None)


@pytest.mark.skipif(not can_compile(), reason="numba is not installed: there is no machine code")
def test_machine_code_that_cannot_be_kept_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no folder can be written to, planning goes on all the same."""
    (tmp_path / "taken").touch()
    monkeypatch.setattr(native, "KEPT_IN", (tmp_path / "taken" / "kept",))
    entry = cast("FunctionType", is_first)
    made = native.machine_functions((sys.modules[__name__],), (entry,))
    assert made[entry](Row("q", [3, 4]), 3) is True


def test_the_order_of_sets_in_memory_does_not_matter(project: Path) -> None:
    """Two processes that scatter their sets and dicts differently print the same JSON, byte for byte."""
    printed = {
        subprocess.run(
            [sys.executable, "-c", SAME, str(project / "sample_sheets" / "agency.xlsx")],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(project)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(printed) == 1


def test_a_search_may_be_stopped_and_keeps_the_best_so_far() -> None:
    """Stopped at its first word, the search still gives a whole plan, and one that every check finds right."""
    workspace = generate_workspace(7, 40)

    def enough(_share: float) -> None:
        raise StopSearchError

    made = plan(workspace, TODAY, Effort.THOROUGH, enough)
    assert check_plan(workspace, made) == ()


def test_ctrl_c_stops_the_search_and_then_the_command() -> None:
    """The first one is heard by the search at its next word, the second one by Python."""
    with slow_bar() as report:
        signal.raise_signal(signal.SIGINT)
        report("Reading", 0.1)
        with pytest.raises(StopSearchError):
            report("Planning", 0.3)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
