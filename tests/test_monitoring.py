"""What monitoring reads: runs, workbooks and Google's quota, from the database as it stands."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from time import sleep
from typing import Any
from urllib.request import urlopen

import pytest
import yaml
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from databases import NOON, registered
from services import a_client, a_service, a_workbook
from sheetflow.entrypoints.web.standing import Standing
from sheetflow.store.records import Counts
from sheetflow.wiring.google import quota_of
from sheetflow.wiring.service import Service

HOUR = timedelta(hours=1)
DEPLOY = Path(__file__).parents[1] / "sheetflow" / "deploy"
FOUND = Counts(publications=9, red=1, amber=2, green=6, moved=3, written=40, problems=0)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        """Noon."""
        self.now = NOON

    def __call__(self) -> datetime:
        """What it shows."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """It shows noon."""
    return Clock()


@pytest.fixture
def service(tmp_path: Path, database_url: str, clock: Clock) -> Iterator[Service]:
    """A service on SQLite, then on PostgreSQL."""
    from dataclasses import replace

    from sheetflow.wiring.service import service_from
    from sheetflow.wiring.settings import Settings

    made = service_from(Settings(database_url=database_url, workbook_folder=tmp_path))
    yield replace(made, clock=clock)
    made.close()


def figures(service: Service) -> dict[tuple[str, ...], float]:
    """Every figure by its name and its labels."""
    registry = CollectorRegistry()
    registry.register(Standing(service, service.clock))
    text = generate_latest(registry).decode()
    return {
        (sample.name.removeprefix("sheetflow_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def ended(service: Service, workbook: str, at: datetime, seconds: float, **how: Any) -> None:
    """A run of the workbook that ended then; `code` says that it failed."""
    asked, _ = service.runs.ask(workbook, "test", at - timedelta(seconds=seconds))
    service.runs.begin(asked.id, 1, at - timedelta(seconds=seconds))
    if code := how.get("code"):
        service.runs.fail(asked.id, code, {}, at)
        service.registry.failed(workbook, at, None)
    else:
        service.runs.finish(asked.id, FOUND, at)
        service.registry.succeeded(workbook, None, at)


def test_runs_by_state_and_result(service: Service) -> None:
    """Of the last day alone, with what they found and how long they took."""
    book = registered(service.engine).id
    ended(service, book, NOON - 30 * HOUR, 1)
    ended(service, book, NOON - 3 * HOUR, 0.25)
    ended(service, book, NOON - 2 * HOUR, 4)
    ended(service, book, NOON - HOUR, 1, code="file_missing")
    told = figures(service)
    assert told["runs", "", "done"] == 2
    assert told["runs", "file_missing", "failed"] == 1
    assert told["run_counts", "publications"] == 18
    assert told["run_counts", "red"] == 2
    assert told["run_seconds_gsum",] == pytest.approx(4.25, abs=0.01)
    assert told["run_seconds_bucket", "0.5"] == 1
    assert told["run_seconds_bucket", "5.0"] == 2
    assert told["run_seconds_bucket", "+Inf"] == told["run_seconds_gcount",] == 2


def test_what_waits(service: Service, clock: Clock) -> None:
    """How many runs wait, and the oldest for how long, though it began to wait days ago."""
    for name, hours in (("One", 50), ("Two", 1)):
        service.runs.ask(registered(service.engine, name).id, "test", NOON - hours * HOUR)
    told = figures(service)
    assert told["waiting_runs",] == 2
    assert told["oldest_wait_seconds",] == 50 * 3600
    clock.now += HOUR
    assert figures(service)["oldest_wait_seconds",] == 51 * 3600


def test_workbooks_by_their_id(service: Service) -> None:
    """Whose last good run is how old, who is late, who fails; no name and no address is told."""
    good = registered(service.engine, "Secret plans", schedule="0 11 * * *", now=NOON - 48 * HOUR)
    late = registered(service.engine, "Other plans", schedule="0 9 * * *", now=NOON - 48 * HOUR)
    rests = registered(service.engine, "Old plans", schedule="0 9 * * *", now=NOON - 48 * HOUR)
    ended(service, good.id, NOON - HOUR / 2, 1)
    ended(service, late.id, NOON - HOUR, 1, code="file_missing")
    service.registry.pause(rests.id)
    told = figures(service)
    assert told["workbooks",] == 2
    assert told["failing_workbooks",] == 1
    assert told["workbook_last_good_age_seconds", good.id] == 1800
    assert told["workbook_last_good_age_seconds", late.id] == 48 * 3600
    assert told["workbook_late_seconds", good.id] == 0
    assert told["workbook_late_seconds", late.id] == 27 * 3600
    assert told["workbook_failures", late.id] == 1
    assert ("workbook_last_good_age_seconds", rests.id) not in told
    assert not any("plans" in part for key in told for part in key)


def test_nobody_looks(service: Service) -> None:
    """A due time that passes without anybody asking for a run is seen in the database."""
    registered(service.engine, schedule="0 9 * * *", next_due=NOON - 3 * HOUR)
    assert figures(service)["overdue_seconds",] == 3 * 3600


def test_turns_in_googles_quota_are_counted(service: Service) -> None:
    """Reads and writes that had their turn, those who waited, and those who would have waited too long."""
    settings = service.settings.model_copy(
        update={"google_requests_per_minute": 2, "google_project_requests_per_minute": 300}
    )
    quota = quota_of(settings)
    for writes in (False, False, True):
        assert quota.wait("robot@example.com", "project", writes=writes, at_most=0)
    assert not quota.wait("robot@example.com", "project", writes=False, at_most=0)
    used = quota.used_here
    assert (used.reads, used.writes, used.waits, used.refusals) == (2, 1, 0, 1)


def test_the_service_tells_them_all(tmp_path: Path) -> None:
    """The route holds these figures beside those of its answers."""
    service = a_service(tmp_path)
    book = a_workbook(service, tmp_path)
    client = a_client(service)
    text = client.get("/metrics").get_data(as_text=True)
    assert f'sheetflow_workbook_last_good_age_seconds{{workbook="{book.id}"}}' in text
    assert "sheetflow_database_up 1.0" in text
    assert "sheetflow_google_requests_total" in text
    assert "sheetflow_http_answers" in client.get("/metrics").get_data(as_text=True)
    service.close()


def test_a_database_that_is_gone_is_told(service: Service) -> None:
    """The figures come all the same, and say so."""
    from sheetflow.store.tables import metadata

    metadata.drop_all(service.engine)
    assert figures(service)["database_up",] == 0


def test_a_worker_has_a_port_for_monitoring(tmp_path: Path) -> None:
    """With SHEETFLOW_METRICS_PORT a worker answers there."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {
        "SHEETFLOW_DATABASE_URL": f"sqlite:///{tmp_path / 'sheetflow.db'}",
        "SHEETFLOW_METRICS_PORT": str(port),
        "PYTHONPATH": str(DEPLOY.parents[1]),
        "HOME": str(tmp_path),
    }
    command = "from sheetflow.entrypoints.cli import main; main()"
    worker = subprocess.Popen([sys.executable, "-c", command, "worker"], env=settings)
    try:
        assert "sheetflow_tick_age_seconds" in _read(f"http://127.0.0.1:{port}/metrics")
    finally:
        worker.terminate()
        assert worker.wait(20) == 0


def _read(address: str) -> str:
    for _ in range(100):
        try:
            with urlopen(address, timeout=5) as answer:  # noqa: S310  our own worker
                text = str(answer.read().decode())
        except OSError:
            text = ""
        if "tick_age" in text:
            return text
        sleep(0.1)
    return text


def test_alerts_ask_for_figures_that_there_are(service: Service) -> None:
    """Every figure that the rules of alerts name is told."""
    book = registered(service.engine, schedule="0 9 * * *").id
    ended(service, book, NOON, 1, code="file_missing")
    rules = yaml.safe_load((DEPLOY / "alerts.yaml").read_text("utf-8"))
    asked = {
        name
        for group in rules["groups"]
        for rule in group["rules"]
        for name in re.findall(r"sheetflow_(\w+)", rule["expr"])
    }
    assert asked
    assert asked - {"http_answers_total"} <= {key[0] for key in figures(service)}
