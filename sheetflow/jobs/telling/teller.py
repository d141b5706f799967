"""The teller: hears how runs end, and tells people and machines what is new for them.

What is to be told is first kept as digests in the database (store/told.py), then sent in a thread of its own, from
the plan at hand or, later, from another look at the workbook: nothing is lost with a process, a mail server that is
away fails no run, and of several processes one alone tells each matter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from secrets import token_hex
from time import sleep
from typing import Any

from sheetflow.errors import UserError
from sheetflow.jobs.running import log_mishap
from sheetflow.jobs.telling.background import Background
from sheetflow.jobs.telling.events import done_event, failed_event, well_event
from sheetflow.jobs.telling.letterbox import Letterbox
from sheetflow.jobs.telling.moments import is_morning
from sheetflow.jobs.telling.owners import FAILING, WELL, Owners
from sheetflow.jobs.telling.webhooks import Webhooks
from sheetflow.jobs.timetable import zone_of
from sheetflow.store.records import RunRecord, RunState, WorkbookRecord
from sheetflow.store.registry import Registry
from sheetflow.store.runs import Runs
from sheetflow.store.told import Told
from sheetflow.usecases.recalculate import Outcome, recalculate
from sheetflow.workbooks.port import Workbook

REST = timedelta(minutes=1)
"""So long a workbook is left alone whose people could not be told."""

REMEMBERED, FORGOTTEN_EVERY = timedelta(days=14), timedelta(days=1)
AT_WORK = frozenset({RunState.WAITING, RunState.RUNNING})


@dataclass(slots=True, kw_only=True)
class Teller:
    """Hears of runs and of ticks; `letterbox`, `owners` and `webhooks` are None where nothing is told that way."""

    registry: Registry
    runs: Runs
    told: Told
    open_workbook: Callable[[WorkbookRecord], Workbook]
    clock: Callable[[], datetime]
    letterbox: Letterbox | None
    owners: Owners | None
    webhooks: Webhooks | None
    _letters: Background = field(default_factory=lambda: Background("telling people"))
    _machines: Background = field(default_factory=lambda: Background("telling machines"))
    _resting: dict[str, datetime] = field(default_factory=dict)
    _mornings: dict[str, date] = field(default_factory=dict)
    _forgot_at: datetime | None = None

    def on_done(self, record: WorkbookRecord, outcome: Outcome) -> None:
        """A run ended well; `record` is the workbook as it was before it."""
        now = self.clock()
        if self.letterbox:
            self.letterbox.keep(record, outcome, now)
        if self.owners and record.failures:
            self.owners.keep(record, WELL, now)
        if self.letterbox or self.owners:
            self._letters.do(partial(self._tell, record, outcome, now))
        self._tell_machines(done_event(record, outcome, now))
        if record.failures:
            self._tell_machines(well_event(record, now))

    def on_failure(self, record: WorkbookRecord, run: RunRecord, is_first: bool) -> None:  # noqa: FBT001  the desk's hook
        """A run failed; people hear of the first in a row."""
        now = self.clock()
        if not is_first:
            return
        if self.owners:
            self.owners.keep(record, FAILING, now)
            self._letters.do(partial(self.owners.tell, record, now))
        self._tell_machines(failed_event(record, run, now))

    def on_tick(self, now: datetime) -> None:
        """Time has passed: the morning may have come, or what waited may be told."""
        if self._letters.is_idle and (self.letterbox or self.owners):
            self._letters.do(partial(self.look_round, now))

    def stop(self) -> None:
        """Tell what is to be told now, and end."""
        self._letters.stop()
        self._machines.stop()

    def look_round(self, now: datetime) -> None:
        """Tell whatever is due, one workbook after another."""
        self._forget(now)
        waiting = self.told.waiting(now)
        for record in self.registry.all():
            is_due = record.id in waiting or self._lacks_morning(record, now)
            if is_due and not record.paused and not self._is_left_alone(record, now):
                self._look(record, now)

    def _look(self, record: WorkbookRecord, now: datetime) -> None:
        """Tell from the workbook as it stands, once a minute at most: to read it takes its time."""
        self._resting[record.id] = now + REST
        try:
            if self.owners:
                self.owners.tell(record, now)
            if self.letterbox and (
                record.id in self.told.waiting(now) or self._lacks_morning(record, now)
            ):
                today = now.astimezone(zone_of(record.time_zone)).date()
                outcome = recalculate(self.open_workbook(record), today, dry_run=True)
                self.letterbox.deliver(record, outcome, now)
        except Exception as error:  # noqa: BLE001  the run of the workbook says what is wrong with it
            log_mishap(f"telling of workbook {record.id}", error)

    def _tell(self, record: WorkbookRecord, outcome: Outcome, now: datetime) -> None:
        """Tell of a run; what cannot be told now waits, and so does the workbook."""
        is_told = self.owners is None or self.owners.tell(record, now)
        if self.letterbox:
            is_told = self.letterbox.deliver(record, outcome, now) and is_told
        if not is_told:
            self._resting[record.id] = now + REST

    def _lacks_morning(self, record: WorkbookRecord, now: datetime) -> bool:
        if self.letterbox is None:
            return False
        try:
            local = now.astimezone(zone_of(record.time_zone))
        except UserError:
            return False
        if not is_morning(local, self.letterbox.hour):
            return False
        today = local.date()
        if self._mornings.get(record.id) != today and self.letterbox.had_morning(record, today):
            self._mornings[record.id] = today
        return self._mornings.get(record.id) != today

    def _is_left_alone(self, record: WorkbookRecord, now: datetime) -> bool:
        """A run that comes at once tells everything itself."""
        if self._resting.get(record.id, now) > now:
            return True
        if record.next_due is not None and record.next_due <= now:
            return True
        return any(run.state in AT_WORK for run in self.runs.of(record.id, 1))

    def _tell_machines(self, event: dict[str, Any] | None) -> None:
        if self.webhooks is not None and event is not None:
            send = partial(self.webhooks.send, event, now=self.clock(), nonce=token_hex(16))
            self._machines.do(partial(send, sleep=sleep))

    def _forget(self, now: datetime) -> None:
        if self._forgot_at is None or now - self._forgot_at >= FORGOTTEN_EVERY:
            self.told.forget(now - REMEMBERED)
            self._forgot_at = now
