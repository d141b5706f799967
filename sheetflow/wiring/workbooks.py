"""From an address to the workbook behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from sheetflow.cells import StarterTab
from sheetflow.errors import UserError
from sheetflow.workbooks.port import Workbook


def open_workbook(address: str, output: Path | None = None) -> Workbook:
    """The workbook at a path or URL; with `output`, what is written goes there and the source stays as it is.

    Raises:
        UserError: The address is of a kind that cannot be opened.
    """
    if _is_url(address):
        raise UserError("google_not_ready", address=address)
    from sheetflow.workbooks.xlsx.workbook import XlsxWorkbook

    return XlsxWorkbook(Path(address), output)


def creator_of(path: Path) -> Callable[[tuple[StarterTab, ...]], None]:
    """What makes a new workbook at the path."""
    from sheetflow.workbooks.xlsx.blank import create_workbook

    return partial(create_workbook, path)


def _is_url(address: str) -> bool:
    return urlsplit(address).scheme in {"http", "https"}
