"""Spreadsheets that SheetFlow has written into before, made once and copied for every test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

from google_access import Machine, client_of
from sheetflow.engine.planner import Effort
from sheetflow.usecases.recalculate import Outcome, recalculate
from sheetflow.workbooks.google.errand import Patience
from sheetflow.workbooks.google.workbook import GoogleWorkbook
from sheets import TODAY
from sheets_server.accounts import ROBOT
from sheets_server.drive import OWNER, SPREADSHEET
from sheets_server.server import SheetsServer
from sheets_server.state import Book

Prepare = Callable[[SheetsServer], str]
"""Makes a spreadsheet on a server, and gives its ID."""


def run(
    server: SheetsServer,
    number: str,
    *,
    machine: Machine | None = None,
    patience: Patience | None = None,
    days: int = 0,
    **named: Any,
) -> Outcome:
    """Recalculate a spreadsheet once, as the command does, so many days later."""
    today = TODAY + timedelta(days=days)
    with client_of(server, machine=machine, patience=patience) as client:
        return recalculate(GoogleWorkbook(number, client), today, effort=Effort.FAST, **named)


def copied(server: SheetsServer, prepare: Prepare) -> str:
    """A copy of what `prepare` makes, which is made but once; the ID of the copy."""
    book, counter = _made(prepare)
    server.drive.counter = max(server.drive.counter, counter)
    draft = book.copy()
    draft.number = server.drive.next_id()
    number = server.drive.add("Plan", SPREADSHEET, OWNER, draft).number
    server.share(number, ROBOT, "writer")
    return number


@cache
def _made(prepare: Prepare) -> tuple[Book, int]:
    with SheetsServer() as server:
        number = prepare(server)
        return server.book(number).book, server.drive.counter
