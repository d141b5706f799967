"""Replacing a file in one step: whatever happens, a reader finds the old file or the new one, whole."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from zlib import crc32

from sheetflow.errors import UserError
from sheetflow.workbooks.xlsx.saving.backups import keep_backup, take_back

ONLY_OURS, AS_USUAL = 0o600, 0o666
OPEN_ELSEWHERE = ("~${}", ".~lock.{}#")
"""The files that Excel and LibreOffice put beside a workbook while somebody has it open."""


def replace_file(
    path: Path, content: bytes, *, backups: int = 0, expected: bytes | None = None
) -> None:
    """Put the content at the path, with the mode and the owner of what stood there; `backups` older ones are kept.

    Raises:
        UserError: It cannot be done, or the file does not hold what was `expected`; all is left as it was.
    """
    target = path.resolve()
    try:
        with _draft(target, content) as draft:
            if expected is not None and target.read_bytes() != expected:
                raise UserError("file_changed_meanwhile", file=path.name)
            backup = keep_backup(target, backups, draft.with_suffix(".old"))
            try:
                draft.replace(target)
            except OSError:
                take_back(target, backup)
                raise
        _sync_folder(target.parent)
    except OSError as error:
        raise UserError("file_not_writable", file=str(path)) from error


def refuse_open(path: Path) -> None:
    """Raise UserError where somebody has the workbook open: their next save would undo what is written now."""
    target = path.resolve()
    for pattern in OPEN_ELSEWHERE:
        lock = target.with_name(pattern.format(target.name))
        if lock.exists():
            raise UserError("file_open_elsewhere", file=path.name, lock=lock.name)


def sweep(path: Path) -> None:
    """Remove what runs that were killed have left beside the file; what a run still writes stays."""
    target = path.resolve()
    ours = re.compile(re.escape(_mark(target)) + r"[0-9a-f]{8}\.(?:new|old)")
    with suppress(OSError):
        for place in target.parent.iterdir():
            if ours.fullmatch(place.name):
                _remove_if_left(place)


@contextmanager
def _draft(target: Path, content: bytes) -> Iterator[Path]:
    """The content in a file beside the target, safely on the disk; it is removed where it was not put to use."""
    draft = target.with_name(f"{_mark(target)}{os.urandom(4).hex()}.new")
    present = target.stat() if target.exists() else None
    if present and not os.access(target, os.W_OK):
        raise PermissionError
    try:
        handle = os.open(
            draft,
            os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0),
            ONLY_OURS if present else AS_USUAL,
        )
        with os.fdopen(handle, "wb") as file:
            _hold(file.fileno())
            file.write(content)
            file.flush()
            if present:
                _dress(draft, target, present)
            os.fsync(file.fileno())
        yield draft
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _mark(target: Path) -> str:
    """How the names of our files beside this one begin; its own name might be too long to take more."""
    return f".sheetflow-{crc32(os.fsencode(target.name)):08x}-"


def _dress(draft: Path, target: Path, present: os.stat_result) -> None:
    if hasattr(os, "chown"):
        with suppress(OSError):  # only the system's master may give files away
            os.chown(draft, present.st_uid, present.st_gid)
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(target):
                os.setxattr(draft, name, os.getxattr(target, name))
    draft.chmod(stat.S_IMODE(present.st_mode))


def _hold(handle: int) -> None:
    """Mark the file as being written, until it is closed or we are killed."""
    with suppress(ImportError, OSError):
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _remove_if_left(place: Path) -> None:
    with suppress(OSError):
        with suppress(ImportError), place.open("rb") as file:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        place.unlink()


def _sync_folder(folder: Path) -> None:
    """Let the new name outlive a power cut; some systems cannot, and the file is whole all the same."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
