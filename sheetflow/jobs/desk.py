"""What the jobs work with, handed to them: nothing here opens a database, reads a setting or knows a clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from sheetflow.jobs.stamps import Stamp, stamp_of
from sheetflow.store.leases import Leases
from sheetflow.store.nonces import Nonces
from sheetflow.store.records import RunRecord, WorkbookRecord
from sheetflow.store.registry import Registry
from sheetflow.store.runs import Runs
from sheetflow.usecases.recalculate import Outcome, Progress, recalculate
from sheetflow.workbooks.port import Workbook


class Recalculate(Protocol):
    """The use case that a run carries out."""

    def __call__(self, workbook: Workbook, today: date, *, progress: Progress) -> Outcome:
        """Plan the workbook as of that day, and write the plan into it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long things take at most, in seconds; whatever dies is noticed when the longest of them has passed twice.

    A lease lasts `lease` from each renewal and is renewed four times in that. Every process looks for what is due
    every `tick`. A worker gives a sign of life every `heartbeat`, and is dead after `stalled` without one.
    """

    lease: float = 30.0
    tick: float = 5.0
    heartbeat: float = 5.0
    stalled: float = 20.0


def _nobody_is_told(*_: object) -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a run is carried out with; `holder` names this process, no other has that name.

    `clock` tells the time, aware and in UTC; `chance` gives 0 to below 1. `on_done` hears of each run that ended well,
    `on_failure` of each that did not, and whether it is the first in a row, `on_tick` of every look for what is due;
    what they raise is logged, and no more.
    """

    registry: Registry
    runs: Runs
    leases: Leases
    nonces: Nonces
    open_workbook: Callable[[WorkbookRecord], Workbook]
    clock: Callable[[], datetime]
    chance: Callable[[], float]
    holder: str
    pace: Pace = Pace()
    recalculate: Recalculate = recalculate
    stamp: Callable[[str], Stamp | None] = stamp_of
    on_done: Callable[[WorkbookRecord, Outcome], None] = _nobody_is_told
    on_failure: Callable[[WorkbookRecord, RunRecord, bool], None] = _nobody_is_told
    on_tick: Callable[[datetime], None] = _nobody_is_told
