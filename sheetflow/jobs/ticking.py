"""Looking for what is due again and again, for as long as a process lives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from threading import Event
from typing import TypeAlias

from sheetflow.jobs.desk import Desk
from sheetflow.jobs.due import tick
from sheetflow.jobs.running import log_mishap
from sheetflow.store.records import RunRecord

Hear: TypeAlias = Callable[[Sequence[RunRecord], datetime], None]

REMEMBERED, FORGOTTEN_EVERY = timedelta(days=90), timedelta(days=1)
NONCES_REMEMBERED = timedelta(hours=1)
"""Longer than any request is taken; the end of a session is noted under the time when its cookie is over."""


class Ticking:
    """Ticks until it is stopped, whatever becomes of a tick; once a day it forgets the runs and nonces of long ago."""

    def __init__(self, desk: Desk, hear: Hear, stopping: Event) -> None:
        """Go on until `stopping` is set; `hear` is told what was asked for, if only that it was nothing."""
        self._desk, self._hear, self._stopping = desk, hear, stopping
        self._forgot_at: datetime | None = None
        self.ticked_at: datetime | None = None

    def __call__(self) -> None:
        """Go on, tick by tick."""
        while not self._stopping.is_set():
            try:
                self._once(self._desk.clock())
            except Exception as error:  # noqa: BLE001  the next time may go better
                log_mishap("a tick", error)
            self._stopping.wait(self._desk.pace.tick)

    def _once(self, now: datetime) -> None:
        self._hear(tick(self._desk, now), now)
        self._desk.on_tick(now)
        self.ticked_at = now
        if self._forgot_at is None or now - self._forgot_at >= FORGOTTEN_EVERY:
            self._desk.runs.forget(now - REMEMBERED)
            self._desk.nonces.forget(now - NONCES_REMEMBERED)
            self._forgot_at = now
