"""Parts of the pane under Microsoft's own stand-in for Office's objects, in Node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parent
PANE = TESTS.parent / "sheetflow" / "entrypoints" / "excel_addon" / "pane"


@pytest.fixture(scope="module")
def seen(needs: Callable[[str], str], node_modules: Path) -> Any:
    """What happened in Node."""
    done = subprocess.run(
        [
            *(needs("node"), "--experimental-default-type=module", "--no-warnings"),
            *(str(TESTS / "excel_pane_mock.mjs"), str(PANE), str(node_modules)),
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_mock_gives_nothing_that_was_not_loaded(seen: Any) -> None:
    """Without load and sync there is no value: what the other tests read was asked for as Office wants it."""
    assert "not loaded" in seen["unloaded"]


def test_a_row_is_found_and_selected(seen: Any) -> None:
    """The ID is looked for, its row is selected, and its tab comes to the front."""
    assert seen["found"] is True
    assert seen["going"] == ["find P-1", "activate", "select 2:2"]


def test_a_cell_is_selected(seen: Any) -> None:
    """A problem's cell."""
    assert seen["cell"] is True
    assert seen["pointing"] == ["activate", "select B7"]


def test_what_stands_there_now_is_read_before_anything_is_written(seen: Any) -> None:
    """Value, formula and format of the cell."""
    assert seen["present"] == {"value": "x", "formula": "x", "format": "General"}


def test_a_text_that_looks_like_a_formula_is_written_as_text(seen: Any) -> None:
    """The edit is written, with the mark that keeps Excel from computing it."""
    assert seen["report"] == {"written": 1, "left": []}
    assert seen["written"] == [["'=1+1"]]
