"""SQLite as it must be set to lose nothing: a write-ahead log, every commit on the disk, and a file of one's own."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from time import sleep
from typing import Any

PATIENCE_SECONDS = 10.0
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
TRIES, SECONDS_BETWEEN = 200, 0.05


def prepare(file: str) -> None:
    """Make the file and its folder where they are missing, readable to nobody else; turn on its write-ahead log.

    Raises:
        OSError: The file cannot be made.
        sqlite3.DatabaseError: It is no database.
    """
    path = Path(file)
    path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE_FILE))
    with closing(sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)) as opened:
        _log_ahead(opened)


def furnish(connection: Any, _record: object) -> None:  # noqa: ANN401  a connection of the driver, behind the pool
    """Set up a new connection: its transactions begin when the engine says so, not when the driver guesses."""
    connection.isolation_level = None
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _log_ahead(opened: sqlite3.Connection) -> None:
    """SQLite refuses this at once, without its usual patience, while another process does the same with a new file."""
    for _ in range(TRIES):
        try:
            opened.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            sleep(SECONDS_BETWEEN)
        else:
            return
    opened.execute("PRAGMA journal_mode = WAL")
