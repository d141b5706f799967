"""Bringing a database's tables up to date, one process at a time."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

FOLDER = Path(__file__).with_name("migrations")
NEWEST = "head"
ONE_AT_A_TIME = 7_433_538_106
"""The number of PostgreSQL's advisory lock for this work: any number that nobody else uses."""


class LaterDatabaseError(Exception):
    """The tables were made by a later SheetFlow than this one."""


def migrate(engine: Engine, to: str = NEWEST) -> None:
    """Lead the tables to a revision, all or nothing; raises LaterDatabaseError where a later SheetFlow made them."""
    script = _script()
    with engine.connect() as connection:
        if _revision(connection) == script.get_current_head() and to == NEWEST:
            return
    with engine.execution_options(writes=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
        _upgrade(connection, to)


def _upgrade(connection: Connection, to: str) -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise LaterDatabaseError from error


def _script() -> ScriptDirectory:
    return ScriptDirectory(str(FOLDER))


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
