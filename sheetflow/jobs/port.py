"""The ports to whatever runs workbooks in the background."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from sheetflow.store.records import RunRecord


class Worker(Protocol):
    """Carries out runs until it is stopped."""

    @property
    def ticked_at(self) -> datetime | None:
        """When this process last looked for what is due; None where others do that, or it has not begun."""
        ...

    def start(self) -> None:
        """Begin to carry out what waits, and to look for what is due; where others do that, nothing."""
        ...

    def stop(self, seconds: float) -> None:
        """Begin nothing more, and let what runs come to its end for so long."""
        ...


class Queue(Worker, Protocol):
    """Takes wishes for runs; a wish for a workbook that already waits is that one."""

    def ask(self, workbook: str, asked_by: str, now: datetime) -> RunRecord:
        """The run of the workbook with that ID that will be carried out; it is asked for once, however often."""
        ...
