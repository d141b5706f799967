"""A service for tests: a real database, copies of the real samples, and its app in the process or over real HTTP.

service = a_service(tmp_path)                       # nothing runs in the background
record = a_workbook(service, tmp_path)              # a copy of sample_sheets/agency.xlsx, registered
client = a_client(service)                          # asks the app without a network
carry_out(service)                                  # runs all that waits, one after another, here and now
with served(service) as address: ...                # the same app for a browser
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

from flask.testing import FlaskClient

from sheetflow.entrypoints.web import create_app
from sheetflow.entrypoints.web.serving import Serving
from sheetflow.jobs.in_process import InProcessQueue
from sheetflow.jobs.running import run
from sheetflow.store.records import RunRecord, Verb, WorkbookRecord
from sheetflow.wiring.service import Service, service_from
from sheetflow.wiring.settings import Settings

SAMPLES = Path(__file__).parents[1] / "sample_sheets"
OWNER = "ana@example.com"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""The day as of which the samples are planned."""

PLENTY = 100_000
"""Requests a minute where a test is not about them."""


def a_service(
    tmp_path: Path, *, clock: Callable[[], datetime] | None = None, **settings: Any
) -> Service:
    """A service with a database of its own in the folder; the clock is that of the machine unless one is given."""
    usual: dict[str, Any] = {
        "database_url": f"sqlite:///{tmp_path / 'sheetflow.db'}",
        "requests_per_minute": PLENTY,
    }
    made = service_from(Settings(**usual | settings))
    if clock is None:
        return made
    desk = replace(_queue(made)._desk, clock=clock)
    return replace(made, clock=clock, queue=InProcessQueue(desk, workers=made.settings.workers))


def a_workbook(
    service: Service, tmp_path: Path, sample: str = "agency", *, owner: str = OWNER, **fields: Any
) -> WorkbookRecord:
    """A copy of a sample, registered."""
    file = tmp_path / "workbooks" / f"{sample}.xlsx"
    file.parent.mkdir(exist_ok=True)
    shutil.copy(SAMPLES / file.name, file)
    usual: dict[str, Any] = {"name": sample.title(), "time_zone": "UTC", "schedule": None}
    return service.registry.add(str(file), owner=owner, now=service.clock(), **usual | fields)


def a_key(service: Service, workbook: WorkbookRecord | None, *verbs: Verb) -> dict[str, str]:
    """The header of a new key with these verbs on the workbook."""
    id_ = workbook.id if workbook else None
    _, text = service.keys.create("test", frozenset(verbs), id_, service.clock())
    return {"Authorization": f"Bearer {text}"}


def a_client(service: Service) -> FlaskClient:
    """A client of the service's app."""
    return create_app(service).test_client()


def carry_out(service: Service) -> list[RunRecord]:
    """Run all that waits, and give how each ended."""
    waiting = service.runs.waiting(1000)
    for one in waiting:
        assert run(one.id, _queue(service)._desk)
    return [service.runs.get(one.id) for one in waiting]


@contextmanager
def served(service: Service) -> Iterator[str]:
    """Serve the app on a free port; gives its address, such as http://127.0.0.1:40123."""
    serving = Serving(create_app(service), "127.0.0.1", 0)
    thread = Thread(target=serving.run, daemon=True)
    thread.start()
    try:
        yield serving.address
    finally:
        serving.stop()
        thread.join(10)


def _queue(service: Service) -> InProcessQueue:
    assert isinstance(service.queue, InProcessQueue)
    return service.queue
