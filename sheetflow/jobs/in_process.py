"""Runs in threads of this process: the table of runs is the queue, so that nothing is lost when it ends.

    queue = InProcessQueue(desk, workers=2)
    queue.start(); ...; queue.stop(30.0)

Other processes may work on the same table: whoever takes a workbook's lease runs it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import datetime
from math import inf
from threading import Condition, Event, Thread
from time import monotonic

from sheetflow.jobs.desk import Desk
from sheetflow.jobs.running import log_mishap, run
from sheetflow.jobs.ticking import Ticking
from sheetflow.store.records import RunRecord

POLL_SECONDS = 1.0
TAKEN_SECONDS = 1.0
"""So long a run is left alone whose workbook another process has."""

LOOKED_AT = 100


class InProcessQueue:
    """Threads that carry out what waits, and one that looks for what is due."""

    def __init__(self, desk: Desk, *, workers: int, ticks: bool = True) -> None:
        """Nothing runs yet; without `ticks` nobody looks for what is due."""
        self._desk = desk
        self._stopping = Event()
        self._changed = Condition()
        self._ahead: deque[RunRecord] = deque()
        self._taken: dict[str, float] = {}
        self._threads = [Thread(target=self._work, name=f"run {n}") for n in range(workers)]
        self._ticking = Ticking(desk, self._hear, self._stopping)
        if ticks:
            self._threads.append(Thread(target=self._ticking, name="tick"))
        for thread in self._threads:
            thread.daemon = True

    @property
    def ticked_at(self) -> datetime | None:
        """When it last looked for what is due."""
        return self._ticking.ticked_at

    def ask(self, workbook: str, asked_by: str, now: datetime) -> RunRecord:
        """The run of that workbook that will be carried out."""
        asked, _ = self._desk.runs.ask(workbook, asked_by, now)
        self._wake()
        return asked

    def start(self) -> None:
        """Begin; what was waiting before this process was started is found again."""
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float) -> None:
        """Begin nothing more; what still runs after so long ends with the process, and is found again."""
        self._stopping.set()
        self._wake()
        ends = monotonic() + seconds
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, ends - monotonic()))

    def _hear(self, asked: Sequence[RunRecord], _now: datetime) -> None:
        if asked:
            self._wake()

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def _work(self) -> None:
        while (waiting := self._next()) is not None:
            is_settled = run(waiting.id, self._desk)
            with self._changed:
                self._taken[waiting.workbook] = 0.0 if is_settled else monotonic() + TAKEN_SECONDS

    def _next(self) -> RunRecord | None:
        """The oldest run whose workbook is free, as far as is known here; None when the end has come."""
        with self._changed:
            while not self._stopping.is_set():
                found = self._first_free() or self._looked_up()
                if found is not None:
                    self._taken[found.workbook] = inf
                    return found
                self._changed.wait(POLL_SECONDS)
        return None

    def _looked_up(self) -> RunRecord | None:
        """The table read anew: some runs at a time, so that it is read rarely while many wait."""
        try:
            self._ahead.extend(self._desk.runs.waiting(LOOKED_AT))
        except Exception as error:  # noqa: BLE001  the database may be back at the next look
            log_mishap("looking for waiting runs", error)
        return self._first_free()

    def _first_free(self) -> RunRecord | None:
        now = monotonic()
        while self._ahead:
            one = self._ahead.popleft()
            if self._taken.get(one.workbook, 0.0) <= now:
                return one
        return None
