"""The command line: exit statuses, messages, and what it leaves alone."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sheetflow.entrypoints.cli import run
from sheetflow.errors import OwnError, UserError
from sheetflow.usecases import recalculate

SHEETS = Path(__file__).parents[1] / "sample_sheets"
TODAY = ("--today", "2026-11-23")
STEP_KEYS = {
    *("step", "phase", "skill", "kind", "owner", "start", "start_quarter", "due", "due_quarter"),
    *("days", "hours", "state", "pinned", "flag", "why", "load"),
}
PUBLICATION_KEYS = {
    *("id", "sheet", "title", "type", "client", "delivery", "priority", "status", "flag", "why"),
    *("start_by", "ready_by", "forecast", "slack_days", "late_days", "current_steps", "steps"),
}
PLAN_KEYS = {
    *("schema", "today", "quarters_per_day", "publications", "people", "objective", "problems"),
    "changes",
}


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A copy of the smallest sample."""
    return Path(shutil.copy(SHEETS / "smallest.xlsx", tmp_path))


def test_help_is_quick() -> None:
    """`sheetflow --help` answers in less than 0.3 seconds (of computing: other work of the machine does not count)."""
    command = [sys.executable, "-c", "from sheetflow.entrypoints.cli import main; main()", "--help"]
    taken = []
    for _ in range(5):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
    assert min(taken) < 0.3


def test_help_loads_nothing_heavy() -> None:
    """The commands are listed without any library that only a plan needs."""
    heavy = {"openpyxl", "python_calamine", "rich", "numpy", "holidays", "flask", "gspread"}
    code = "import sys, sheetflow.entrypoints.cli.commands; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    assert not heavy & set(done.stdout.decode().split())


def test_a_good_sheet_is_planned(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 0; the summary counts the flags and says where the plan was written."""
    assert run(["recalculate", str(sheet), *TODAY]) == 0
    shown = capsys.readouterr().out
    assert "5 publications" in shown
    assert "Written to" in shown


def test_a_second_run_writes_nothing(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file that holds the plan already stays as it is, byte for byte."""
    run(["recalculate", str(sheet), *TODAY])
    before = sheet.read_bytes()
    assert run(["recalculate", str(sheet), *TODAY]) == 0
    assert sheet.read_bytes() == before
    assert "Nothing to change" in capsys.readouterr().out


def test_a_dry_run_leaves_the_file(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--dry-run shows the plan and keeps every byte."""
    before = sheet.read_bytes()
    assert run(["recalculate", str(sheet), "--dry-run", *TODAY]) == 0
    assert sheet.read_bytes() == before
    assert "Nothing was written" in capsys.readouterr().out


def test_output_leaves_the_file(sheet: Path, tmp_path: Path) -> None:
    """--output writes another file, and the first stays as it is."""
    before, output = sheet.read_bytes(), tmp_path / "planned.xlsx"
    assert run(["recalculate", str(sheet), "--output", str(output), *TODAY]) == 0
    assert sheet.read_bytes() == before
    assert output.stat().st_size > len(before)


def test_output_is_made_even_of_a_plan_that_stands(
    sheet: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nothing changes, --output gets a copy, byte for byte."""
    run(["recalculate", str(sheet), *TODAY])
    output = tmp_path / "again.xlsx"
    assert run(["recalculate", str(sheet), "--output", str(output), *TODAY]) == 0
    assert output.read_bytes() == sheet.read_bytes()
    assert f"Nothing to change: {output}" in " ".join(capsys.readouterr().out.split("\n"))


def test_errors_in_the_input_are_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    """Each error is listed with its cell; the status says that there are some."""
    assert run(["check", str(SHEETS / "messy.xlsx"), *TODAY]) == 1
    assert "Plan!" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["recalculate"],
        ["recalculate", "absent.xlsx"],
        ["recalculate", "https://docs.google.com/spreadsheets/d/1abc/edit"],
        ["recalculate", "x.xlsx", "--today", "tomorrow"],
        ["recalculate", "x.xlsx", "--effort", "heroic"],
        ["check", str(SHEETS)],
        ["check", __file__],
        ["explain", str(SHEETS / "agency.xlsx"), "P-999", *TODAY],
        ["explain", str(SHEETS / "agency.xlsx"), "P-013", "Rehearsal", *TODAY],
        ["init", "notes.txt"],
        ["dance"],
    ],
    ids=lambda arguments: " ".join(arguments[:1] + arguments[2:]),
)
def test_what_cannot_be_done_is_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong use, or a workbook that cannot be read: a sentence on standard error, no traceback."""
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert said.err.strip().endswith((".", "?", "'dance'."))
    assert "Traceback" not in said.err
    assert not said.out


@pytest.mark.parametrize("debug", [True, False])
def test_a_mistake_of_its_own_asks_for_a_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], sheet: Path, *, debug: bool
) -> None:
    """What nobody expected is one sentence; SHEETFLOW_DEBUG=1 adds the traceback."""
    monkeypatch.setenv("SHEETFLOW_DEBUG", "1" if debug else "0")
    monkeypatch.setattr(recalculate, "read_workspace", lambda *_: 1 // 0)
    assert run(["recalculate", str(sheet), *TODAY]) == 2
    said = capsys.readouterr().err
    assert "please report it" in said
    assert ("Traceback" in said) is debug


def test_a_plan_that_fails_its_proof_is_not_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], sheet: Path
) -> None:
    """Nothing is written unless the plan passes the checker."""

    def unproved(*_: object) -> None:
        raise OwnError("plan_unproved", count=1, first="capacity")

    before = sheet.read_bytes()
    monkeypatch.setattr(recalculate, "proved_plan", unproved)
    assert run(["recalculate", str(sheet), *TODAY]) == 2
    assert sheet.read_bytes() == before
    assert "Nothing was written" in capsys.readouterr().err


def test_stopping_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], sheet: Path
) -> None:
    """Ctrl-C ends a run with one word."""

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(recalculate, "read_workspace", stopped)
    assert run(["recalculate", str(sheet), *TODAY]) == 130
    assert "Stopped." in capsys.readouterr().err


@pytest.mark.parametrize(
    "code", ["url_unknown", "plan_unproved", "id_unknown", "step_of_id_unknown"]
)
def test_errors_have_their_sentences(code: str) -> None:
    """Every error that the use cases raise has a sentence, not only a code."""
    from sheetflow.entrypoints.cli.mishaps import sentence

    facts: dict[str, Any] = {"address": "a", "count": 1, "first": "f", "id": "P-1", "step": "s"}
    assert code not in sentence(UserError(code, steps=("Design",), **facts))


def test_json_is_the_documented_schema(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--json - writes the document, and nothing else, to standard output."""
    assert run(["recalculate", str(sheet), "--dry-run", "--json", "-", *TODAY]) == 0
    said = capsys.readouterr()
    document = json.loads(said.out)
    assert (document["schema"], document["today"]) == ("sheetflow.plan/1", "2026-11-23")
    assert set(document) == PLAN_KEYS
    assert all(set(row) == PUBLICATION_KEYS for row in document["publications"])
    assert all(set(s) == STEP_KEYS for row in document["publications"] for s in row["steps"])
    assert "5 publications" in said.err


def test_json_file(tmp_path: Path) -> None:
    """--json FILE writes people with their days, problems with their cells, and the objective."""
    file = tmp_path / "plan.json"
    arguments = [str(SHEETS / "colours.xlsx"), "--dry-run", "--json", str(file), *TODAY]
    assert run(["recalculate", *arguments]) == 1
    document = json.loads(file.read_text("utf-8"))
    day, problem = document["people"][0]["days"][0], document["problems"][0]
    assert set(day) == {"date", "capacity_hours", "planned_hours"}
    assert set(problem) == {"sheet", "cell", "severity", "problem", "what_to_do"}
    assert document["objective"]["weighted_late_days"] > 0


@pytest.mark.parametrize("language", ["en", "id", "fa"])
def test_init_makes_a_workbook_that_works(language: str, tmp_path: Path) -> None:
    """A new workbook has no errors, and can be planned at once with every row green."""
    file, document = tmp_path / "new.xlsx", tmp_path / "plan.json"
    assert run(["init", str(file), "--language", language, *TODAY]) == 0
    assert run(["check", str(file), *TODAY]) == 0
    assert run(["recalculate", str(file), "--json", str(document), *TODAY]) == 0
    plan = json.loads(document.read_text("utf-8"))
    assert [row["flag"] for row in plan["publications"]] == ["Green"] * 3
    assert not plan["problems"]


def test_init_refuses_to_overwrite(sheet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is there stays as it is."""
    before = sheet.read_bytes()
    assert run(["init", str(sheet)]) == 2
    assert sheet.read_bytes() == before
    assert sheet.name in capsys.readouterr().err


def test_demo_leaves_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo makes the same file each time, and never overwrites one that is different."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "sheetflow-demo.xlsx"
    file.write_text("mine")
    assert run(["demo"]) == 0
    assert run(["demo"]) == 0
    assert file.read_text() == "mine"
    assert {entry.name for entry in tmp_path.iterdir()} == {file.name, "sheetflow-demo-2.xlsx"}


def test_demo_shows_a_timeline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The demo prints bars with their legend and what needs attention; a dry run keeps no file."""
    monkeypatch.chdir(tmp_path)
    assert run(["demo", "--dry-run"]) == 0
    shown = capsys.readouterr().out
    assert "publish day" in shown
    assert "Needs attention" in shown
    assert not list(tmp_path.iterdir())


def test_explain_tells_why(capsys: pytest.CaptureFixture[str]) -> None:
    """The dates of a step, what it waits for, and who else could do it."""
    assert run(["explain", str(SHEETS / "agency.xlsx"), "p-013", "Build", *TODAY]) == 0
    shown = capsys.readouterr().out
    assert "P-013" in shown
    assert "aits for External approval" in shown
    assert "Rizal" in shown


def test_explain_goes_by_the_calendar_of_the_workbook(capsys: pytest.CaptureFixture[str]) -> None:
    """The days that it names are those that stand in the sheet."""
    late = ["--today", "2026-12-10"]
    assert run(["explain", str(SHEETS / "persian.xlsx"), "م-۰۲", *late]) == 0
    shown = capsys.readouterr().out
    assert "Delivery date = Tue 1 Dey:" in shown
    assert "Dec" not in shown


def test_explain_of_a_row_that_is_not_planned(capsys: pytest.CaptureFixture[str]) -> None:
    """A grey row is explained in a sentence."""
    assert run(["explain", str(SHEETS / "agency.xlsx"), "P-037", *TODAY]) == 0
    assert "Nothing is left to do." in capsys.readouterr().out


def test_explain_as_json(tmp_path: Path) -> None:
    """--json writes the publication and the step as the plan's JSON has them, who could do it, and what would help."""
    file = tmp_path / "why.json"
    arguments = [str(SHEETS / "agency.xlsx"), "P-013", "Build", "--json", str(file), *TODAY]
    assert run(["explain", *arguments]) == 0
    document = json.loads(file.read_text("utf-8"))
    assert (document["schema"], document["today"]) == ("sheetflow.explanation/1", "2026-11-23")
    assert set(document["publication"]) == PUBLICATION_KEYS
    assert set(document["step"]) == STEP_KEYS
    assert (document["publication"]["id"], document["step"]["step"]) == ("P-013", "Build")
    assert document["waits_for"]
    assert {"name", "planned_hours", "capacity_hours", "is_owner"} == set(document["colleagues"][0])
    assert all(trial["sentence"].startswith(trial["column"]) for trial in document["trials"])


def test_explain_as_json_of_a_row_that_is_not_planned(capsys: pytest.CaptureFixture[str]) -> None:
    """A grey row has no step; --json - leaves standard output to the document."""
    assert run(["explain", str(SHEETS / "agency.xlsx"), "P-037", "--json", "-", *TODAY]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["step"] is None
    assert "Nothing is left to do." in said.err
