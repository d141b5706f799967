"""The database: its tables come about by migration, safely, in a file of one's own or in PostgreSQL."""

from __future__ import annotations

import stat
import subprocess
import sys
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, text

from databases import NOON, PostgresServer, registered
from sheetflow.entrypoints.cli.mishaps import sentence
from sheetflow.errors import UserError
from sheetflow.store.database import open_database, reading, writing
from sheetflow.store.migrating import FOLDER, migrate
from sheetflow.store.registry import Registry
from sheetflow.store.tables import metadata

REVISIONS = [step.revision for step in ScriptDirectory(str(FOLDER)).walk_revisions()]
OPENED = """
import sys
from sheetflow.store.database import open_database
open_database(sys.argv[1]).dispose()
"""
PASSWORD = "canary-of-a-password"  # noqa: S105  it is to be looked for


def differences(connection: Connection) -> list[object]:
    """How the tables of a database differ from those that queries are written against."""
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


def refused(url: str) -> str:
    """The sentence that a database is refused with."""
    with pytest.raises(UserError) as error:
        open_database(url)
    return sentence(error.value)


def without_steps(url: str) -> Engine:
    """A database that no step was run on."""
    return create_engine(url.replace("postgresql:", "postgresql+psycopg:"))


def test_the_steps_lead_to_the_tables(engine: Engine) -> None:
    """A migrated database has the tables that the code is written against, to the last column and index."""
    with reading(engine) as connection:
        assert differences(connection) == []
        connection.execute(text("DROP INDEX one_waiting_run"))
        assert differences(connection)


@pytest.mark.parametrize("revision", REVISIONS)
def test_every_older_database_is_brought_up_to_date(database_url: str, revision: str) -> None:
    """From each step that was ever released the tables become those of today, and what they hold stays."""
    older = without_steps(database_url)
    migrate(older, revision)
    with older.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO workbooks (id, address, name, time_zone, paused, created_at, failures)"
                " VALUES ('abcdefghij', '/a.xlsx', 'A', 'UTC', false, '2026-01-01 00:00:00', 0)"
            )
        )
    older.dispose()
    engine = open_database(database_url)
    with reading(engine) as connection:
        assert differences(connection) == []
    assert Registry(engine).get("abcdefghij").name == "A"
    engine.dispose()


def test_several_processes_open_a_new_database_at_once(database_url: str, project: Path) -> None:
    """Whoever comes first makes the tables; the others wait, and find them."""
    command = [sys.executable, "-W", "error", "-c", OPENED, database_url]
    opening = [subprocess.Popen(command, stderr=subprocess.PIPE, cwd=project) for _ in range(3)]
    assert [process.communicate()[1].decode() for process in opening] == [""] * 3
    engine = open_database(database_url)
    with reading(engine) as connection:
        assert differences(connection) == []
    engine.dispose()


def test_a_step_that_fails_leaves_the_database_as_it_was(database_url: str) -> None:
    """Migration is all or nothing, where something of the same name is in the way too."""
    engine = without_steps(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE tickets (mine INTEGER)"))
    engine.dispose()
    assert "cannot be opened" in refused(database_url)
    with engine.begin() as connection:
        names = set(engine.dialect.get_table_names(connection))
        connection.execute(text("DROP TABLE tickets"))
    engine.dispose()
    assert names == {"tickets"}
    open_database(database_url).dispose()


def test_a_database_of_a_later_program_is_left_alone(database_url: str) -> None:
    """A step that this program does not know: it says so, and changes nothing."""
    engine = open_database(database_url)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    assert "later SheetFlow" in refused(database_url)


def test_a_file_is_private_and_loses_nothing(tmp_path: Path) -> None:
    """Nobody else may read the file, its log or its folder, and each commit is on the disk."""
    file = tmp_path / "made" / "sheetflow.db"
    engine = open_database(f"sqlite:///{file}")
    with engine.connect() as connection:
        registered(engine)
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
        parts = [file.parent, *file.parent.iterdir()]
        modes = {part.name: stat.S_IMODE(part.stat().st_mode) for part in parts}
    engine.dispose()
    full = 2
    assert pragma == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
    }
    assert modes["made"] == 0o700
    assert len(modes) == 4
    assert {mode for name, mode in modes.items() if name != "made"} == {0o600}


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://sheetflow:{PASSWORD}@127.0.0.1:1/sheetflow",
        f"postgres://sheetflow:{PASSWORD}@127.0.0.1:1/sheetflow",
        f"mysql://sheetflow:{PASSWORD}@127.0.0.1/sheetflow",
        f"postgresql://sheetflow:{PASSWORD}@127.0.0.1:port/sheetflow",
        "sqlite://",
        "sqlite:///:memory:",
        "sheetflow.db",
        "",
    ],
)
def test_a_database_that_cannot_be_opened_is_told_in_a_sentence(url: str) -> None:
    """The sentence names the setting and what to do, never the password."""
    told = refused(url)
    assert "SHEETFLOW_DATABASE_URL" in told
    assert PASSWORD not in told


def test_a_file_that_is_none_is_told_in_a_sentence(tmp_path: Path) -> None:
    """A file of another kind, or a folder, is left as it is."""
    file, folder = tmp_path / "notes.txt", tmp_path / "folder"
    file.write_text("not a database, and long enough to be looked at as one\n" * 100, "utf-8")
    folder.mkdir()
    before = file.read_bytes()
    for place in (file, folder, file / "inside.db"):
        told = refused(f"sqlite:///{place}")
        assert str(place) in told
        assert "SHEETFLOW_DATABASE_URL" in told
    assert file.read_bytes() == before


def test_a_database_that_is_not_there_is_told_in_a_sentence(
    postgres_server: PostgresServer,
) -> None:
    """PostgreSQL runs, but has no database of that name."""
    told = refused(postgres_server.url("nowhere"))
    assert "nowhere" in told
    assert "SHEETFLOW_DATABASE_URL" in told


def test_times_come_back_in_utc(engine: Engine) -> None:
    """Whatever the zone of a time, it comes back as the same moment in UTC; one without a zone is refused."""
    local = NOON.replace(microsecond=123456).astimezone(timezone(timedelta(hours=7)))
    record = registered(engine, now=local)
    kept = Registry(engine).get(record.id).created_at
    assert kept == local
    assert kept.utcoffset() == timedelta(0)
    with pytest.raises(Exception, match="without a zone"):
        registered(engine, "Other", now=NOON.replace(tzinfo=None))
