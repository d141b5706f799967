"""Explain: why a publication has its dates and its people, and what would move them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sheetflow.domain.plan import Plan, PlannedStep, PublicationPlan, State
from sheetflow.domain.publication import Publication
from sheetflow.domain.settings import Settings
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.planner import Effort
from sheetflow.engine.work.network import network_of
from sheetflow.errors import UserError
from sheetflow.translate.reading import read_workspace
from sheetflow.usecases.proving import proved_plan
from sheetflow.usecases.trials import Trial, trials
from sheetflow.workbooks.port import Workbook


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who could do a step, and their hours planned and had from today to its due day."""

    name: str
    planned_hours: float
    capacity_hours: float
    is_owner: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that bears on one step of a publication; `step` is None where nothing is left to do."""

    settings: Settings
    plan: Plan
    publication: PublicationPlan
    step: PlannedStep | None
    waits_for: tuple[PlannedStep, ...]
    colleagues: tuple[Colleague, ...]
    trials: tuple[Trial, ...]


def explain(
    workbook: Workbook,
    today: date,
    id: str,  # noqa: A002  the word of the sheet
    step: str | None = None,
    effort: Effort = Effort.BALANCED,
) -> Explanation:
    """Explain the named step of a publication; without a name, the one that is worked on or comes next.

    Raises:
        UserError: There is no such publication, or no such step in it.
    """
    workspace = read_workspace(workbook.read(every_tab=True), today).workspace
    plan = proved_plan(workspace, today, effort)
    publication = _publication(plan, id)
    chosen = _step(publication, step)
    row = next((row for row in workspace.publications if row.id == publication.id), None)
    if row is None or chosen is None:
        return _told(workspace.settings, plan, publication, chosen)
    return Explanation(
        settings=workspace.settings,
        plan=plan,
        publication=publication,
        step=chosen,
        waits_for=_waits_for(workspace, row, publication, chosen),
        colleagues=_colleagues(plan, chosen),
        trials=trials(workspace, plan, publication, chosen, effort),
    )


def _told(
    settings: Settings, plan: Plan, publication: PublicationPlan, step: PlannedStep | None
) -> Explanation:
    return Explanation(
        settings=settings,
        plan=plan,
        publication=publication,
        step=step,
        waits_for=(),
        colleagues=(),
        trials=(),
    )


def _publication(plan: Plan, wanted: str) -> PublicationPlan:
    key = wanted.strip().casefold()
    for publication in plan.publications:
        if publication.id.casefold() == key:
            return publication
    raise UserError("id_unknown", id=wanted)


def _step(publication: PublicationPlan, wanted: str | None) -> PlannedStep | None:
    if wanted is None:
        return next((step for step in publication.steps if step.state is not State.DONE), None)
    key = wanted.strip().casefold()
    for fits in (str.__eq__, str.startswith):
        for step in publication.steps:
            if fits(step.step.casefold(), key):
                return step
    names = tuple(step.step for step in publication.steps)
    raise UserError("step_of_id_unknown", id=publication.id, step=wanted, steps=names)


def _waits_for(
    workspace: Workspace, row: Publication, publication: PublicationPlan, step: PlannedStep
) -> tuple[PlannedStep, ...]:
    before = network_of(workspace.workflows[row.type], row.skip).waits_for[step.step]
    return tuple(other for other in publication.steps if other.step in before)


def _colleagues(plan: Plan, step: PlannedStep) -> tuple[Colleague, ...]:
    if step.due is None:
        return ()
    last = step.due
    able = [p for p in plan.people if step.skill in p.skills or p.name == step.owner]
    return tuple(
        Colleague(
            name=person.name,
            planned_hours=sum(day.planned_hours for day in person.days if day.date <= last),
            capacity_hours=sum(day.capacity_hours for day in person.days if day.date <= last),
            is_owner=person.name == step.owner,
        )
        for person in able
    )
