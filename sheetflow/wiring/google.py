"""Google spreadsheets with what this machine offers: its key file, its clock, and chance."""

from __future__ import annotations

import os
import time
from secrets import SystemRandom

from sheetflow.cells import StarterTab
from sheetflow.workbooks.google.client import SheetsClient
from sheetflow.workbooks.google.credentials import access_from
from sheetflow.workbooks.google.errand import Patience, Surroundings
from sheetflow.workbooks.google.setup import SetUp, set_up
from sheetflow.workbooks.google.transport import Transport
from sheetflow.workbooks.google.workbook import GoogleWorkbook

SERVER = "SHEETFLOW_GOOGLE_SERVER"
"""Names another server than Google's own: a private endpoint, or one for tests."""


def open_spreadsheet(spreadsheet: str) -> GoogleWorkbook:
    """The spreadsheet of that ID; raises UserError where there are no credentials."""
    return GoogleWorkbook(spreadsheet, _client())


def set_up_spreadsheet(spreadsheet: str, tabs: tuple[StarterTab, ...]) -> SetUp:
    """Make and furnish the tabs in the spreadsheet of that ID; raises UserError where there are no credentials."""
    return set_up(_client(), spreadsheet, tabs)


def _client() -> SheetsClient:
    machine = Surroundings(clock=time.monotonic, sleep=time.sleep, chance=SystemRandom().random)
    transport = Transport(access_from(os.environ), machine, Patience())
    return SheetsClient(transport, os.environ.get(SERVER, ""))
