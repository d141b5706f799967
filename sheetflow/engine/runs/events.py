"""What this run adds to History: steps that started, were finished, published or sent back since the last one."""

from __future__ import annotations

from collections.abc import Iterator

from sheetflow.domain.history import Event, EventKind
from sheetflow.domain.plan import Plan, PlannedStep, PublicationPlan, State
from sheetflow.domain.publication import Publication, Status
from sheetflow.domain.workflow import Kind
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.work.memory import Memory, memory_of


def events_of(workspace: Workspace, plan: Plan) -> tuple[Event, ...]:
    """The new events, by ID and in the workflow's order; none if nothing happened since the last run.

    A step that was finished before anybody saw it is not told: nobody knows when that was.
    """
    memory = memory_of(workspace)
    rows = {row.id: row for row in workspace.publications}
    found: list[Event] = []
    for row in plan.publications:
        if row.steps:
            for step in row.steps:
                found += _of_step(memory, plan, row, step)
        elif row.id in rows and _is_over(rows[row.id]):
            found += _of_finished_row(workspace, memory, plan, rows[row.id])
    return tuple(found)


def _of_step(
    memory: Memory, plan: Plan, row: PublicationPlan, step: PlannedStep
) -> Iterator[Event]:
    key = (row.id, step.step)
    before = memory.state(key)
    if before is step.state or (before is None and step.state is not State.NOW):
        return
    if step.state is State.DONE:
        yield _ended(memory, plan, key, step.kind)
        return
    if before in {State.DONE, State.NOW}:
        yield Event(
            when=plan.today,
            id=row.id,
            step=step.step,
            kind=EventKind.RETURNED,
            owner=memory.owner(key),
        )
    if step.state is State.NOW:
        yield Event(
            when=plan.today,
            id=row.id,
            step=step.step,
            kind=EventKind.STARTED,
            owner=step.owner,
            due=step.due,
        )


def _ended(memory: Memory, plan: Plan, key: tuple[str, str], kind: Kind) -> Event:
    started = memory.started(key)
    return Event(
        when=plan.today,
        id=key[0],
        step=key[1],
        kind=EventKind.PUBLISHED if kind is Kind.PUBLISH else EventKind.FINISHED,
        owner=memory.owner(key),
        due=started.due if started else None,
    )


def _is_over(row: Publication) -> bool:
    return row.status is Status.DONE or (row.status is Status.ACTIVE and row.all_done)


def _of_finished_row(
    workspace: Workspace, memory: Memory, plan: Plan, row: Publication
) -> Iterator[Event]:
    # A row that is over may have any type: it is read no further than its status.
    workflow = workspace.workflows.get(row.type)
    for step in workflow.steps if workflow else ():
        if memory.state((row.id, step.name)) in {State.NOW, State.PLANNED}:
            yield _ended(memory, plan, (row.id, step.name), step.kind)
