"""An explanation as a JSON document, its sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sheetflow.translate.document import DECIMALS, Document, publication_entry, step_entry
from sheetflow.translate.language import Tongue
from sheetflow.usecases.explain import Colleague, Explanation
from sheetflow.usecases.trials import Trial

SCHEMA = "sheetflow.explanation/1"


def explanation_document(explanation: Explanation, tongue: Tongue) -> Document:
    """The publication and the step as in the plan's JSON, who could do it, and what would move it."""
    step = explanation.step
    return {
        "schema": SCHEMA,
        "today": explanation.plan.today.isoformat(),
        "publication": publication_entry(explanation.publication, tongue),
        "step": step_entry(step, tongue) if step else None,
        "chain": [tongue.reason(link) for link in explanation.publication.chain],
        "waits_for": [before.step for before in explanation.waits_for],
        "colleagues": [_colleague(colleague) for colleague in explanation.colleagues],
        "trials": [_tried(explanation, trial, tongue) for trial in explanation.trials],
    }


def _colleague(colleague: Colleague) -> Document:
    return {
        "name": colleague.name,
        "planned_hours": round(colleague.planned_hours, DECIMALS),
        "capacity_hours": round(colleague.capacity_hours, DECIMALS),
        "is_owner": colleague.is_owner,
    }


def _tried(explanation: Explanation, trial: Trial, tongue: Tongue) -> Document:
    return {
        "id": trial.id,
        "column": trial.column,
        "value": trial.value or None,
        "ready_by": trial.ready_by.isoformat() if trial.ready_by else None,
        "forecast": trial.forecast.isoformat() if trial.forecast else None,
        "sentence": f"{_typed(explanation, trial, tongue)}: {tongue.names(_dates(trial, tongue))}",
    }


def _typed(explanation: Explanation, trial: Trial, tongue: Tongue) -> str:
    """The cell that would be typed, under the header that the sheet shows."""
    of = "" if trial.id == explanation.publication.id else f" ({trial.id})"
    return f"{tongue.show('header', trial.column)}{of} = {shown_value(trial, tongue) or '—'}"


def shown_value(trial: Trial, tongue: Tongue) -> str:
    """The cell's new value as people say it; blank for a cell that is emptied."""
    is_day = trial.column == "Delivery date"
    return tongue.date(date.fromisoformat(trial.value)) if is_day else trial.value


def _dates(trial: Trial, tongue: Tongue) -> Iterator[str]:
    for header, day in (("Ready by", trial.ready_by), ("Forecast", trial.forecast)):
        if isinstance(day, date):
            yield f"{tongue.show('header', header)} {tongue.date(day)}"
