"""Runs on any number of machines: Procrastinate's queue in PostgreSQL wakes the workers, the table of runs decides.

    queue = DistributedQueue(desk, conninfo)           # in the service: asks, and runs nothing itself
    worker = DistributedWorker(queue, concurrency=4)   # in a worker: start(), then stop(30.0)

A job carries the ID of a workbook and nothing else. It only calls a worker to look at the table of runs, so that a
job which is lost, late or doubled harms nothing: each tick calls again for what still waits. `lock` lets one job of a
workbook run at a time, `queueing_lock` lets one wait. Procrastinate's own retries are not used: a job that is put
back while another of its workbook waits breaks that rule, and holds its lock for ever.
"""

from __future__ import annotations

from datetime import datetime
from threading import Lock
from time import monotonic, sleep
from typing import TYPE_CHECKING

from sheetflow.jobs.desk import Desk
from sheetflow.jobs.queue_schema import prepare_queue
from sheetflow.jobs.running import log_mishap, run
from sheetflow.store.records import RunRecord, RunState

if TYPE_CHECKING:
    from procrastinate import App

TASK, QUEUE = "sheetflow.run", "runs"
MOST_CONNECTIONS = 4
TAKEN_SECONDS, LOOK_SECONDS = 2.0, 0.1
LOOKED_AT = 5


class DistributedQueue:
    """Asks for runs that workers carry out."""

    def __init__(self, desk: Desk, conninfo: str) -> None:
        """Nothing is connected yet."""
        self.desk = desk
        self.conninfo = conninfo
        self._app: App | None = None
        self._opening = Lock()

    @property
    def ticked_at(self) -> datetime | None:
        """Workers look for what is due."""
        return None

    def ask(self, workbook: str, asked_by: str, now: datetime) -> RunRecord:
        """The run of that workbook that a worker will carry out."""
        asked, _ = self.desk.runs.ask(workbook, asked_by, now)
        self.call(workbook)
        return asked

    def call(self, workbook: str) -> None:
        """Call a worker to look what waits for that workbook; one call is enough."""
        from procrastinate.exceptions import AlreadyEnqueued

        try:
            task = self._opened().configure_task(
                TASK, queue=QUEUE, lock=workbook, queueing_lock=workbook
            )
            task.defer(workbook=workbook)
        except AlreadyEnqueued:
            pass
        except Exception as error:  # noqa: BLE001  the run is in the table: the next tick calls for it
            log_mishap("calling a worker", error)

    def start(self) -> None:
        """Connect, and make the queue's tables where they are missing."""
        self._opened()

    def stop(self, seconds: float) -> None:  # noqa: ARG002  nothing runs here
        """Disconnect."""
        with self._opening:
            if self._app is not None:
                self._app.close()
            self._app = None

    def carry_out(self, workbook: str) -> None:
        """Run what waits for that workbook; where somebody has it for longer than a moment, leave it to the tick."""
        ends = monotonic() + TAKEN_SECONDS
        while (waiting := self._waiting(workbook)) is not None:
            if run(waiting.id, self.desk) or monotonic() > ends:
                return
            sleep(LOOK_SECONDS)

    def _waiting(self, workbook: str) -> RunRecord | None:
        runs = self.desk.runs.of(workbook, LOOKED_AT)
        return next((one for one in runs if one.state is RunState.WAITING), None)

    def _opened(self) -> App:
        with self._opening:
            if self._app is None:
                from procrastinate import App, SyncPsycopgConnector

                prepare_queue(self.conninfo)
                connector = SyncPsycopgConnector(
                    conninfo=self.conninfo, min_size=1, max_size=MOST_CONNECTIONS
                )
                self._app = App(connector=connector)
                self._app.open()
            return self._app
