"""From an address to the workbook behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sheetflow.cells import StarterTab
from sheetflow.errors import UserError
from sheetflow.workbooks.google.address import spreadsheet_id
from sheetflow.workbooks.port import Workbook

if TYPE_CHECKING:
    from sheetflow.workbooks.google.setup import SetUp


def open_workbook(address: str, output: Path | None = None, *, backup: bool = True) -> Workbook:
    """The workbook at a path, or the Google spreadsheet of a URL or an ID; a file of that very name comes first.

    With `output`, what is written goes there and the file stays as it is. Where a file is replaced, a copy of what it
    held is kept beside it, unless `backup` says no.

    Raises:
        UserError: The address is of a kind that cannot be opened, or there are no credentials for it.
    """
    spreadsheet = _spreadsheet_at(address)
    if spreadsheet is not None:
        return _spreadsheet(spreadsheet, output)
    from sheetflow.workbooks.xlsx.saving.backups import USUALLY_KEPT
    from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook

    return XlsxWorkbook(Path(address), output, backups=USUALLY_KEPT if backup else 0)


def open_received(path: Path, output: Path) -> Workbook:
    """A file that came from the network; it is read in a process of its own, with an end to its memory and its time."""
    from sheetflow.workbooks.xlsx.reading.limited import read_limited
    from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook

    return XlsxWorkbook(path, output, reader=lambda _package: read_limited(path))


def creator_of(path: Path) -> Callable[[tuple[StarterTab, ...]], None]:
    """What makes a new workbook at the path."""
    from sheetflow.workbooks.xlsx.blank.blank import create_workbook

    return partial(create_workbook, path)


def set_up_at(address: str) -> Callable[[tuple[StarterTab, ...]], SetUp] | None:
    """What gives tabs to the spreadsheet of a URL or an ID; None for the path of a file.

    Raises:
        UserError: The address is of a kind that cannot be opened, or there are no credentials for it.
    """
    spreadsheet = _spreadsheet_at(address)
    if spreadsheet is None:
        return None
    from sheetflow.wiring.google import set_up_spreadsheet

    return partial(set_up_spreadsheet, spreadsheet)


def _spreadsheet_at(address: str) -> str | None:
    """The ID of the spreadsheet; None for the path of a file."""
    spreadsheet = None if Path(address).exists() else spreadsheet_id(address)
    if spreadsheet is None and _is_url(address):
        raise UserError("url_unknown", address=address)
    return spreadsheet


def _spreadsheet(spreadsheet: str, output: Path | None) -> Workbook:
    if output is not None:
        raise UserError("google_output", file=str(output))
    from sheetflow.wiring.google import open_spreadsheet

    return open_spreadsheet(spreadsheet)


def _is_url(address: str) -> bool:
    return urlsplit(address).scheme in {"http", "https"}
