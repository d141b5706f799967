"""What is found out about a workbook before it is registered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from sheetflow.errors import UserError
from sheetflow.usecases.check import check
from sheetflow.wiring.service import check_folder
from sheetflow.wiring.settings import Settings
from sheetflow.wiring.workbooks import open_workbook
from sheetflow.workbooks.google.address import editing_url, spreadsheet_id
from sheetflow.workbooks.port import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a look at a workbook told: its name, and how many publications it plans; None where nobody looked.

    `time_zone` is that of its Settings tab; blank without one.
    """

    name: str
    time_zone: str
    publications: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A workbook at its full address, not looked at yet; `account` is whom a spreadsheet must be shared with."""

    address: str
    name: str
    account: str
    workbook: Workbook

    def look(self, today: date) -> Found:
        """Read it; raises UserError where that cannot be done, or where it holds no publications."""
        title = getattr(self.workbook, "title", None)
        workspace = check(self.workbook, today).workspace
        return Found(
            name=title() if title else self.name,
            time_zone=workspace.settings.time_zone,
            publications=len(workspace.publications),
        )


def candidate_at(settings: Settings, address: str) -> Candidate:
    """The workbook at a path, which is made absolute, or at the URL or ID of a Google spreadsheet.

    Raises:
        UserError: The address is of another kind, the file lies outside the folder of workbooks, or there are no
            credentials.
    """
    file = Path(address).expanduser().absolute()
    spreadsheet = None if file.exists() else spreadsheet_id(address)
    if spreadsheet is not None:
        return _spreadsheet(settings, spreadsheet)
    if urlsplit(address).scheme in {"http", "https"}:
        raise UserError("url_unknown", address=address)
    check_folder(settings, file)
    workbook = open_workbook(str(file))
    return Candidate(address=str(file), name=file.stem, account="", workbook=workbook)


def _spreadsheet(settings: Settings, spreadsheet: str) -> Candidate:
    from sheetflow.wiring.google import open_in_turn

    workbook = open_in_turn(settings, spreadsheet)
    address = editing_url(spreadsheet)
    return Candidate(address=address, name=spreadsheet, account=workbook.account, workbook=workbook)
