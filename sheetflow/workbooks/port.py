"""The port to a workbook: read all of it, write one patch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sheetflow.cells import CellEdit, Patch, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReport:
    """How many cells and tabs were written, and the edits left out because their cell had changed meanwhile.

    `drifted` names the rows (by key) and the tabs that people changed between the reading and the writing: the plan
    does not fit them any more. `now` is the workbook as it was right after the writing, where that is known.
    """

    written: int = 0
    skipped: tuple[CellEdit, ...] = ()
    drifted: tuple[str, ...] = ()
    now: Snapshot | None = None


class Workbook(Protocol):
    """A workbook somewhere: a file, a spreadsheet of a service, or memory."""

    def read(self, *, every_tab: bool = False) -> Snapshot:
        """All that the workbook holds now; raises UserError where it cannot be read.

        A workbook that takes long to look for new tabs may leave that out, and say so, unless `every_tab` asks for it.
        """
        ...

    def write(self, patch: Patch) -> WriteReport:
        """Write the whole patch or nothing; raises UserError where it cannot be written safely.

        A patch with nothing in it leaves the workbook byte for byte.
        """
        ...
