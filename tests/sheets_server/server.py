"""A Sheets server on this machine: Sheets v4, the parts of Drive v3, the token and the certificates endpoints.

with SheetsServer() as server:
    number = server.load(snapshot)
    server.url, server.key_file()             # where it listens, and a service account's key
    server.fail(Fault(on="write", status=503))
    server.meanwhile(lambda book: book.delete_rows("Plan", 4), on="read")
    server.book(number).rows("Plan")          # look into it, edit it as a person would
    server.journal.count("write")             # what came
"""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Thread
from types import TracebackType
from typing import Literal, Self

from werkzeug.serving import make_server

from sheetflow.cells import Snapshot
from sheets_server import accounts
from sheets_server.app import App
from sheets_server.drive import OWNER, SPREADSHEET, XLSX, Drive
from sheets_server.faults import Fault
from sheets_server.handler import Handler, end_connections
from sheets_server.hooks import Hook
from sheets_server.journal import Journal
from sheets_server.loading import loaded
from sheets_server.open_book import OpenBook
from sheets_server.quotas import Quotas
from sheets_server.refusals import Json
from sheets_server.switches import Switches


class SheetsServer:
    """A server with its files, listening while its context lasts; `clock` gives the seconds since 1970."""

    def __init__(
        self,
        switches: Switches | None = None,
        clock: Callable[[], float] = time.time,
        port: int = 0,
    ) -> None:
        """Prepare a server with no file."""
        self.switches = switches or Switches()
        self.drive = Drive(clock)
        quotas = Quotas(clock, self.switches.quota_per_user, self.switches.quota_per_project)
        self.accounts = accounts.Accounts(clock)
        self.app = App(
            drive=self.drive, accounts=self.accounts, switches=self.switches, quotas=quotas
        )
        self.port = port
        self.url = ""

    def __enter__(self) -> Self:
        """Listen."""
        self._http = make_server(
            "127.0.0.1", self.port, self.app, threaded=True, request_handler=Handler
        )
        self.port = self._http.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Listen no longer; an answer against the discovery document fails whoever used the server."""
        self._http.shutdown()
        self._thread.join()
        end_connections(self.port)
        self._http.server_close()
        if error is None and self.app.unsound:
            raise AssertionError("\n".join(self.app.unsound))

    def wait(self) -> None:
        """Serve until the thread is stopped from outside."""
        self._thread.join()

    @property
    def journal(self) -> Journal:
        """The requests that came."""
        return self.app.journal

    def load(
        self,
        snapshot: Snapshot,
        *,
        title: str = "Plan",
        account: str = accounts.ROBOT,
        role: str = "writer",
    ) -> str:
        """Make a spreadsheet of tables and share it with an account; its ID."""
        book = loaded(self.drive.next_id(), title, snapshot)
        number = self.drive.add(title, SPREADSHEET, OWNER, book).number
        self.share(number, account, role)
        return number

    def add_xlsx(self, name: str, account: str = accounts.ROBOT) -> str:
        """Put an Excel file on Drive, which Sheets refuses to read; its ID."""
        number = self.drive.add(name, XLSX, OWNER).number
        self.share(number, account, "writer")
        return number

    def share(self, number: str, account: str, role: str | None) -> None:
        """Let an account be owner, writer, commenter or reader of a file; None takes it away."""
        shares = self.drive.files[number].shares
        shares.pop(account, None)
        if role:
            shares[account] = role

    def book(self, number: str) -> OpenBook:
        """A spreadsheet as its owner has it open."""
        return self.app.open_book(number)

    def fail(self, *faults: Fault) -> None:
        """Let these troubles happen to coming requests."""
        self.app.script.add(*faults)

    def meanwhile(
        self,
        edit: Callable[[OpenBook], None],
        *,
        on: str = "read",
        when: Literal["before", "after"] = "after",
        skip: int = 0,
        times: int | None = 1,
    ) -> None:
        """Let somebody edit around coming requests: by default right after the next read."""
        self.app.hooks.append(Hook(edit=edit, on=on, when=when, skip=skip, times=times))

    def token(
        self, account: str = accounts.ROBOT, scopes: tuple[str, ...] = accounts.SCOPES
    ) -> str:
        """An access token without the way over a key."""
        return self.accounts.token(account, scopes)

    def key_file(self, account: str = accounts.ROBOT) -> Json:
        """The key file of a service account, whose tokens this server gives out."""
        return accounts.key_file(self.url, account)
