"""Replacing a file in one step: a reader sees the old file or the new one, never a half."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path
from shutil import copymode

from sheetflow.errors import UserError


def replace_file(path: Path, content: bytes) -> None:
    """Put the content at the path; raises UserError, and leaves all as it was, where that cannot be done."""
    try:
        beside = _written_beside(path, content)
    except OSError as error:
        raise UserError("file_not_writable", file=str(path)) from error
    try:
        if path.exists():
            copymode(path, beside)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise UserError("file_not_writable", file=str(path)) from error


def _written_beside(path: Path, content: bytes) -> Path:
    handle, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}-", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise
    return Path(name)
