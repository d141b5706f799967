"""`sheetflow workbooks` and `sheetflow keys`: what an admin types, and what it says."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from databases import NOON
from sheetflow.entrypoints.cli import run
from sheetflow.entrypoints.cli.timetables import as_cron
from sheetflow.store.database import open_database
from sheetflow.store.keys import Keys
from sheetflow.store.records import Counts, Verb
from sheetflow.store.registry import Registry
from sheetflow.store.runs import Runs
from sheets import snapshot
from sheets_server.accounts import ROBOT
from sheets_server.server import SheetsServer

SHEETS = Path(__file__).parents[1] / "sample_sheets"
SMALL = snapshot(
    {
        "Plan": """
            | Publication | Type      | Delivery date |
            | Autumn tips | Blog post | 2026-12-04    |
        """
    }
)
COUNTS = Counts(publications=5, red=1, amber=0, green=4, moved=0, written=30, problems=0)


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database of the test's own, where commands look for it when nothing is set."""
    for name in ("SHEETFLOW_DATABASE_URL", "SHEETFLOW_WORKBOOK_FOLDER", "SHEETFLOW_TIME_ZONE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return f"sqlite:///{tmp_path / 'data' / 'sheetflow' / 'sheetflow.db'}"


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """A copy of the smallest sample."""
    return Path(shutil.copy(SHEETS / "smallest.xlsx", tmp_path / "Plan.xlsx"))


@pytest.fixture
def told(url: str, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command; gives its status, and what it said on standard output and on standard error."""
    assert url

    def ask(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        said = capsys.readouterr()
        return status, said.out, " ".join(said.err.split())

    return ask


def listed(
    told: Callable[..., tuple[int, str, str]], what: str = "workbooks"
) -> list[dict[str, Any]]:
    """What the JSON of a list holds."""
    status, out, _ = told(what, "list", "--json", "-")
    assert status == 0
    document: dict[str, list[dict[str, Any]]] = json.loads(out)
    return document[what]


def test_a_file_is_registered(
    told: Callable[..., tuple[int, str, str]], sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its full path and under its own name; nothing is written into it, and a second time is told."""
    before = sheet.read_bytes()
    monkeypatch.chdir(sheet.parent)
    status, out, _ = told(
        "workbooks",
        "add",
        "Plan.xlsx",
        "--schedule",
        "weekdays 7:30",
        "--owner",
        "Sari@Example.com",
    )
    assert status == 0
    assert "Plan is registered" in out
    assert "5 publications" in out
    assert " 07:30 (UTC)" in out
    (entry,) = listed(told)
    assert entry["address"] == str(sheet)
    assert (entry["schedule"], entry["owner"]) == ("30 7 * * 1-5", "sari@example.com")
    assert entry["next_due"].endswith("07:30:00+00:00")
    assert sheet.read_bytes() == before
    status, _, err = told("workbooks", "add", str(sheet))
    assert status == 2
    assert "registered already" in err


def test_the_time_zone_comes_from_the_settings_tab(
    told: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    """Unless another one is given; a workbook without one has that of the service."""
    agency = Path(shutil.copy(SHEETS / "agency.xlsx", tmp_path))
    assert told("workbooks", "add", str(agency), "--name", "Our plan")[0] == 0
    smallest = Path(shutil.copy(SHEETS / "smallest.xlsx", tmp_path))
    assert told("workbooks", "add", str(smallest), "--time-zone", "Asia/Tehran")[0] == 0
    zones = {entry["name"]: entry["time_zone"] for entry in listed(told)}
    assert zones == {"Our plan": "Asia/Jakarta", "smallest": "Asia/Tehran"}


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--schedule", "every day"], "is no timetable"),
        (["--schedule", "99 7 * * *"], "is no timetable"),
        (["--time-zone", "Mars/Base"], "no time zone"),
        (["--owner", "sari"], "no e-mail address"),
    ],
)
def test_what_cannot_be_registered_is_told(
    told: Callable[..., tuple[int, str, str]], sheet: Path, arguments: list[str], sentence: str
) -> None:
    """In a sentence, with status 2, and nothing is registered."""
    status, _, err = told("workbooks", "add", str(sheet), *arguments)
    assert status == 2
    assert sentence in err
    assert listed(told) == []


def test_a_file_that_cannot_be_read_is_registered_only_unseen(
    told: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    """A file that is not there yet: only where nobody wants it looked at."""
    missing = str(tmp_path / "Later.xlsx")
    status, _, err = told("workbooks", "add", missing)
    assert (status, listed(told)) == (2, [])
    assert "There is no file" in err
    assert told("workbooks", "add", missing, "--unchecked")[0] == 0
    assert [entry["name"] for entry in listed(told)] == ["Later"]


def test_only_files_of_the_folder_are_registered(
    told: Callable[..., tuple[int, str, str]], sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the service has a folder for workbooks, no path and no link leads out of it."""
    folder = sheet.parent / "workbooks"
    folder.mkdir()
    monkeypatch.setenv("SHEETFLOW_WORKBOOK_FOLDER", str(folder))
    link = folder / "Link.xlsx"
    link.symlink_to(sheet)
    for outside in (sheet, folder / ".." / sheet.name, link):
        status, _, err = told("workbooks", "add", str(outside))
        assert status == 2
        assert "lies outside" in err
    inside = shutil.copy(sheet, folder)
    assert told("workbooks", "add", str(inside))[0] == 0


def test_a_spreadsheet_is_registered(
    told: Callable[..., tuple[int, str, str]],
    server: SheetsServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its title is its name; the account to share it with is told, also where it may not be read yet."""
    key = tmp_path / "key.json"
    key.write_text(json.dumps(server.key_file()), "utf-8")
    monkeypatch.setenv("SHEETFLOW_GOOGLE_CREDENTIALS", str(key))
    monkeypatch.setenv("SHEETFLOW_GOOGLE_SERVER", server.url)
    number = server.load(SMALL, title="Autumn plan", account="somebody@else.example")
    status, out, err = told("workbooks", "add", number)
    assert (status, listed(told)) == (2, [])
    assert f"Share the spreadsheet with {ROBOT}, as an editor." in out
    assert f"add {ROBOT} as an Editor" in err
    server.share(number, ROBOT, "writer")
    link = f"https://docs.google.com/spreadsheets/d/{number}/edit#gid=0"
    assert told("workbooks", "add", link)[0] == 0
    (entry,) = listed(told)
    assert entry["address"] == f"https://docs.google.com/spreadsheets/d/{number}/edit"
    assert entry["name"] == "Autumn plan"


def test_the_list_tells_how_workbooks_stand(
    told: Callable[..., tuple[int, str, str]], sheet: Path, url: str
) -> None:
    """The last good run with its flags, the next due time, and what is paused or fails."""
    assert "No workbook is registered." in told("workbooks", "list")[1]
    told("workbooks", "add", str(sheet), "--schedule", "hourly", "--name", "Monthly plan")
    engine = open_database(url)
    registry, runs = Registry(engine), Runs(engine)
    record = registry.find("monthly plan")
    done, _ = runs.ask(record.id, "x", NOON)
    runs.begin(done.id, 1, NOON)
    runs.finish(done.id, COUNTS, NOON)
    registry.failed(record.id, NOON + timedelta(hours=1), None)
    out = told("workbooks", "list")[1]
    for part in (record.id, "Monthly plan", "0 * * * *", "Mon 23 Nov 12:00", "1 Red", "4 Green"):
        assert part in out
    assert "failing since" in out
    assert "13:00" in out
    assert listed(told)[0]["last_good"] == {
        "run": done.id,
        "finished_at": "2026-11-23T12:00:00+00:00",
        "counts": {
            "publications": 5,
            "red": 1,
            "amber": 0,
            "green": 4,
            "moved": 0,
            "written": 30,
            "problems": 0,
        },
    }
    assert told("workbooks", "pause", "Monthly plan")[0] == 0
    assert "paused" in told("workbooks", "list")[1]
    assert told("workbooks", "resume", str(sheet))[0] == 0
    assert not registry.get(record.id).paused
    engine.dispose()


def test_what_is_registered_can_be_changed(
    told: Callable[..., tuple[int, str, str]], sheet: Path
) -> None:
    """The next due time follows the timetable and the time zone; what cannot be changes nothing."""
    told("workbooks", "add", str(sheet), "--schedule", "weekdays 7:30", "--name", "Old")
    status, out, _ = told("workbooks", "change", "Old", "--schedule", "daily 9:15", "--name", "New")
    assert status == 0
    assert "New is changed." in out
    assert " 09:15 (UTC)" in out
    (entry,) = listed(told)
    assert (entry["name"], entry["schedule"]) == ("New", "15 9 * * *")
    assert entry["next_due"].endswith("09:15:00+00:00")
    told("workbooks", "change", "New", "--time-zone", "Asia/Jakarta", "--owner", "Sari@Example.com")
    (entry,) = listed(told)
    assert entry["next_due"].endswith("02:15:00+00:00")
    assert (entry["time_zone"], entry["owner"]) == ("Asia/Jakarta", "sari@example.com")
    for wrong in (
        ("--schedule", "each full moon"),
        ("--time-zone", "Mars/Olympus"),
        ("--owner", "Sari", "--name", "Other"),
        ("--schedule", "hourly", "--no-schedule"),
        (),
    ):
        assert told("workbooks", "change", "New", *wrong)[0] == 2
    assert listed(told) == [entry]
    told("workbooks", "change", "New", "--no-schedule")
    (entry,) = listed(told)
    assert (entry["schedule"], entry["next_due"]) == (None, None)


def test_people_are_let_in_and_out(told: Callable[..., tuple[int, str, str]], sheet: Path) -> None:
    """An address or a domain is granted verbs; words that are none, and people that are none, are told."""
    told("workbooks", "add", str(sheet))
    assert "read, recalculate" in told("workbooks", "allow", "plan", "Sari@Example.com")[1]
    assert told("workbooks", "allow", "plan", "@example.org", "--verbs", "read")[0] == 0
    assert listed(told)[0]["grants"] == [
        {"who": "@example.org", "verbs": ["read"]},
        {"who": "sari@example.com", "verbs": ["read", "recalculate"]},
    ]
    status, _, err = told("workbooks", "allow", "plan", "sari@example.com", "--verbs", "write")
    assert status == 2
    assert "read, recalculate, administer" in err
    assert told("workbooks", "allow", "plan", "sari")[0] == 2
    assert "nothing more" in told("workbooks", "disallow", "plan", "SARI@example.com")[1]
    assert "was not granted" in told("workbooks", "disallow", "plan", "sari@example.com")[1]


def test_a_workbook_is_forgotten_when_that_is_confirmed(
    told: Callable[..., tuple[int, str, str]], sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file itself stays as it is."""
    before = sheet.read_bytes()
    told("workbooks", "add", str(sheet))
    monkeypatch.setattr(sys, "stdin", StringIO("n\n"))
    assert told("workbooks", "remove", "Plan")[0] == 130
    assert len(listed(told)) == 1
    assert told("workbooks", "remove", "Plan", "--yes")[0] == 0
    assert listed(told) == []
    assert sheet.read_bytes() == before
    status, _, err = told("workbooks", "remove", "Plan", "--yes")
    assert status == 2
    assert "no workbook “Plan”" in err


def test_a_key_is_shown_once(
    told: Callable[..., tuple[int, str, str]], sheet: Path, url: str
) -> None:
    """Alone on standard output when it is made or rotated, and in no list."""
    told("workbooks", "add", str(sheet))
    proofs = [
        told("keys", "create", "crm", "--workbook", "Plan", "--days", "30")[1].strip(),
        told("keys", "create", "ci")[1].strip(),
    ]
    engine = open_database(url)
    keys = Keys(engine)
    crm, ci = (keys.check(proof, NOON - timedelta(days=1)) for proof in proofs)
    assert crm
    assert ci
    assert crm.expires_at
    assert crm.expires_at - crm.created_at == timedelta(days=30)
    assert crm.verbs == {Verb.READ, Verb.RECALCULATE}
    assert ci.verbs == {Verb.PLAN}
    proofs.append(told("keys", "rotate", ci.id)[1].strip())
    assert keys.check(proofs[2], NOON)
    assert keys.check(proofs[1], NOON) is None
    for shown in (told("keys", "list")[1], json.dumps(listed(told, "keys"))):
        assert crm.id in shown
        assert [proof for proof in proofs if proof.split("_", 2)[2] in shown] == []
    assert told("keys", "revoke", ci.id)[0] == 0
    assert keys.check(proofs[2], NOON) is None
    assert "revoked" in told("keys", "list")[1]
    engine.dispose()
    assert told("keys", "revoke", "nothing")[0] == 2
    assert told("keys", "create", "ci", "--verbs", "read")[0] == 2


@pytest.mark.parametrize(
    ("typed", "cron"),
    [
        ("hourly", "0 * * * *"),
        ("daily", "0 7 * * *"),
        ("daily 6:05", "5 6 * * *"),
        ("Weekdays at 18", "0 18 * * 1-5"),
        (" */15 8-18 * * 6,0-3 ", "*/15 8-18 * * 6,0-3"),
        ("daily 25:00", "daily 25:00"),
        ("daily 7:60", "daily 7:60"),
    ],
)
def test_common_words_are_timetables(typed: str, cron: str) -> None:
    """A few words stand for cron's; anything else is left to it."""
    assert as_cron(typed) == cron


@pytest.mark.parametrize("arguments", [["--help"], ["recalculate", "Plan.xlsx", "--dry-run"]])
def test_planning_a_file_loads_no_database(
    sheet: Path, arguments: list[str], project: Path
) -> None:
    """Neither the help nor a plan waits for libraries of the service."""
    code = (
        "import sys; from sheetflow.entrypoints.cli import run;"
        "run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, *arguments]
    environment = {"PYTHONPATH": str(project)}
    done = subprocess.run(
        command, cwd=sheet.parent, env=environment, capture_output=True, text=True, check=True
    )
    heavy = {"sqlalchemy", "alembic", "pydantic", "pydantic_settings", "flask", "psycopg"}
    assert "sheetflow" in done.stderr
    assert not heavy & set(done.stderr.split())
