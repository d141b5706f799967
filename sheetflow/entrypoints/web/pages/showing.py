"""The workbooks that somebody may see, and the dashboard of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Response, request

from sheetflow.domain.settings import Settings
from sheetflow.entrypoints.web.identity.gate import principal, workbook_for, workbooks_seen
from sheetflow.entrypoints.web.identity.rights import verbs_on
from sheetflow.entrypoints.web.pages.choice import DAY, WEEK, WEEKS, Choice
from sheetflow.entrypoints.web.pages.frame import page
from sheetflow.entrypoints.web.pages.mishaps import mishap_of
from sheetflow.entrypoints.web.pages.panels import panels_of
from sheetflow.entrypoints.web.pages.run_lines import RunLine, counts_told, run_lines
from sheetflow.entrypoints.web.pages.wording import Wording, reader_tongue, workbook_tongue
from sheetflow.entrypoints.web.plans import outcome_of, today_for
from sheetflow.entrypoints.web.present import service
from sheetflow.jobs.timetable import zone_of
from sheetflow.store.records import RunRecord, Verb, WorkbookRecord
from sheetflow.translate.language import Tongue

MOST_RUNS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One workbook of the list, with its last run."""

    id: str
    name: str
    run: RunLine | None
    counts: str
    next_due: str
    is_paused: bool


def workbooks() -> Response:
    """The workbooks that the reader may see."""
    tongue = reader_tongue()
    seen = [_listed(record, Wording(tongue)) for record, _ in workbooks_seen()]
    return page("workbooks.html", tongue, workbooks=seen)


def _listed(record: WorkbookRecord, words: Wording) -> Listed:
    zone = zone_of(record.time_zone)
    runs = service().runs.of(record.id, 1)
    lines = run_lines(runs, words, zone)
    counts = runs[0].counts if runs else None
    return Listed(
        id=record.id,
        name=record.name,
        run=lines[0] if lines else None,
        counts=counts_told(counts, words) if counts else "",
        next_due=words.moment(record.next_due, zone) if record.next_due else "",
        is_paused=record.paused,
    )


def dashboard(id: str) -> Response:  # noqa: A002  the word of the routes
    """The workbook's plan as it stands; where it cannot be read, why, and its runs all the same."""
    record = workbook_for(id, Verb.READ)
    runs = service().runs.of(record.id, MOST_RUNS)
    try:
        outcome = outcome_of(service(), record)
    except Exception as error:  # noqa: BLE001  whatever it is, the page tells it and shows the runs
        mishap = mishap_of(error)
        tongue = workbook_tongue(Settings(), today_for(service(), record))
        says, do = mishap.told(tongue)
        shown = _about(record, runs, tongue)
        return page("dashboard.html", tongue, mishap.status, **shown, says=says, do=do)
    tongue = workbook_tongue(outcome.reading.workspace.settings, outcome.plan.today)
    panels = panels_of(outcome, tongue, Choice.of(request.args))
    return page("dashboard.html", tongue, **_about(record, runs, tongue), panels=panels)


def _about(record: WorkbookRecord, runs: list[RunRecord], tongue: Tongue) -> dict[str, Any]:
    lines = run_lines(runs, Wording(tongue), zone_of(record.time_zone))
    return {
        "workbook": record,
        "is_link": record.address.startswith("https://"),
        "may_recalculate": Verb.RECALCULATE in verbs_on(principal(), record.id, service()),
        "runs": lines,
        "under_way": next((line for line in lines if line.is_under_way), None),
        "weeks_offered": WEEKS,
        "spans_offered": (WEEK, DAY),
    }
