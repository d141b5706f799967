"""The summary in the terminal, and the bar that is drawn while one waits."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

import openpyxl
import pytest

from sheetflow.entrypoints.cli import run, slow_bar

SHEETS = Path(__file__).parents[1] / "sample_sheets"
TODAY = ("--today", "2026-11-23")


def test_what_moved_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """After a delivery date has moved, the second run tells which steps moved with it."""
    file = Path(shutil.copy(SHEETS / "smallest.xlsx", tmp_path))
    run(["recalculate", str(file), *TODAY])
    book = openpyxl.load_workbook(file)
    book.worksheets[0]["C4"] = book.worksheets[0]["C5"].value
    book.save(file)
    capsys.readouterr()
    assert run(["recalculate", str(file), *TODAY]) == 0
    shown = capsys.readouterr().out
    assert "What moved (10 of" in shown
    assert "Mon 21 Dec" in shown


def test_text_of_the_sheet_is_shown_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Brackets in a title are no markup."""
    file = Path(shutil.copy(SHEETS / "colours.xlsx", tmp_path))
    book = openpyxl.load_workbook(file)
    book["Publications"]["B6"] = "[bold]late[/bold]"
    book.save(file)
    run(["recalculate", str(file), "--dry-run", *TODAY])
    assert "[bold]late[/bold]" in capsys.readouterr().out


def test_json_into_no_folder_is_refused_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A JSON file that cannot be written stops the run before the workbook is."""
    file = Path(shutil.copy(SHEETS / "smallest.xlsx", tmp_path))
    before = file.read_bytes()
    absent = str(tmp_path / "absent" / "plan.json")
    assert run(["recalculate", str(file), "--json", absent, *TODAY]) == 2
    assert file.read_bytes() == before
    assert "there is no folder" in capsys.readouterr().err


def test_slow_work_shows_a_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a terminal, work that outlasts the patience is told with its stage."""
    monkeypatch.setattr(slow_bar, "PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    with slow_bar.slow_bar() as progress:
        progress("Planning", 0.5)
        time.sleep(0.3)
    assert "Planning" in capsys.readouterr().err


def test_quick_work_shows_none(capsys: pytest.CaptureFixture[str]) -> None:
    """Work that is soon done leaves standard error alone."""
    with slow_bar.slow_bar() as progress:
        progress("Planning", 0.5)
    assert capsys.readouterr().err == ""
