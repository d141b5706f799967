"""A worker: fetches jobs from PostgreSQL, looks for what is due, and takes up what dead workers have left.

Whoever sends no sign of life for some seconds is dead: its jobs are dropped, so that their locks are free,
and its runs wait again as soon as their leases have lapsed (due.py).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import TYPE_CHECKING

from sheetflow.jobs.distributed import QUEUE, TASK, DistributedQueue
from sheetflow.jobs.running import log_mishap
from sheetflow.jobs.ticking import Ticking
from sheetflow.store.records import RunRecord

if TYPE_CHECKING:
    from procrastinate import App

POLL_SECONDS, BACK_AFTER = 1.0, 5.0
MOST_CALLED = 50
STOPPING_SECONDS = 0.2


class DistributedWorker:
    """Carries out runs in `concurrency` threads, and comes back by itself when the database was away."""

    def __init__(self, queue: DistributedQueue, *, concurrency: int) -> None:
        """Nothing runs yet."""
        self._queue, self._concurrency = queue, concurrency
        self._pace = queue.desk.pace
        self._stopping = Event()
        self._ticking = Ticking(queue.desk, self._hear, self._stopping)
        self._threads = (
            Thread(target=self._live, name="worker", daemon=True),
            Thread(target=self._ticking, name="tick", daemon=True),
        )

    @property
    def ticked_at(self) -> datetime | None:
        """When it last looked for what is due."""
        return self._ticking.ticked_at

    def start(self) -> None:
        """Begin."""
        self._queue.start()
        for thread in self._threads:
            thread.start()

    def stop(self, seconds: float) -> None:
        """Fetch nothing more, and let what runs come to its end for so long; the rest others take up."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(seconds)
        self._queue.stop(seconds)

    def _hear(self, asked: Sequence[RunRecord], now: datetime) -> None:
        for one in asked:
            self._queue.call(one.workbook)
        for waiting in self._queue.desk.runs.waiting(MOST_CALLED):
            if waiting.queued_at <= now - timedelta(seconds=self._pace.tick):
                self._queue.call(waiting.workbook)

    def _live(self) -> None:
        while not self._stopping.is_set():
            try:
                asyncio.run(self._work())
            except Exception as error:  # noqa: BLE001  a database that is away may come back
                log_mishap("a worker", error)
            self._stopping.wait(BACK_AFTER)

    async def _work(self) -> None:
        """Work until it is enough, or until the connection fails."""
        pool = ThreadPoolExecutor(self._concurrency, thread_name_prefix="run")
        asyncio.get_running_loop().set_default_executor(pool)
        app = self._app()
        async with app.open_async():
            working = asyncio.create_task(self._fetching(app))
            clearing = asyncio.create_task(self._clear_stalled(app))
            while not (self._stopping.is_set() or working.done()):
                await asyncio.wait({working}, timeout=STOPPING_SECONDS)
            clearing.cancel()
            working.cancel()  # lets what runs come to its end
            await asyncio.gather(working, clearing, return_exceptions=True)

    def _app(self) -> App:
        from procrastinate import App, PsycopgConnector

        connector = PsycopgConnector(conninfo=self._queue.conninfo, min_size=1, max_size=4)
        app = App(connector=connector)
        app.task(name=TASK, queue=QUEUE)(self._queue.carry_out)
        return app

    async def _fetching(self, app: App) -> None:
        await app.run_worker_async(
            queues=[QUEUE],
            concurrency=self._concurrency,
            fetch_job_polling_interval=POLL_SECONDS,
            delete_jobs="always",
            install_signal_handlers=False,
            update_heartbeat_interval=self._pace.heartbeat,
            stalled_worker_timeout=self._pace.stalled,
        )

    async def _clear_stalled(self, app: App) -> None:
        """Free the locks of dead workers' jobs; a job that is dropped by mistake is called for again."""
        from procrastinate.jobs import Status

        jobs = app.job_manager
        while True:
            try:
                for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=self._pace.stalled):
                    if job.id is not None:
                        await jobs.finish_job_by_id_async(job.id, Status.ABORTED, delete_job=True)
                await jobs.prune_stalled_workers(self._pace.stalled)
            except Exception as error:  # noqa: BLE001  another worker may have been quicker
                log_mishap("clearing stalled jobs", error)
            await asyncio.sleep(self._pace.heartbeat)
