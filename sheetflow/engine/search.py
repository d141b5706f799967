"""Looking for the best schedule: built in several ways, then made better by exchanges.

The result depends on the input alone: with the plan that it returns as the last plan, it returns it again. Two kinds
of schedule are compared for that: the best one that knows nothing of the last plan, and the best one in which every
step keeps its last owner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sheetflow.domain.workspace import Workspace
from sheetflow.engine.board import Board
from sheetflow.engine.compiled import Kernel, plain_kernel
from sheetflow.engine.field import NONE, State
from sheetflow.engine.laying import Wishes
from sheetflow.engine.scene import Scene
from sheetflow.engine.score import score
from sheetflow.engine.tries import Pace, Workshop, owners_of


def search(scene: Scene, workspace: Workspace, kernel: Kernel, pace: Pace) -> Board:
    """The best schedule found.

    Raises:
        LineTooShortError: the line of days holds no schedule.
    """
    last = last_owners(scene, workspace)
    current = _current_owners(scene, last)
    free = Workshop(scene, current, kernel).made(pace)
    if not last or owners_of(free).items() >= last.items():
        return free
    sketch = Workshop(scene, {**last, **current}, kernel).made(replace(pace, rounds=0))
    kept = Workshop(scene, owners_of(sketch), kernel).made(pace)
    soon = _soon(scene, workspace, _last_starts(scene, workspace))
    if score(free, last, soon) <= score(kept, last, soon):
        return free
    owners, soon = owners_of(kept), _soon(scene, workspace, _starts(kept))
    return kept if score(kept, owners, soon) < score(free, owners, soon) else free


def last_owners(scene: Scene, workspace: Workspace) -> dict[int, int]:
    """The owners of the last plan, by the number of the task, as far as they are still there."""
    index = {name: i for i, name in enumerate(scene.crew.names)}
    found: dict[int, int] = {}
    for job, first in zip(scene.jobs, scene.first_task, strict=False):
        for number, task in enumerate(job.tasks, start=first):
            last = workspace.last_plan.get((job.row.id, task.step.name))
            if last is not None and last.owner in index:
                found[number] = index[last.owner]
    return found


def _current_owners(scene: Scene, last: Wishes) -> dict[int, int]:
    """Who goes on with the current steps: the last plan's owner, else whoever finishes first."""
    chosen = owners_of(Workshop(scene, last, plain_kernel()).foundation())
    current = [
        number
        for job, first in zip(scene.jobs, scene.first_task, strict=False)
        for number, task in enumerate(job.tasks, start=first)
        if task.current
    ]
    owners = {number: last.get(number, chosen.get(number, NONE)) for number in current}
    return {number: owner for number, owner in owners.items() if owner != NONE}


def _soon(scene: Scene, workspace: Workspace, starts: Mapping[int, date]) -> frozenset[int]:
    """The tasks that start within `Keep within` working days."""
    team, today = scene.line.team, scene.line.today
    within = workspace.settings.keep_within
    return frozenset(task for task, day in starts.items() if team.between(today, day) < within)


def _last_starts(scene: Scene, workspace: Workspace) -> dict[int, date]:
    return {
        number: last.start
        for job, first in zip(scene.jobs, scene.first_task, strict=False)
        for number, task in enumerate(job.tasks, start=first)
        if (last := workspace.last_plan.get((job.row.id, task.step.name))) and last.start
    }


def _starts(board: Board) -> dict[int, date]:
    state: State = board.state
    return {
        number: board.scene.line.day(int(start))
        for number, (start, option) in enumerate(zip(state.start, state.option, strict=True))
        if option != NONE
    }
