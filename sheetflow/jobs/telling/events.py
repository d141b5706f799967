"""What machines are told of a run: IDs, flags and dates, and nothing else of any cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sheetflow.domain.plan import PublicationPlan
from sheetflow.store.records import RunRecord, WorkbookRecord
from sheetflow.translate.shown import Shown
from sheetflow.usecases.recalculate import Outcome


def done_event(record: WorkbookRecord, outcome: Outcome, now: datetime) -> dict[str, Any] | None:
    """The publications whose flag or forecast a run has changed; None where there is none."""
    before = outcome.before.rows
    changed = [_changed(row, before.get(row.id, Shown())) for row in outcome.plan.publications]
    publications = [each for each in changed if each is not None]
    if not publications:
        return None
    today = outcome.plan.today.isoformat()
    return _event("run_done", record, now) | {"today": today, "publications": publications}


def failed_event(record: WorkbookRecord, run: RunRecord, now: datetime) -> dict[str, Any]:
    """A workbook has begun to fail; `code` names its sentence."""
    return _event("run_failed", record, now) | {"run": run.id, "code": run.error}


def well_event(record: WorkbookRecord, now: datetime) -> dict[str, Any]:
    """A workbook that failed is well again."""
    return _event("run_recovered", record, now)


def _event(name: str, record: WorkbookRecord, now: datetime) -> dict[str, Any]:
    return {"event": name, "workbook": record.id, "at": now.isoformat()}


def _changed(row: PublicationPlan, before: Shown) -> dict[str, Any] | None:
    if (row.flag, row.forecast) == (before.flag, before.forecast):
        return None
    return dict(_facts(row, before))


def _facts(row: PublicationPlan, before: Shown) -> Iterator[tuple[str, str | None]]:
    yield "id", row.id
    yield "flag", row.flag.value
    yield "flag_before", before.flag.value if before.flag else None
    yield "delivery", _iso(row.delivery)
    yield "forecast", _iso(row.forecast)
    yield "forecast_before", _iso(before.forecast)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
