"""How the installation stands, for monitoring: read from the database whenever somebody asks, workbooks by their ID.

Whatever process answers tells the same of runs and workbooks; Google's quota is what this process alone has used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from math import inf
from typing import TYPE_CHECKING

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeHistogramMetricFamily,
    GaugeMetricFamily,
)
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from sheetflow.errors import UserError
from sheetflow.jobs.timetable import next_due
from sheetflow.store.records import WorkbookRecord
from sheetflow.store.tallies import RunTallies, run_tallies

if TYPE_CHECKING:
    from prometheus_client import Metric

    from sheetflow.wiring.service import Service

SPAN = timedelta(days=1)
LIMITS = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 180.0)


class Standing(Collector):
    """What the registry and its runs tell; one look at the database each time."""

    def __init__(self, service: Service, ticked_at: Callable[[], datetime | None]) -> None:
        """Nothing is read yet; `ticked_at` says when this process looked for what is due."""
        self._service, self._ticked_at = service, ticked_at

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: the database need not answer when the process starts."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """All figures as of now; where the database does not answer, that and what this process knows."""
        now = self._service.clock()
        try:
            tallies = run_tallies(self._service.engine, now, SPAN, LIMITS)
            records = self._service.registry.all()
        except SQLAlchemyError:
            yield _one("database_up", "Whether the database answers", 0)
        else:
            yield _one("database_up", "Whether the database answers", 1)
            yield from _of_runs(tallies)
            yield from _of_workbooks(records, now)
        yield from self._of_this_process(now)

    def _of_this_process(self, now: datetime) -> Iterator[Metric]:
        ticked_at = self._ticked_at()
        if ticked_at is not None:
            age = (now - ticked_at).total_seconds()
            yield _one("tick_age_seconds", "Since this process looked for what is due", age)
        yield from _of_quota(self._service)


def _of_runs(tallies: RunTallies) -> Iterator[Metric]:
    told = "Runs that were asked for in the last day, and all that wait or run, by state and error"
    by_state = GaugeMetricFamily("sheetflow_runs", told, labels=("state", "error"))
    for labels, count in sorted(tallies.by_state.items()):
        by_state.add_metric(labels, count)
    yield by_state
    told = "What the good runs of the last day found and wrote: rows by flag, steps moved, cells written"
    found = GaugeMetricFamily("sheetflow_run_counts", told, labels=("of",))
    for name, count in tallies.found.items():
        found.add_metric((name,), count)
    yield found
    yield GaugeHistogramMetricFamily(
        "sheetflow_run_seconds",
        "Seconds that the good runs of the last day took",
        buckets=[
            ("+Inf" if limit == inf else str(limit), count)
            for limit, count in tallies.within.items()
        ],
        gsum_value=tallies.seconds,
    )
    waiting = sum(count for (state, _), count in tallies.by_state.items() if state == "waiting")
    yield _one("waiting_runs", "Runs that wait", waiting)
    yield _one("oldest_wait_seconds", "How long the oldest waiting run waits", tallies.oldest_wait)


def _of_workbooks(records: list[WorkbookRecord], now: datetime) -> Iterator[Metric]:
    active = [record for record in records if not record.paused]
    yield _one("workbooks", "Workbooks that are registered and not paused", len(active))
    yield _one(
        "failing_workbooks",
        "Workbooks whose last run failed",
        sum(record.failures > 0 for record in active),
    )
    overdue = max((now - record.next_due for record in active if record.next_due), default=None)
    seconds = max(0.0, overdue.total_seconds()) if overdue is not None else 0.0
    yield _one("overdue_seconds", "How long a due workbook waits for somebody to look", seconds)
    yield from _of_each(active, now)


def _of_each(records: list[WorkbookRecord], now: datetime) -> Iterator[Metric]:
    age = _by_workbook("last_good_age_seconds", "Since its last good run, or since it was added")
    late = _by_workbook("late_seconds", "Since a due time that no good run has followed")
    failures = _by_workbook("failures", "Failed runs since the last good one")
    for record in records:
        since = record.last_good_at or record.created_at
        age.add_metric((record.id,), (now - since).total_seconds())
        late.add_metric((record.id,), _late(record, since, now))
        if record.failures:
            failures.add_metric((record.id,), record.failures)
    yield from (age, late, failures)


def _late(record: WorkbookRecord, since: datetime, now: datetime) -> float:
    """Since the first due time after the last good run; 0 where none has come, or there is no timetable."""
    if record.schedule is None:
        return 0.0
    try:
        due = next_due(record.schedule, record.time_zone, since)
    except UserError:
        return 0.0  # a timetable that is never due
    return max(0.0, (now - due).total_seconds())


def _of_quota(service: Service) -> Iterator[Metric]:
    from sheetflow.wiring.google import quota_of

    used = quota_of(service.settings).used_here
    asked = CounterMetricFamily(
        "sheetflow_google_requests", "Requests to Google, by this process", labels=("kind",)
    )
    asked.add_metric(("read",), used.reads)
    asked.add_metric(("write",), used.writes)
    yield asked
    for name, told, value in (
        ("waits", "Requests that waited for Google's quota", used.waits),
        ("wait_seconds", "Seconds that requests waited for Google's quota", used.seconds),
        ("refusals", "Requests that would have waited too long", used.refusals),
    ):
        yield CounterMetricFamily(
            f"sheetflow_google_quota_{name}", f"{told}, in this process", value
        )


def _one(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"sheetflow_{name}", told, value)


def _by_workbook(name: str, told: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"sheetflow_workbook_{name}", told, labels=("workbook",))
