"""Procrastinate's own tables in our database: made when they are missing, brought up to date when it is newer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from psycopg import Connection
from psycopg.abc import Query
from psycopg.rows import TupleRow

NUMBER = 7_365_656_574
"""Of the lock that lets one process at a time change the tables."""

_LOCK = "SELECT pg_advisory_lock(%s)"
_APPLIED = "CREATE TABLE IF NOT EXISTS queue_migrations (name text PRIMARY KEY)"
_NOTE = "INSERT INTO queue_migrations VALUES (%s)"


def prepare_queue(conninfo: str) -> None:
    """Make the tables, or apply what this version of Procrastinate adds; several processes at once are safe."""
    from procrastinate.schema import SchemaManager

    files = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    with Connection.connect(conninfo, autocommit=True) as connection:
        connection.execute(_LOCK, (NUMBER,))  # given back with the connection
        connection.execute(_APPLIED)
        applied = _applied(connection)
        if not applied:
            _made(connection, None if _is_there(connection) else SchemaManager.get_schema(), files)
        for file in files:
            if applied and file.name not in applied:
                _made(connection, file.read_bytes(), [file])


def _made(connection: Connection[TupleRow], script: Query | None, files: Sequence[Path]) -> None:
    """Run the script, and note the migrations that it stands for: both or neither."""
    with connection.transaction():
        if script is not None:
            connection.execute(script)
        for file in files:
            connection.execute(_NOTE, (file.name,))


def _applied(connection: Connection[TupleRow]) -> set[str]:
    return {name for (name,) in connection.execute("SELECT name FROM queue_migrations")}


def _is_there(connection: Connection[TupleRow]) -> bool:
    found = connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone()
    return found is not None and found[0] is not None
