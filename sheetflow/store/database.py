"""Opening the database: a file of SQLite, or PostgreSQL; its tables are brought up to date on the way.

    open_database("sqlite:///sheetflow.db") -> Engine
    with writing(engine) as connection: ...

Every transaction is short.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from sqlite3 import DatabaseError as DriverError
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from sheetflow.errors import UserError
from sheetflow.store import sqlite
from sheetflow.store.migrating import LaterDatabaseError, migrate

SETTING = "SHEETFLOW_DATABASE_URL"
DRIVERS = {
    "sqlite": "sqlite+pysqlite",
    "sqlite+pysqlite": "sqlite+pysqlite",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
SECONDS_TO_CONNECT = 10
WRITES, TURN = "writes", "turn"
"""What an engine's options say: the transaction writes; and, for a file, the lock of this process's writers.

Between processes SQLite sleeps and tries again, ever longer; threads would starve each other that way.
"""


def open_database(url: str) -> Engine:
    """The database at the URL with its tables as they are today; several processes may open a new one at once.

    Raises:
        UserError: The URL is none of SQLite or PostgreSQL, nothing answers there, or a later SheetFlow made it.
    """
    place = _place(url)
    try:
        return _migrated(_sqlite(place) if _is_file(place) else _postgresql(place))
    except (DatabaseError, DriverError, OSError) as error:
        raise UserError("database_unreachable", setting=SETTING, database=_shown(place)) from error
    except LaterDatabaseError as error:
        raise UserError("database_newer", setting=SETTING, database=_shown(place)) from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes; SQLite's lock is taken at its beginning, so that it never fails half-way."""
    turn: AbstractContextManager[object] = engine.get_execution_options().get(TURN, nullcontext())
    with turn, engine.execution_options(**{WRITES: True}).begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that reads; nobody waits for it."""
    with engine.connect() as connection:
        yield connection


def _migrated(engine: Engine) -> Engine:
    try:
        migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _place(url: str) -> URL:
    """Raises UserError for a URL of another kind, and for a database in memory: every thread would see its own."""
    try:
        place = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise _wrong() from error
    driver = DRIVERS.get(place.drivername)
    if driver is None or (driver.startswith("sqlite") and place.database in {None, "", ":memory:"}):
        raise _wrong()
    return place.set(drivername=driver)


def _is_file(place: URL) -> bool:
    return place.get_backend_name() == "sqlite"


def _sqlite(place: URL) -> Engine:
    file = str(place.database)
    sqlite.prepare(file)
    engine = create_engine(
        place,
        connect_args={"timeout": sqlite.PATIENCE_SECONDS},
        execution_options={TURN: Lock()},
    )
    event.listen(engine, "connect", sqlite.furnish)
    event.listen(engine, "begin", _begin)
    return engine


def _postgresql(place: URL) -> Engine:
    options: dict[str, Any] = {
        "connect_timeout": SECONDS_TO_CONNECT,
        "application_name": "sheetflow",
    }
    try:
        return create_engine(place, pool_pre_ping=True, connect_args=options | dict(place.query))
    except (ModuleNotFoundError, NoSuchModuleError) as error:
        raise UserError("postgres_not_installed", setting=SETTING) from error


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _wrong() -> UserError:
    return UserError(
        "setting_wrong", setting=SETTING, example="postgresql://user:password@host/sheetflow"
    )


def _shown(place: URL) -> str:
    """The file, or the host and the name: the URL holds a password."""
    return (
        str(place.database) if _is_file(place) else f"{place.host or 'localhost'}/{place.database}"
    )
