"""What was acknowledged is never lost, whoever is killed when."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from sqlalchemy import Engine, text

from databases import registered
from sheetflow.store.database import open_database, reading
from sheetflow.store.runs import Runs

COMMITS = """
import sys
from datetime import UTC, datetime
from sheetflow.store.database import open_database
from sheetflow.store.records import Counts
from sheetflow.store.runs import Runs

runs, workbook, now = Runs(open_database(sys.argv[1])), sys.argv[2], datetime(2026, 11, 23, tzinfo=UTC)
nothing = Counts(publications=0, red=0, amber=0, green=0, moved=0, written=0, problems=0)
for number in range(1_000_000):
    run, _ = runs.ask(workbook, "killed", now)
    runs.begin(run.id, number, now)
    runs.finish(run.id, nothing, now)
    print(run.id, flush=True)
"""
KILLS = 3


def acknowledged(database_url: str, workbook: str, project: Path, commits: int) -> list[str]:
    """The runs that a process said were finished until it was killed, in the middle of the next ones."""
    command = [sys.executable, "-c", COMMITS, database_url, workbook]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=project) as process:
        assert process.stdout
        said = [process.stdout.readline() for _ in range(commits)]
        process.send_signal(signal.SIGKILL)
        said += process.stdout.readlines()
    return [line.strip() for line in said if line.endswith("\n")]


def test_a_killed_process_loses_no_acknowledged_commit(database_url: str, project: Path) -> None:
    """Killed again and again in the middle of commits: all that was said to be done is there, and whole."""
    engine = open_database(database_url)
    workbook = registered(engine).id
    done = [
        run
        for kill in range(KILLS)
        for run in acknowledged(database_url, workbook, project, 5 + 3 * kill)
    ]
    runs = Runs(engine)
    assert len(done) >= sum(5 + 3 * kill for kill in range(KILLS))
    assert {runs.get(run).state for run in done} == {"done"}
    assert len(runs.of(workbook, 10_000)) <= len(done) + KILLS
    _is_whole(engine)
    engine.dispose()


def _is_whole(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        with reading(engine) as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
