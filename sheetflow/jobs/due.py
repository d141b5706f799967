"""What is due: by its timetable, by an edit of its file, or because whoever ran it is gone.

    tick(desk, now) -> the runs that wait for it

Any number of processes may tick at the same time: whoever asks for a run holds the workbook's lease, so that nobody
runs it meanwhile and each due time is asked for once. A tick that is killed asks again; it never forgets.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from logging import getLogger

from sheetflow.errors import UserError
from sheetflow.jobs.desk import Desk
from sheetflow.jobs.retrying import MOST_ATTEMPTS, tried_again_at
from sheetflow.jobs.stamps import is_edited
from sheetflow.jobs.timetable import mended_due, next_due
from sheetflow.store.records import RunRecord, RunState, WorkbookRecord

TIMETABLE, EDIT = "timetable", "edit"
ASKING_SECONDS = 10.0
log = getLogger(__name__)


def tick(desk: Desk, now: datetime) -> list[RunRecord]:
    """Ask for a run of everything that is due, once; runs of workers that are gone wait again."""
    asked = revive(desk, now)
    for record in desk.registry.all():
        if record.paused:
            continue
        try:
            asked.extend(_asked(desk, record, now))
        except UserError as error:  # a timetable that was good when it was registered, or a workbook removed just now
            log.warning("workbook %s cannot be due: %s", record.id, error.code)
    return asked


def _asked(desk: Desk, record: WorkbookRecord, now: datetime) -> Iterator[RunRecord]:
    mended = mended_due(record.schedule, record.time_zone, record.next_due, now)
    if mended != record.next_due:
        desk.registry.move_due(record.id, record.next_due, mended)
    elif _why(desk, record, now):
        with ours(desk, record.id, now) as is_ours:
            present = desk.registry.get(record.id)
            if is_ours and not present.paused and (why := _why(desk, present, now)):
                yield desk.runs.ask(record.id, why, now)[0]
                _move_on(desk, present, now)


def _why(desk: Desk, record: WorkbookRecord, now: datetime) -> str | None:
    """What makes the workbook due; None where nothing does."""
    if record.next_due is not None and record.next_due <= now:
        return TIMETABLE
    return EDIT if is_edited(desk.stamp(record.address), record.seen, now) else None


def _move_on(desk: Desk, record: WorkbookRecord, now: datetime) -> None:
    """The due times that have passed are asked for, all of them by the one run."""
    if record.next_due is None or record.next_due > now:
        return
    later = next_due(record.schedule, record.time_zone, now) if record.schedule else None
    desk.registry.move_due(record.id, record.next_due, later)


def revive(desk: Desk, now: datetime) -> list[RunRecord]:
    """Let the runs wait again whose worker is gone."""
    gone = desk.runs.abandoned(now)
    return [desk.runs.get(run.id) for run in gone if _is_back(desk, run, now)]


def _is_back(desk: Desk, run: RunRecord, now: datetime) -> bool:
    with ours(desk, run.workbook, now) as is_ours:
        if not is_ours or desk.runs.get(run.id).state is not RunState.RUNNING:
            return False
        if run.attempts + 1 < MOST_ATTEMPTS:
            return desk.runs.back(run.id, now)
        _give_up(desk, run, now)
        return False


def _give_up(desk: Desk, run: RunRecord, now: datetime) -> None:
    """A run that took its worker down time and again is no run for the next worker."""
    record = desk.registry.get(run.workbook)
    again = tried_again_at(
        record.failures + MOST_ATTEMPTS, now, desk.chance(), has_timetable=bool(record.schedule)
    )
    if desk.runs.fail(run.id, "run_kept_stopping", {"count": MOST_ATTEMPTS}, now):
        desk.registry.failed(record.id, now, again)


@contextmanager
def ours(desk: Desk, workbook: str, now: datetime) -> Iterator[bool]:
    """Whether nobody runs the workbook while inside."""
    lease = desk.leases.take(workbook, desk.holder, now, ASKING_SECONDS)
    try:
        yield lease is not None
    finally:
        if lease is not None:
            desk.leases.release(lease)
