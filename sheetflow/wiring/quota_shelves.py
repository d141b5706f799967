"""Where the places that are taken in Google's quota stand: in a file, or in PostgreSQL.

pyrate-limiter keeps the list of them and knows who is still in line. Its own limiter is not used: those who wait ask
again and again there, so that some are passed over, and a place counts from when it was to come, not from when it did.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection

    from psycopg_pool import ConnectionPool
    from pyrate_limiter import AbstractBucket, Rate

LOOK_SECONDS, COURTESY_SECONDS = 0.001, 0.003
GUARD_NUMBER = 7_365_656_575
"""Of PostgreSQL's lock that lets one at a time take a place."""


class FileShelf:
    """Places in a file of SQLite, for the processes of one machine; a second file guards it."""

    def __init__(self, file: Path) -> None:
        """Nothing is opened yet."""
        self._file = file
        self._buckets: dict[str, AbstractBucket] = {}
        self._one_thread = Lock()

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Hold the guard's lock, which the system takes back from whoever is killed; then let others have it."""
        import sqlite3

        guard = self._file.with_name(f"{self._file.name}.guard")
        with self._one_thread:
            with closing(sqlite3.connect(guard, timeout=0, isolation_level=None)) as connection:
                while not _is_locked(connection):
                    time.sleep(LOOK_SECONDS)
                yield
                connection.execute("ROLLBACK")
            time.sleep(COURTESY_SECONDS)

    def bucket(self, name: str, rate: Rate) -> AbstractBucket:
        """A table of the file."""
        from pyrate_limiter import SQLiteBucket

        if name not in self._buckets:
            self._buckets[name] = SQLiteBucket.init_from_file(
                [rate], table=name, db_path=str(self._file)
            )
        return self._buckets[name]

    def close(self) -> None:
        """Close the file."""
        for bucket in self._buckets.values():
            bucket.close()
        self._buckets.clear()


def _is_locked(connection: Connection) -> bool:
    """Whether the lock is ours; SQLite's own waiting would sleep longer and longer, and come last each time."""
    from sqlite3 import OperationalError

    try:
        connection.execute("BEGIN EXCLUSIVE")
    except OperationalError as error:
        if "locked" not in str(error):
            raise
        return False
    return True


class PostgresShelf:
    """Places in PostgreSQL, for the processes of many machines; its clock is everybody's."""

    def __init__(self, conninfo: str) -> None:
        """Nothing is connected yet."""
        self._conninfo = conninfo
        self._pool: ConnectionPool | None = None
        self._buckets: dict[str, AbstractBucket] = {}
        self._one_thread = Lock()

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Hold a lock of PostgreSQL's, which goes with the connection of whoever is killed."""
        with self._one_thread, self._opened().connection() as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (GUARD_NUMBER,))
            yield

    def bucket(self, name: str, rate: Rate) -> AbstractBucket:
        """A table of its own."""
        from pyrate_limiter import PostgresBucket

        if name not in self._buckets:
            self._buckets[name] = PostgresBucket(self._opened(), name, [rate])
        return self._buckets[name]

    def close(self) -> None:
        """Disconnect."""
        self._buckets.clear()
        if self._pool is not None:
            self._pool.close()
        self._pool = None

    def _opened(self) -> ConnectionPool:
        """The connections; they keep time in UTC, else an hour of autumn would come twice to the places."""
        if self._pool is None:
            from psycopg_pool import ConnectionPool

            options = {"options": "-c timezone=UTC"}
            self._pool = ConnectionPool(
                self._conninfo, kwargs=options, min_size=1, max_size=3, open=True
            )
        return self._pool
