"""When each publication could be delivered if it were the only one."""

from __future__ import annotations

from datetime import date, timedelta

from bench.ground import must, scene_for
from sheetflow.domain.workspace import Workspace
from sheetflow.engine import building, kernel
from sheetflow.engine.laying import as_arrays, empty_state, lay_out


def ready_alone(workspace: Workspace, today: date) -> dict[str, date]:
    """By ID: the first day that leaves the margin behind all work before publishing, nobody else being planned."""
    scene = scene_for(workspace, today)
    field = as_arrays(lay_out(scene, {}))
    state = as_arrays(empty_state(scene, field))
    found: dict[str, date] = {}
    for number, job in enumerate(scene.jobs):
        must(building.build_forward(field, state, number))
        ready = int(kernel.ready_quarter(field, state, number))
        found[job.row.id] = _behind(scene.line.day(max(ready, 0)), job.margin, workspace)
        for at in range(field.before_begin[number], field.before_begin[number + 1]):
            kernel.lift(field, state, field.before[at])
    return found


def _behind(day: date, working_days: int, workspace: Workspace) -> date:
    left = working_days
    while left:
        day += timedelta(days=1)
        left -= bool(workspace.calendar.quarters(day))
    return day
