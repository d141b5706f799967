"""Copies of a workbook as it was: `plan.xlsx.bak` before it was last written, older ones `.bak.1` and `.bak.2`."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

USUALLY_KEPT = 3


def keep_backup(path: Path, kept: int, draft: Path) -> Path | None:
    """Keep the file as it is now, and at most `kept` copies in all; the copy, or None where there is nothing to keep.

    `draft` is a free name beside the file, for the time until the copy is whole. Raises OSError where none can be made.
    """
    if kept < 1 or not path.exists():
        return None
    newest, *older = [path.with_name(f"{path.name}.bak{n}") for n in _endings(kept)]
    if newest.exists() and newest.samefile(path):
        return newest  # a run that was killed had come so far
    _shift([newest, *older])
    try:
        os.link(path, newest)
    except OSError:  # not every file system gives a file two names
        _copy(path, draft)
        draft.replace(newest)
    return newest


def take_back(path: Path, backup: Path | None) -> None:
    """Remove the copy of a file that was not replaced after all."""
    with suppress(OSError):
        if backup is not None and backup.samefile(path):
            backup.unlink()


def _endings(kept: int) -> list[str]:
    return ["", *(f".{number}" for number in range(1, kept))]


def _shift(places: list[Path]) -> None:
    """Make the first place free: the copies move on by one, up to the first gap; what would fall off the end goes."""
    gap = next((n for n, place in enumerate(places) if not place.exists()), len(places) - 1)
    for number in range(gap, 0, -1):
        places[number - 1].replace(places[number])
    if gap == 0 and len(places) == 1:
        places[0].unlink(missing_ok=True)


def _copy(path: Path, draft: Path) -> None:
    import shutil

    shutil.copy2(path, draft)
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
