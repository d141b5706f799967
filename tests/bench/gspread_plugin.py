"""A plugin for pytest: everything that gspread sends to Google goes to a local server instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from google.auth.transport.requests import AuthorizedSession

from sheets_server.accounts import ROBOT, SCOPES, Token
from sheets_server.drive import SPREADSHEET
from sheets_server.new_book import book, sheet
from sheets_server.server import SheetsServer

CAME: list[int] = []
DUMMY = "<ACCESS_TOKEN>"
PRIVATE = (
    "1jIKzPs8LsiZZdLdeMEP-5ZIHw6RkjiOmj1LrJN706Yc"  # somebody's spreadsheet that the tests ask for
)


@pytest.fixture(scope="session", autouse=True)
def _local_server() -> Iterator[None]:
    with SheetsServer() as server, pytest.MonkeyPatch.context() as patch:
        token = Token(account=ROBOT, scopes=frozenset(SCOPES), ends=float("inf"))
        server.accounts.tokens[DUMMY] = token
        private = book(PRIVATE, {"title": "Private"})
        private.sheets.append(sheet(0, {"title": "Sheet1"}))
        server.drive.add("Private", SPREADSHEET, "stranger@sheets.test", private)
        asked: Callable[..., Any] = AuthorizedSession.request

        def here(session: Any, method: str, url: str, **more: Any) -> Any:
            parts = urlsplit(url)
            return asked(session, method, f"{server.url}{parts.path}?{parts.query}", **more)

        patch.setattr(AuthorizedSession, "request", here)
        yield
        CAME.append(len(server.journal.entries))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell how many requests the tests made."""
    terminalreporter.write_line(f"{sum(CAME)} requests went to the local server")
