"""One run: take the lease, begin, recalculate inside the fence, and remember how it went.

    run(run_id, desk) -> whether the run needs nobody any more

It never raises. A run that fails is tried again later (retrying.py); one whose lease was lost writes nothing and
remembers nothing: whoever has the lease now does that.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count
from logging import getLogger

from sheetflow.errors import Fact, OwnError, SheetFlowError, UserError
from sheetflow.jobs.counting import counts_of
from sheetflow.jobs.desk import Desk
from sheetflow.jobs.fencing import Fence, FencedWorkbook
from sheetflow.jobs.retrying import tried_again_at
from sheetflow.jobs.stages import Reporter, told_to
from sheetflow.jobs.timetable import next_due, zone_of
from sheetflow.store.records import Lease, RunRecord, RunState, WorkbookRecord
from sheetflow.usecases.recalculate import Outcome

LOST, OPEN = "lease_lost", "file_open_elsewhere"
log = getLogger(__name__)
_numbers = count()


def run(run_id: str, desk: Desk) -> bool:
    """Carry out a run that waits; False where its workbook is taken at the moment, so that it must be tried again."""
    try:
        waiting = desk.runs.get(run_id)
        if waiting.state is not RunState.WAITING:
            return True
        holder = f"{desk.holder}:{next(_numbers)}"
        lease = desk.leases.take(waiting.workbook, holder, desk.clock(), desk.pace.lease)
        if lease is None:
            return False
        try:
            tell = _with_lease(waiting, lease, desk)
        finally:
            desk.leases.release(lease)
        tell()
    except UserError:
        return True  # the run, or its workbook, was removed meanwhile
    except Exception as error:  # noqa: BLE001  whoever tries again finds the run, and this worker has others to do
        log_mishap(f"run {run_id}", error)
        return False
    return True


def _with_lease(waiting: RunRecord, lease: Lease, desk: Desk) -> Callable[[], None]:
    """Run it; the answer tells those who want to know, once the workbook is free again."""
    if not desk.runs.begin(waiting.id, lease.number, desk.clock()):
        return _nobody_is_told
    record = desk.registry.get(waiting.workbook)
    fence = Fence(desk, lease)
    ending = _Ending(desk, record, waiting.id, lease.number)
    try:
        with fence.kept():
            outcome = ending.recalculated(fence)
    except SheetFlowError as error:
        if isinstance(error, OwnError) and error.code == LOST:
            log.warning("run %s lost its lease and wrote nothing more", waiting.id)
            return _nobody_is_told
        return ending.failed(error.code, error.facts)
    except Exception as error:  # noqa: BLE001  whatever a workbook does, its run ends with a sentence
        log_mishap(f"run {waiting.id}", error)
        return ending.failed("run_broken", {})
    return ending.done(outcome)


class _Ending:
    """A run that has begun, and what is remembered of it."""

    def __init__(self, desk: Desk, record: WorkbookRecord, run_id: str, number: int) -> None:
        self._desk, self._record, self._run_id, self._number = desk, record, run_id, number
        self._seen = record.seen

    def recalculated(self, fence: Fence) -> Outcome:
        """Recalculate as of the day that it is where the team works."""
        desk, record = self._desk, self._record
        today = desk.clock().astimezone(zone_of(record.time_zone)).date()
        reporter = Reporter(self._tell, fence.look)
        self._seen = self._stamp() or record.seen
        workbook = FencedWorkbook(desk.open_workbook(record), fence.check, self._stamp)
        try:
            with told_to(reporter):
                return desk.recalculate(workbook, today, progress=reporter.hear)
        finally:
            self._seen = workbook.seen or self._seen

    def done(self, outcome: Outcome) -> Callable[[], None]:
        """It went well: whoever failed before is on its timetable again."""
        desk, record, now = self._desk, self._record, self._desk.clock()
        if not desk.runs.finish(self._run_id, counts_of(outcome), now, self._number):
            return _nobody_is_told
        desk.registry.succeeded(record.id, self._seen, now)
        if record.failures:
            due = next_due(record.schedule, record.time_zone, now) if record.schedule else None
            desk.registry.move_due(record.id, record.next_due, due)
        return partial(_told, desk.on_done, record, outcome)

    def failed(self, code: str, facts: Mapping[str, Fact]) -> Callable[[], None]:
        """It did not: it is run again later, or at once when somebody edits its file."""
        desk, record, now = self._desk, self._record, self._desk.clock()
        if not desk.runs.fail(self._run_id, code, facts, now, self._number):
            return _nobody_is_told
        again = tried_again_at(
            record.failures + 1, now, desk.chance(), has_timetable=bool(record.schedule)
        )
        desk.registry.failed(record.id, now, again)
        if (
            self._seen != record.seen and code != OPEN
        ):  # an edit is still unseen when the file is closed
            desk.registry.change(record.id, seen=self._seen)
        ended = desk.runs.get(self._run_id)
        return partial(_told, desk.on_failure, record, ended, record.failures == 0)

    def _tell(self, stage: str, share: float) -> None:
        self._desk.runs.progress(self._run_id, stage, share, self._number)

    def _stamp(self) -> str | None:
        stamp = self._desk.stamp(self._record.address)
        return stamp.text if stamp else None


def _told(hear: Callable[..., None], *news: object) -> None:
    try:
        hear(*news)
    except Exception as error:  # noqa: BLE001  the run is over, whoever hears of it
        log_mishap("telling how a run ended", error)


def _nobody_is_told() -> None:
    pass


def log_mishap(what: str, error: Exception) -> None:
    """Log where something broke, and of what kind; never its words, which may hold what a cell holds."""
    places = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s broke: %s\n%s", what, type(error).__name__, places)
