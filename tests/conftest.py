"""What every test may rely on: one time zone, one locale, the same examples, and tools that are there."""

from __future__ import annotations

import locale
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from sheetflow.workbooks.google.client import SheetsClient
    from sheets_server.server import SheetsServer

pytest_plugins = ("databases",)

PROJECT = Path(__file__).parents[1]
TOOLS = {
    "soffice": ("soffice", "libreoffice"),
    "pdftoppm": ("pdftoppm",),
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "node": ("node", "nodejs"),
}

settings.register_profile("short", derandomize=True, max_examples=30, deadline=None, database=None)
settings.register_profile(
    "long",
    max_examples=1000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def pytest_configure() -> None:
    """Fix what a machine would otherwise decide; SHEETFLOW_EXAMPLES=long tries many more examples."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    locale.setlocale(locale.LC_ALL, "C.UTF-8")
    settings.load_profile(os.environ.get("SHEETFLOW_EXAMPLES", "short"))


@pytest.fixture(scope="session")
def needs() -> Callable[[str], str]:
    """Gives the path of a tool; without it the test is skipped, or fails where every tool is required."""

    def find(tool: str) -> str:
        paths = (shutil.which(name) for name in TOOLS[tool])
        path = next(filter(None, paths), None)
        if path is None and os.environ.get("SHEETFLOW_REQUIRE_TOOLS") == "1":
            pytest.fail(f"{tool} is required here but not installed")
        if path is None:
            pytest.skip(f"{tool} is not installed")
        return path

    return find


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The folder of the packages for Node that tests/node/package.json names (npm ci --prefix tests/node)."""
    folder = PROJECT / "tests" / "node" / "node_modules"
    if not folder.is_dir() and os.environ.get("SHEETFLOW_REQUIRE_TOOLS") == "1":
        pytest.fail("packages for Node are required here: npm ci --prefix tests/node")
    if not folder.is_dir():
        pytest.skip("there are no packages for Node: npm ci --prefix tests/node")
    return folder


@pytest.fixture(scope="session")
def project() -> Path:
    """The folder of the checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of optional test data beside the checkout."""
    folder = PROJECT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the optional test data beside the checkout is absent")
    return folder


@pytest.fixture
def lines_uncounted() -> Iterator[None]:
    """Lets code run as users run it: counting its lines takes longer than much of it."""
    counting = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(counting)


@pytest.fixture(scope="module")
def server() -> Iterator[SheetsServer]:
    """A Sheets server on this machine."""
    from sheets_server.server import SheetsServer

    with SheetsServer() as listening:
        yield listening


@pytest.fixture(scope="module")
def client(server: SheetsServer) -> Iterator[SheetsClient]:
    """A client of the server."""
    from google_access import client_of

    with client_of(server) as one:
        yield one
