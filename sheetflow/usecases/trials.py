"""Trials: one cell of a row changed, and where that would lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import TypeAlias

from sheetflow.domain.plan import PlannedStep, PublicationPlan, State
from sheetflow.domain.publication import Priority, Publication
from sheetflow.domain.workflow import QUARTERS_PER_DAY, Kind
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.planner import Effort
from sheetflow.usecases.proving import proved_plan

MOST_TRIALS = 8
FAR = date.max

Change: TypeAlias = tuple[str, str, Publication]
"""A column, what to type there, and the row that it makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A change of the sheet that was tried: `column` and `value` to type, and where it would lead."""

    column: str
    value: str
    ready_by: date | None
    forecast: date | None


def trials(
    workspace: Workspace,
    row: Publication,
    publication: PublicationPlan,
    step: PlannedStep,
    today: date,
) -> tuple[Trial, ...]:
    """Plans with one cell of the row changed, the best first; quick plans, compared with a quick plan."""

    def planned(changed: Publication) -> PublicationPlan:
        rows = tuple(changed if other.id == row.id else other for other in workspace.publications)
        trial = proved_plan(replace(workspace, publications=rows), today, Effort.FAST)
        return next(found for found in trial.publications if found.id == row.id)

    changes = chain(_priorities(row), _pins(workspace, row, step), _shorter(row, publication, step))
    found = _different(changes, planned, _dates(planned(row)))
    return tuple(sorted(found, key=lambda trial: (trial.forecast or FAR, trial.ready_by or FAR)))


def _different(
    changes: Iterator[Change],
    planned: Callable[[Publication], PublicationPlan],
    now: tuple[date | None, date | None],
) -> Iterator[Trial]:
    for (column, value, changed), _ in zip(changes, range(MOST_TRIALS), strict=False):
        ready_by, forecast = _dates(planned(changed))
        if (ready_by, forecast) != now:
            yield Trial(column=column, value=value, ready_by=ready_by, forecast=forecast)


def _dates(publication: PublicationPlan) -> tuple[date | None, date | None]:
    return publication.ready_by, publication.forecast


def _priorities(row: Publication) -> Iterator[Change]:
    if row.priority is not Priority.URGENT:
        yield "Priority", Priority.URGENT.word, replace(row, priority=Priority.URGENT)
    if row.not_before is not None:
        yield "Not before", "", replace(row, not_before=None)


def _pins(workspace: Workspace, row: Publication, step: PlannedStep) -> Iterator[Change]:
    for person in workspace.people or ():
        if step.skill in person.skills and person.name != step.owner:
            pins = {**row.pins, step.step: person.name}
            yield "Owners", f"{step.step}: {person.name}", replace(row, pins=pins)


def _shorter(row: Publication, publication: PublicationPlan, step: PlannedStep) -> Iterator[Change]:
    """Half the days of this step and of the longest; without the longest wait."""
    left = [s for s in _before_publishing(publication) if s.state is not State.DONE]
    longest = sorted(left, key=lambda other: -other.quarters)
    for other in dict.fromkeys(s.step for s in [step, *longest[:1]] if s.quarters > 1):
        half = next(s.quarters for s in publication.steps if s.step == other) // 2
        days = {**row.days, other: half}
        yield "Days", f"{other}: {half / QUARTERS_PER_DAY:g}", replace(row, days=days)
    for wait in [s.step for s in longest if s.kind is Kind.WAIT][:1]:
        yield "Skip", wait, replace(row, skip=row.skip | {wait})


def _before_publishing(publication: PublicationPlan) -> list[PlannedStep]:
    return [s for s in publication.steps if s.kind in {Kind.WORK, Kind.WAIT}]
