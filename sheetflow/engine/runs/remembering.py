"""What a workspace remembers once a plan of it is written: the plan is its last plan, and History goes on."""

from __future__ import annotations

from dataclasses import replace

from sheetflow.domain.history import LastRun, LastStep, Promise
from sheetflow.domain.plan import Plan
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.runs.events import events_of


def remembered(workspace: Workspace, made: Plan) -> Workspace:
    """The workspace as the next run of the same day will read it, if nobody changes a cell."""
    steps = {
        (row.id, step.step): LastStep(
            id=row.id,
            step=step.step,
            owner=step.owner,
            start=step.start,
            due=step.due,
            state=step.state,
            start_quarter=step.start_quarter,
            due_quarter=step.due_quarter,
        )
        for row in made.publications
        for step in row.steps
    }
    promises = {
        row.id: Promise(
            late_days=row.late_days or 0,
            margin_days=row.margin_eaten,
            weight=row.priority.weight,
        )
        for row in made.publications
        if row.steps
    }
    return replace(
        workspace,
        last_plan=steps,
        last_run=LastRun(
            inputs=made.inputs, effort=made.effort, today=made.today, promises=promises
        ),
        history=(*workspace.history, *events_of(workspace, made)),
    )
