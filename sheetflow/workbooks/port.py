"""The port to a workbook: read all of it, write one patch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from sheetflow.cells import CellEdit, Patch, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteReport:
    """How many cells and tabs were written, and the edits left out because their cell had changed meanwhile."""

    written: int = 0
    skipped: tuple[CellEdit, ...] = ()


class Workbook(Protocol):
    """A workbook somewhere: a file, a spreadsheet of a service, or memory."""

    def read(self) -> Snapshot:
        """All that the workbook holds now; raises UserError where it cannot be read."""
        ...

    def write(self, patch: Patch) -> WriteReport:
        """Write the whole patch or nothing; raises UserError where it cannot be written safely.

        A patch with nothing in it leaves the workbook byte for byte.
        """
        ...
