"""Desks for tests of the jobs: a clock that stands until it is moved, and workbooks that count who writes them.

A ledger is the smallest workbook whose runs can be told apart: a run writes "planned" into its file, where that is
not there yet, and every writing is a line in the folder's journal.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from time import sleep, time

from sqlalchemy import Engine

from sheetflow.cells import CellEdit, CellRef, Patch, Snapshot, Table
from sheetflow.jobs.desk import Desk, Pace
from sheetflow.jobs.in_process import InProcessQueue
from sheetflow.jobs.running import run
from sheetflow.store.leases import Leases
from sheetflow.store.nonces import Nonces
from sheetflow.store.records import RunRecord, RunState, WorkbookRecord
from sheetflow.store.registry import Registry
from sheetflow.store.runs import Runs
from sheetflow.usecases.recalculate import Outcome, Progress, recalculate
from sheetflow.workbooks.memory import MemoryWorkbook
from sheetflow.workbooks.port import Workbook, WriteReport
from sheets import TODAY, snapshot

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
QUICK = Pace(lease=2.0, tick=0.3, heartbeat=0.3, stalled=1.5)
PLANNED = "planned"
JOURNAL = "journal"
EMPTY = Snapshot(tables=(Table(sheet="Ledger", rows=(("",),)),))
SMALLEST = snapshot(
    {"Publications": "| Publication | Type | Delivery date |\n| Tips | Blog post | 2026-12-18 |"}
)


@dataclass(slots=True)
class StandingClock:
    """Time that passes only when it is told to."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        """The time that it is."""
        return self.now

    def pass_by(self, **span: float) -> datetime:
        """Let time pass (days=, hours=, minutes=, seconds=); the time that it is then."""
        self.now += timedelta(**span)
        return self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A line of a journal: which workbook was written, by which process, from when to when."""

    workbook: str
    process: int
    began: float
    ended: float


@dataclass(slots=True)
class LedgerWorkbook:
    """A file that holds a word; each writing is a line in the journal beside it, whole or not there."""

    file: Path
    seconds: float = 0.0
    _began: float = field(default_factory=time)

    def read(self, *, every_tab: bool = False) -> Snapshot:  # noqa: ARG002 - there is one
        """The word in the first cell."""
        text = self.file.read_text() if self.file.exists() else ""
        return Snapshot(tables=(Table(sheet="Ledger", rows=((text,),)),))

    def write(self, patch: Patch) -> WriteReport:
        """Put the word in place, and say so in the journal."""
        began = time()
        sleep(self.seconds)
        draft = self.file.with_suffix(f".{os.getpid()}")
        draft.write_text(str(patch.edits[0].after))
        draft.replace(self.file)
        line = f"{self.file.stem} {os.getpid()} {began} {time()}\n"
        with os.fdopen(os.open(self.file.parent / JOURNAL, _APPENDING), "w") as journal:
            journal.write(line)
        return WriteReport(written=1)


_APPENDING = os.O_WRONLY | os.O_APPEND | os.O_CREAT


def journal_of(folder: Path) -> list[Writing]:
    """Every writing into a ledger of the folder, in its order."""
    place = folder / JOURNAL
    lines = place.read_text().splitlines() if place.exists() else []
    parts = [line.split() for line in lines]
    return [
        Writing(workbook=book, process=int(process), began=float(began), ended=float(ended))
        for book, process, began, ended in parts
    ]


@cache
def outcome() -> Outcome:
    """What a run of the smallest plan comes to."""
    return recalculate(MemoryWorkbook(SMALLEST), TODAY)


def keep_ledger(workbook: Workbook, today: date, *, progress: Progress) -> Outcome:  # noqa: ARG001 - the use case's shape
    """The use case of a ledger: like a plan, it is written where it does not stand there already."""
    progress("Reading", 0.0)
    before = workbook.read().tables[0].rows[0][0]
    if before != PLANNED:
        ref = CellRef("Ledger", 1, 1)
        workbook.write(Patch(edits=(CellEdit(ref=ref, before=before, after=PLANNED),)))
    return outcome()


def write_ledger(workbook: Workbook, today: date, *, progress: Progress) -> Outcome:  # noqa: ARG001 - the use case's shape
    """The same, but it is written every time."""
    ref, before = CellRef("Ledger", 1, 1), workbook.read().tables[0].rows[0][0]
    workbook.write(Patch(edits=(CellEdit(ref=ref, before=before, after=PLANNED),)))
    return outcome()


def desk_on(
    engine: Engine,
    *,
    clock: Callable[[], datetime] | None = None,
    holder: str = "tester",
    pace: Pace = QUICK,
) -> Desk:
    """A desk whose workbooks are ledgers: files where the address is a whole path, else new ones each time."""
    return Desk(
        registry=Registry(engine),
        runs=Runs(engine),
        leases=Leases(engine),
        nonces=Nonces(engine),
        open_workbook=_ledger,
        clock=clock or (lambda: datetime.now(UTC)),
        chance=lambda: 0.0,
        holder=f"{holder}:{os.getpid()}",
        pace=pace,
        recalculate=keep_ledger,
    )


def _ledger(record: WorkbookRecord) -> Workbook:
    file = Path(record.address)
    return LedgerWorkbook(file) if file.is_absolute() else MemoryWorkbook(EMPTY)


def registered(
    desk: Desk,
    address: str | Path = "ledger",
    *,
    schedule: str | None = None,
    time_zone: str = "UTC",
    seen: str | None = None,
) -> WorkbookRecord:
    """A workbook in the desk's registry, by the name of its address."""
    added = desk.registry.add(
        str(address),
        name=str(address),
        time_zone=time_zone,
        schedule=schedule,
        owner=None,
        now=desk.clock(),
    )
    return added if seen is None else desk.registry.change(added.id, seen=seen)


def ran(desk: Desk, record: WorkbookRecord) -> RunRecord:
    """Ask for a run and carry it out; the run as it ended."""
    asked, _ = desk.runs.ask(record.id, "tester", desk.clock())
    run(asked.id, desk)
    return desk.runs.get(asked.id)


def until_ended(desk: Desk, runs: Sequence[str], seconds: float = 30.0) -> list[RunRecord]:
    """Wait until all of the runs have ended; what has not after so long is told as it is."""
    ends = time() + seconds
    while True:
        present = [desk.runs.get(one) for one in runs]
        if time() > ends or all(one.state in {RunState.DONE, RunState.FAILED} for one in present):
            return present
        sleep(0.05)


def in_process(desk: Desk, workers: int = 2, *, ticks: bool = True) -> InProcessQueue:
    """A queue that has begun."""
    queue = InProcessQueue(desk, workers=workers, ticks=ticks)
    queue.start()
    return queue


def failing_desk(desk: Desk, act: Callable[[], object]) -> Desk:
    """The same desk, whose recalculation does that instead: it should raise."""

    def fail(workbook: Workbook, today: date, *, progress: Progress) -> Outcome:  # noqa: ARG001 - the use case's shape
        act()
        return outcome()

    return replace(desk, recalculate=fail)
