"""Trials: one cell of the sheet changed, and where that would lead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sheetflow.domain.plan import Plan, PlannedStep, PublicationPlan
from sheetflow.domain.publication import Priority, Publication
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.planner import Effort
from sheetflow.engine.reasons.what_helps import what_helps
from sheetflow.engine.runs.remembering import remembered
from sheetflow.usecases.proving import proved_plan

FAR = date.max
MOST_PLANS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A change of the sheet that was tried: `column` and `value` to type in the row `id`, and where it would lead."""

    id: str
    column: str
    value: str
    ready_by: date | None
    forecast: date | None


def trials(
    workspace: Workspace,
    made: Plan,
    publication: PublicationPlan,
    step: PlannedStep,
    effort: Effort,
) -> tuple[Trial, ...]:
    """One cell changed at a time, the best first.

    Cells of the row itself are tried in the room that all others leave to it, priorities by a plan that goes on from
    this one.
    """
    found = [
        Trial(
            id=publication.id,
            column=remedy.edit.column,
            value=remedy.edit.value,
            ready_by=remedy.outcome.ready_by,
            forecast=remedy.outcome.forecast,
        )
        for remedy in what_helps(workspace, made, publication.id, step.step)
    ]
    found += _priorities(workspace, made, publication, effort)
    return tuple(sorted(found, key=lambda trial: (trial.forecast or FAR, trial.ready_by or FAR)))


def _priorities(
    workspace: Workspace, made: Plan, publication: PublicationPlan, effort: Effort
) -> Iterator[Trial]:
    """The row more urgent, and the row that it waits for less so, where that moves it."""
    rows = {row.id: row for row in workspace.publications}
    wanted = [(publication.id, Priority.URGENT)]
    in_the_way = (reason.facts.get("other") for reason in publication.chain)
    wanted += [(id_, Priority.LOW) for id_ in dict.fromkeys(in_the_way) if isinstance(id_, str)]
    written = remembered(workspace, made)
    for id_, priority in wanted[:MOST_PLANS]:
        if id_ not in rows or rows[id_].priority is priority:
            continue
        changed = replace(rows[id_], priority=priority)
        after = _planned(written, changed, made.today, effort, publication.id)
        dates = after.ready_by, after.forecast
        if dates != (publication.ready_by, publication.forecast):
            yield Trial(
                id=id_, column="Priority", value=priority.word, ready_by=dates[0], forecast=dates[1]
            )


def _planned(
    workspace: Workspace, changed: Publication, today: date, effort: Effort, id_: str
) -> PublicationPlan:
    rows = tuple(changed if row.id == changed.id else row for row in workspace.publications)
    made = proved_plan(replace(workspace, publications=rows), today, effort)
    return next(row for row in made.publications if row.id == id_)
