"""Who runs workbooks: threads of this process, or workers anywhere where the database is PostgreSQL."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from logging import WARNING, getLogger
from secrets import SystemRandom, token_hex
from typing import TYPE_CHECKING

from sheetflow.jobs.desk import Desk
from sheetflow.jobs.in_process import InProcessQueue
from sheetflow.jobs.port import Queue, Worker
from sheetflow.jobs.telling.teller import Teller
from sheetflow.store.leases import Leases
from sheetflow.store.nonces import Nonces
from sheetflow.store.records import WorkbookRecord
from sheetflow.store.registry import Registry
from sheetflow.store.runs import Runs
from sheetflow.wiring.databases import postgresql_of
from sheetflow.wiring.settings import Settings
from sheetflow.workbooks.port import Workbook

if TYPE_CHECKING:
    from sheetflow.jobs.distributed import DistributedQueue


def desk_of(
    *,
    registry: Registry,
    runs: Runs,
    leases: Leases,
    nonces: Nonces,
    open_workbook: Callable[[WorkbookRecord], Workbook],
    clock: Callable[[], datetime],
    teller: Teller | None = None,
) -> Desk:
    """What the jobs of this process work with; the teller hears how runs end."""
    desk = Desk(
        registry=registry,
        runs=runs,
        leases=leases,
        nonces=nonces,
        open_workbook=open_workbook,
        clock=clock,
        chance=SystemRandom().random,
        holder=f"{socket.gethostname()}:{os.getpid()}:{token_hex(4)}",
    )
    if teller is None:
        return desk
    return replace(
        desk, on_done=teller.on_done, on_failure=teller.on_failure, on_tick=teller.on_tick
    )


def queue_of(settings: Settings, desk: Desk) -> Queue:
    """What the service asks for runs: with PostgreSQL they are left to workers."""
    conninfo = postgresql_of(settings.database_url)
    if conninfo is None:
        return InProcessQueue(desk, workers=settings.workers)
    return _distributed(desk, conninfo)


def worker_of(settings: Settings, desk: Desk) -> Worker:
    """What carries runs out, in a process of its own."""
    conninfo = postgresql_of(settings.database_url)
    if conninfo is None:
        return InProcessQueue(desk, workers=settings.workers)
    from sheetflow.jobs.worker import DistributedWorker

    return DistributedWorker(_distributed(desk, conninfo), concurrency=settings.workers)


def _distributed(desk: Desk, conninfo: str) -> DistributedQueue:
    from sheetflow.jobs.distributed import DistributedQueue

    getLogger("procrastinate").setLevel(WARNING)  # three lines a run, which the table of runs holds
    return DistributedQueue(desk, conninfo)
