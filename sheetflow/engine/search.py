"""Looking for the best schedule: one that knows nothing of the last plan, and the last plan taken up.

The last plan wins where it is no worse, so that nothing moves without need, and a second run right after the first
finds the same plan again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sheetflow.domain.workspace import Workspace
from sheetflow.engine.board import Board
from sheetflow.engine.compiled import Kernel, plain_kernel
from sheetflow.engine.exchange import total_cost
from sheetflow.engine.field import NONE
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
    if not workspace.last_plan:
        return Workshop(scene, current, kernel).made(pace)
    resumed, is_whole = Workshop(scene, {**last, **current}, kernel).resumed(
        workspace.last_plan, pace
    )
    if is_whole and not total_cost(resumed.field, resumed.state):
        return resumed
    free = Workshop(scene, current, kernel).made(pace)
    soon = _soon(scene, workspace, _last_starts(scene, workspace))
    if score(free, last, soon) < score(resumed, last, soon):
        return free
    return resumed if _stays(scene, workspace, resumed, free) else free


def _stays(scene: Scene, workspace: Workspace, chosen: Board, other: Board) -> bool:
    """Whether the chosen board would be chosen again if it were the last plan."""
    owners, soon = owners_of(chosen), _soon(scene, workspace, _starts(chosen))
    return score(chosen, owners, soon) <= score(other, owners, soon)


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
    """Who goes on with each current step: the last plan's owner where they can, else whoever finishes first.

    The next run will find them in the last plan, so they are settled here, whatever else is planned.
    """
    chosen = owners_of(Workshop(scene, last, plain_kernel()).foundation())
    owners: dict[int, int] = {}
    for job, first in zip(scene.jobs, scene.first_task, strict=False):
        for number, task in enumerate(job.tasks, start=first):
            able = [option.owner for option in task.options]
            if task.current and able:
                wanted = last.get(number, NONE)
                found = chosen.get(number, able[0])
                owners[number] = wanted if wanted in able else found
    return owners


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
    return {
        number: board.scene.line.day(start)
        for number, (start, option) in enumerate(
            zip(board.state.start, board.state.option, strict=True)
        )
        if option != NONE
    }
