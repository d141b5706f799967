"""Steps that wait for nothing any more although they are planned for later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetflow.domain.plan import Plan, PlannedStep, PublicationPlan, State
from sheetflow.domain.workflow import Kind, Workflow
from sheetflow.domain.workspace import Workspace


def open_steps(plan: Plan, workspace: Workspace) -> Iterator[tuple[PublicationPlan, PlannedStep]]:
    """Planned steps after today that could begin today: all that they wait for is done, and nothing forbids it."""
    not_before = {row.id: row.not_before for row in workspace.publications}
    for row in plan.publications:
        workflow = workspace.workflows.get(row.type)
        floor = not_before.get(row.id)
        if workflow is None or (floor is not None and floor > plan.today):
            continue
        states = {step.step: step.state for step in row.steps}
        for step in row.steps:
            if _could_begin(step, plan) and _is_open(workflow, states, step):
                yield row, step


def _could_begin(step: PlannedStep, plan: Plan) -> bool:
    is_work = step.kind in {Kind.WORK, Kind.FOLLOW_UP} and step.hours > 0
    is_later = step.start is not None and step.start > plan.today
    return is_work and is_later and step.state is State.PLANNED


def _is_open(workflow: Workflow, states: Mapping[str, State], step: PlannedStep) -> bool:
    if step.kind is Kind.FOLLOW_UP and states.get(workflow.publish.name) is not State.DONE:
        return False
    return _all_done(workflow, states, step.step)


def _all_done(workflow: Workflow, states: Mapping[str, State], name: str) -> bool:
    """Whether all that the step waits for is done; a step that the row skips counts for what it waited for."""
    return all(
        states[before] is State.DONE if before in states else _all_done(workflow, states, before)
        for before in workflow.step(name).after
    )
