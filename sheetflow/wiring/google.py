"""Google spreadsheets with what this machine offers: its key files, its clock, and chance."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from secrets import SystemRandom

from sheetflow.cells import StarterTab
from sheetflow.wiring.databases import file_of, postgresql_of
from sheetflow.wiring.quota import Limits, Quota
from sheetflow.wiring.quota_shelves import FileShelf, PostgresShelf
from sheetflow.wiring.settings import Settings
from sheetflow.workbooks.google.client import SheetsClient
from sheetflow.workbooks.google.credentials import (
    KEY_FILES,
    Access,
    access_from,
    account_in,
)
from sheetflow.workbooks.google.errand import Patience, Surroundings
from sheetflow.workbooks.google.setup import SetUp, set_up
from sheetflow.workbooks.google.transport import Transport, Turn, at_once
from sheetflow.workbooks.google.workbook import GoogleWorkbook

SERVER = "SHEETFLOW_GOOGLE_SERVER"
"""Names another server than Google's own: a private endpoint, or one for tests."""

QUOTA_FILE = "quota.db"


def open_spreadsheet(spreadsheet: str) -> GoogleWorkbook:
    """The spreadsheet of that ID; raises UserError where there are no credentials."""
    return GoogleWorkbook(spreadsheet, _client(_access_for(spreadsheet)))


def open_in_turn(settings: Settings, spreadsheet: str) -> GoogleWorkbook:
    """The same, for those who open many: each request waits until Google's quota has room for it."""
    access = _access_for(spreadsheet, settings.google_credentials)
    quota = quota_of(settings)

    def turn(writes: bool, seconds: float) -> bool:  # noqa: FBT001  as the transport asks
        return quota.wait(access.account, access.project, writes=writes, at_most=seconds)

    return GoogleWorkbook(spreadsheet, _client(access, turn))


def set_up_spreadsheet(spreadsheet: str, tabs: tuple[StarterTab, ...]) -> SetUp:
    """Make and furnish the tabs in the spreadsheet of that ID; raises UserError where there are no credentials."""
    return set_up(_client(_access_for(spreadsheet)), spreadsheet, tabs)


def quota_of(settings: Settings) -> Quota:
    """The quota that all share whose database is the same."""
    limits = Limits(
        account=settings.google_requests_per_minute,
        project=settings.google_project_requests_per_minute,
    )
    return _quota(settings.database_url, limits)


@cache
def _quota(database_url: str, limits: Limits) -> Quota:
    conninfo = postgresql_of(database_url)
    if conninfo is not None:
        return Quota(PostgresShelf(conninfo), limits)
    return Quota(FileShelf(file_of(database_url).with_name(QUOTA_FILE)), limits)


def key_for(spreadsheet: str, keys: Sequence[str]) -> str:
    """The key file that a spreadsheet is opened with: always the same, and most keep theirs when another is added."""
    return max(keys, key=lambda key: sha256(f"{key}\n{spreadsheet}".encode()).digest())


def sharing_account(settings: Settings, spreadsheet: str = "") -> str | None:
    """Whom a spreadsheet is shared with, as its key file says; without its ID only where all have the same key.

    None where no key file tells: nothing is asked of Google.
    """
    keys = _named(settings.google_credentials) or list(filter(None, [os.environ.get(KEY_FILES[1])]))
    if not keys or (len(keys) > 1 and not spreadsheet):
        return None
    return account_in(key_for(spreadsheet, keys)) or None


def accesses(keys: Sequence[str] = ()) -> list[Access]:
    """Access by each of the keys; without any by what the environment names, which may be several, too."""
    named = _named(keys)
    return [_access(key) for key in named] if named else [access_from(os.environ)]


def client_for(access: Access) -> SheetsClient:
    """Requests with that access, at once."""
    return _client(access)


def _access_for(spreadsheet: str, keys: Sequence[str] = ()) -> Access:
    """Access by the key of that spreadsheet."""
    named = _named(keys)
    return _access(key_for(spreadsheet, named)) if named else access_from(os.environ)


def _access(key: str) -> Access:
    return access_from({**os.environ, KEY_FILES[0]: key})


def _named(keys: Sequence[str]) -> Sequence[str]:
    """The keys; without any those that the environment names."""
    return keys or [key for key in os.environ.get(KEY_FILES[0], "").split(os.pathsep) if key]


def _client(access: Access, turn: Turn = at_once) -> SheetsClient:
    machine = Surroundings(clock=time.monotonic, sleep=time.sleep, chance=SystemRandom().random)
    transport = Transport(access, machine, Patience(), turn)
    return SheetsClient(transport, os.environ.get(SERVER, ""))
