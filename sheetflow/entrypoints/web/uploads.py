"""A workbook that was sent to us: planned in a private folder that is gone when the answer is there."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING

from sheetflow.entrypoints.web.planning.upload import recalculated_file
from sheetflow.entrypoints.web.present import planners, service
from sheetflow.errors import Fact, UserError
from sheetflow.jobs.counting import counts_of
from sheetflow.store.records import Counts

if TYPE_CHECKING:
    from sheetflow.usecases.recalculate import Outcome

FOLDER_PREFIX = "sheetflow-upload-"
LONGEST_NAME = 120
LEFT_BEHIND_SECONDS = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalculated:
    """The workbook with its plan: `content` is the file, `name` what the sender called it."""

    name: str
    content: bytes
    outcome: Outcome

    @property
    def counts(self) -> Counts:
        """How many rows have which flag, how many steps moved, how many errors there are."""
        return counts_of(self.outcome)


def recalculated_upload(stream: IO[bytes], name: str, today: date) -> Recalculated:
    """Plan the workbook in the stream and write the plan into a copy.

    Raises:
        UserError: It cannot be read or written safely, takes more memory or time than it may, or too many are planned
            at the moment; the sentence names the file as its sender did.
    """
    called = bare_name(name)
    with tempfile.TemporaryDirectory(prefix=FOLDER_PREFIX) as folder:
        received, written = Path(folder, "received"), Path(folder, "written")
        with received.open("wb") as file:
            shutil.copyfileobj(stream, file)
        try:
            outcome = planners().run(
                recalculated_file, received, written, today, service().settings.max_rows
            )
        except UserError as error:
            raise UserError(error.code, **_as_called(error, called)) from error
        content = written.read_bytes()
    return Recalculated(name=called, content=content, outcome=outcome)


def sweep_uploads(now: datetime) -> None:
    """Delete folders of uploads that a process left behind when it was killed; young ones may be in use."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*"):
        with suppress(OSError):
            if now.timestamp() - folder.stat().st_mtime > LEFT_BEHIND_SECONDS:
                shutil.rmtree(folder)


def bare_name(name: str) -> str:
    """The last part of a file's name, as much of it as a sentence can hold."""
    last = PurePosixPath(name.replace("\\", "/")).name
    shown = "".join(letter for letter in last if letter.isprintable())
    return shown[-LONGEST_NAME:] if shown.strip(".") else "workbook.xlsx"


def _as_called(error: UserError, name: str) -> dict[str, Fact]:
    """The facts, with the name that the sender knows in place of ours."""
    return {**error.facts, "file": name} if "file" in error.facts else dict(error.facts)
