"""Plans of registered workbooks as they stand, kept for half a minute: a page asks for the same one several times."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias, cast

from flask import current_app

from sheetflow.entrypoints.web.planning.trial import trial_run
from sheetflow.entrypoints.web.present import planners
from sheetflow.jobs.timetable import zone_of
from sheetflow.store.records import RunRecord, WorkbookRecord

if TYPE_CHECKING:
    from sheetflow.usecases.recalculate import Outcome
    from sheetflow.wiring.service import Service

KEPT_SECONDS = 30.0
MOST_KEPT = 16
PLANS = "sheetflow.plans"

State: TypeAlias = tuple[date, str, str]
"""What a plan holds good for: the day, the address, and the workbook's last run."""


@dataclass(slots=True)
class _Kept:
    """The plan of a workbook; whoever asks while it is made waits for it."""

    lock: Lock = field(default_factory=Lock)
    state: State | None = None
    until: float = 0.0
    outcome: Outcome | None = None


def outcome_of(service: Service, record: WorkbookRecord) -> Outcome:
    """What a run of the workbook would come to now, as of the day that it is where its team works; nothing is written.

    Raises:
        UserError: The workbook cannot be read, its plan takes too much, or too many are made at the moment.
    """
    today = today_for(service, record)
    state = (today, record.address, _last_run(service.runs.of(record.id, 1)))
    kept = _kept(record.id)
    with kept.lock:
        if kept.outcome is None or kept.state != state or time.monotonic() > kept.until:
            snapshot = service.open_workbook(record).read(every_tab=True)
            kept.outcome = planners().run(trial_run, snapshot, today)
            kept.state, kept.until = state, time.monotonic() + KEPT_SECONDS
        return kept.outcome


def today_for(service: Service, record: WorkbookRecord) -> date:
    """The day that it is where the workbook's team works."""
    return service.clock().astimezone(zone_of(record.time_zone)).date()


def _last_run(runs: list[RunRecord]) -> str:
    return f"{runs[0].id} {runs[0].state}" if runs else ""


def _kept(workbook: str) -> _Kept:
    plans, lock = cast(
        "tuple[OrderedDict[str, _Kept], Lock]",
        current_app.extensions.setdefault(PLANS, (OrderedDict(), Lock())),
    )
    with lock:
        kept = plans.pop(workbook, None) or _Kept()
        plans[workbook] = kept
        if len(plans) > MOST_KEPT:
            plans.popitem(last=False)
        return kept
