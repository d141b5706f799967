"""The stamp of a file: when it was saved and how long it is, to notice that somebody has edited it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sheetflow.workbooks.xlsx.saving.replacing import OPEN_ELSEWHERE

SETTLED_AFTER = timedelta(seconds=5)
"""Whoever saves often is left in peace so long: programs write a file in several goes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A file as it stood: `text` differs whenever it was written; `is_open` in somebody's Excel or LibreOffice."""

    text: str
    saved_at: datetime
    is_open: bool = False


def stamp_of(address: str) -> Stamp | None:
    """The stamp of the file at the address; None for a spreadsheet of a service, or where no file is."""
    try:
        file = Path(address).resolve()
        found = file.stat()
    except (OSError, ValueError):
        return None
    return Stamp(
        text=f"{found.st_mtime_ns}:{found.st_size}",
        saved_at=datetime.fromtimestamp(found.st_mtime, UTC),
        is_open=any(file.with_name(lock.format(file.name)).exists() for lock in OPEN_ELSEWHERE),
    )


def is_edited(stamp: Stamp | None, seen: str | None, now: datetime) -> bool:
    """Whether a file was written since it was `seen` last, was left alone for some seconds since, and is closed.

    One that is open could not be written: whoever has it open is waited for. One that seems to be saved in the future
    comes from another clock: nobody knows how long it was left alone, so it is taken as it is.
    """
    if stamp is None or stamp.text == seen or stamp.is_open:
        return False
    return abs(now - stamp.saved_at) >= SETTLED_AFTER
