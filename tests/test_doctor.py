"""What `sheetflow doctor` finds: what works, what does not, and what to do."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sheetflow.entrypoints.cli import run
from sheetflow.store.database import open_database
from sheetflow.store.registry import Registry
from sheetflow.store.runs import Runs
from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook
from sheets_server.server import SheetsServer

NOTHING_BROKEN, BROKEN = 0, 2
ROBOT = "sheetflow@project.iam.gserviceaccount.com"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database of its own, as the environment names it."""
    url = f"sqlite:///{tmp_path / 'sheetflow.db'}"
    monkeypatch.setenv("SHEETFLOW_DATABASE_URL", url)
    return url


def registered(database: str, address: str, name: str, due: timedelta | None = None) -> str:
    """A workbook in the registry."""
    now = datetime.now(UTC)
    engine = open_database(database)
    record = Registry(engine).add(
        address,
        name=name,
        time_zone="UTC",
        schedule="0 7 * * *",
        owner=None,
        now=now,
        next_due=None if due is None else now + due,
    )
    engine.dispose()
    return record.id


@pytest.fixture
def sample(tmp_path: Path, project: Path) -> Path:
    """A workbook that can be read."""
    return Path(shutil.copy(project / "sample_sheets" / "smallest.xlsx", tmp_path / "plan.xlsx"))


def test_nothing_is_broken(database: str, sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook that can be read, and nobody waits."""
    registered(database, str(sample), "Plan")
    assert run(["doctor"]) == NOTHING_BROKEN
    said = capsys.readouterr().out
    assert "✓ Plan: It can be opened and read." in said
    assert "✓ settings: Only this machine reaches the service (127.0.0.1)." in said
    assert "Workbooks that are not paused: 1." in said
    assert "Nothing is broken." in said


def test_a_misspelt_setting(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A variable that nobody reads is named, with the one that was meant."""
    monkeypatch.setenv("SHEETFLOW_PROT", "80")
    assert run(["doctor"]) == NOTHING_BROKEN, database
    said = capsys.readouterr().out
    assert "! settings: SHEETFLOW_PROT is no setting" in said
    assert "Did you mean SHEETFLOW_PORT?" in said


def test_settings_that_are_not_safe(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each danger is a line of its own, with what to do."""
    monkeypatch.setenv("SHEETFLOW_HOST", "0.0.0.0")  # noqa: S104
    assert run(["doctor"]) == BROKEN, database
    said = capsys.readouterr().out
    assert said.count("✗ settings:") == 3
    assert "SHEETFLOW_SECRET_KEY is not set" in said


def test_a_database_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is named without its password, and nothing else is looked at."""
    monkeypatch.setenv("SHEETFLOW_DATABASE_URL", "postgresql://me:hidden@127.0.0.1:9/plans")
    assert run(["doctor"]) == BROKEN
    said = capsys.readouterr().out
    assert "✗ database: The database 127.0.0.1/plans cannot be opened." in said
    assert "hidden" not in said


def test_a_workbook_that_is_gone(
    database: str, sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line names the workbook, and says what is wrong with it; the others are looked at all the same."""
    registered(database, str(sample.with_name("gone.xlsx")), "Gone")
    registered(database, str(sample), "Here")
    assert run(["doctor"]) == BROKEN
    said = capsys.readouterr().out
    assert "✗ Gone: There is no file" in said
    assert "✓ Here:" in said


def test_nobody_works(database: str, sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What should have been run long ago, and what waits for long, says that nobody does it."""
    registered(database, str(sample), "Plan", due=-timedelta(minutes=30))
    assert run(["doctor"]) == BROKEN
    assert "✗ jobs: Something has been waiting for 30 minutes" in capsys.readouterr().out


def test_a_workbook_whose_runs_fail(
    database: str, sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence of its last run stands there again."""
    id_ = registered(database, str(sample), "Plan")
    engine, now = open_database(database), datetime.now(UTC)
    waiting, _ = Runs(engine).ask(id_, "cron", now)
    Runs(engine).begin(waiting.id, 1, now)
    Runs(engine).fail(waiting.id, "file_encrypted", {"file": "plan.xlsx"}, now, 1)
    Registry(engine).failed(id_, now, None)
    engine.dispose()
    assert run(["doctor"]) == BROKEN
    assert "✗ Plan: plan.xlsx is protected by a password." in capsys.readouterr().out


def test_google(
    database: str,
    server: SheetsServer,
    tmp_path: Path,
    project: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The account that is let in, the clock, the quota, a spreadsheet that is shared and one that is not."""
    snapshot = XlsxWorkbook(project / "sample_sheets" / "smallest.xlsx").read()
    shared, hidden = (server.load(snapshot, account=who) for who in (ROBOT, "other@example.com"))
    key = tmp_path / "key.json"
    key.write_text(json.dumps(server.key_file(ROBOT)))
    monkeypatch.setenv("SHEETFLOW_GOOGLE_SERVER", server.url)
    monkeypatch.setenv("SHEETFLOW_GOOGLE_CREDENTIALS", str(key))
    registered(database, f"https://docs.google.com/spreadsheets/d/{shared}/edit", "Shared")
    registered(database, f"https://docs.google.com/spreadsheets/d/{hidden}/edit", "Hidden")
    assert run(["doctor"]) == BROKEN
    said = capsys.readouterr().out
    assert f"✓ credentials: Google lets SheetFlow in, as {ROBOT}." in said
    assert "✓ clock: It goes right." in said
    assert f"✓ quota: {ROBOT}: 0 reads" in said
    assert "✓ Shared: It can be opened and read." in said
    assert "✗ Hidden:" in said
    assert f"{ROBOT}" in said.partition("✗ Hidden:")[2]


def test_a_key_file_that_is_gone(
    database: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The file is named."""
    monkeypatch.setenv("SHEETFLOW_GOOGLE_CREDENTIALS", str(tmp_path / "nokey.json"))
    assert run(["doctor"]) == BROKEN, database
    assert "✗ credentials:" in capsys.readouterr().out
