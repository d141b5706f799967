"""One pass over the workbooks, for cron: what is due is run here, beside whatever else runs.

for ended in passes(desk, workers=2, everything=False, once=False): ...
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic, sleep

from sheetflow.errors import UserError
from sheetflow.jobs.desk import Desk
from sheetflow.jobs.due import revive, tick
from sheetflow.jobs.in_process import InProcessQueue
from sheetflow.store.records import RunRecord, RunState, WorkbookRecord

PRESS = "sync"
ENDED = frozenset({RunState.DONE, RunState.FAILED})
LOOK_SECONDS = 0.05
MOST_WAITING = 10_000
STOPPING_SECONDS = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How the run of a workbook ended, and how many seconds it took from its beginning."""

    record: WorkbookRecord
    run: RunRecord

    @property
    def seconds(self) -> float:
        """The time from its beginning, in this process or another, to its end."""
        run = self.run
        if run.started_at is None or run.finished_at is None:
            return 0.0
        return (run.finished_at - run.started_at).total_seconds()


def passes(desk: Desk, *, workers: int, everything: bool, once: bool) -> Iterator[Ended]:
    """Run what is due or waits, or every workbook that is not paused; tell of each as it ends.

    What becomes due meanwhile is run too, unless `once`: a workbook that failed is not due before its next try.
    """
    wanted = deque(_wanted(desk, everything=everything))
    if wanted:
        yield from _worked_off(desk, wanted, workers=workers, once=once)
    desk.on_tick(desk.clock())


def _worked_off(
    desk: Desk, wanted: deque[RunRecord], *, workers: int, once: bool
) -> Iterator[Ended]:
    with _working(desk, workers):
        while wanted:
            yield from _followed(desk, wanted.popleft())
            if not wanted and not once:
                wanted.extend(tick(desk, desk.clock()))


def _wanted(desk: Desk, *, everything: bool) -> list[RunRecord]:
    now = desk.clock()
    tick(desk, now)
    if everything:
        for record in desk.registry.all():
            if not record.paused:
                desk.runs.ask(record.id, PRESS, now)
    return desk.runs.waiting(MOST_WAITING)


def _followed(desk: Desk, run: RunRecord) -> Iterator[Ended]:
    """Wait for the end of a run, whoever carries it out; of a workbook that is removed meanwhile nothing is told."""
    looked_at = monotonic()
    with suppress(UserError):
        while (present := desk.runs.get(run.id)).state not in ENDED:
            sleep(LOOK_SECONDS)
            if monotonic() - looked_at > desk.pace.tick:
                looked_at = monotonic()
                revive(desk, desk.clock())
        yield Ended(record=desk.registry.get(run.workbook), run=present)


@contextmanager
def _working(desk: Desk, workers: int) -> Iterator[None]:
    queue = InProcessQueue(desk, workers=workers, ticks=False)
    queue.start()
    try:
        yield
    finally:
        queue.stop(STOPPING_SECONDS)
