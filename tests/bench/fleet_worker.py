"""A worker in a process of its own, whose workbooks are ledgers: something to kill.

python -m bench.fleet_worker URL CONCURRENCY MILLISECONDS [again] [slow]

It works until it gets a SIGTERM. With `again` each run writes, and the first of a workbook asks for a second while it
goes on; with `slow` it goes at the pace of real life.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from desks import QUICK, LedgerWorkbook, desk_on, keep_ledger, outcome, write_ledger
from sheetflow.jobs.desk import Pace
from sheetflow.jobs.port import Worker
from sheetflow.store.database import open_database
from sheetflow.store.records import WorkbookRecord
from sheetflow.wiring.queues import queue_of, worker_of
from sheetflow.wiring.settings import Settings
from sheetflow.workbooks.port import Workbook

AGAIN, SLOW = "again", "slow"


def worker(url: str, concurrency: int, milliseconds: float, words: Sequence[str]) -> Worker:
    """A worker on the database."""
    settings = Settings(database_url=url, workers=concurrency)
    desk = desk_on(open_database(url), pace=Pace() if SLOW in words else QUICK)
    queue = queue_of(settings, desk)

    def opened(record: WorkbookRecord) -> Workbook:
        file = Path(record.address)
        if AGAIN in words and not file.exists():
            queue.ask(record.id, AGAIN, datetime.now(UTC))
        return LedgerWorkbook(file, milliseconds / 1000)

    use_case = write_ledger if AGAIN in words else keep_ledger
    return worker_of(settings, replace(desk, recalculate=use_case, open_workbook=opened))


def main() -> None:
    """Work until the end."""
    url, concurrency, milliseconds, *words = sys.argv[1:]
    outcome()
    working = worker(url, int(concurrency), float(milliseconds), words)
    over = Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    working.start()
    sys.stdout.write("working\n")
    sys.stdout.flush()
    over.wait()
    working.stop(30.0)


if __name__ == "__main__":
    main()
