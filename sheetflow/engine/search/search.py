"""Looking for the best schedule: anew where nothing is remembered, else from the last plan on.

The last plan is taken up; only what makes things better moves anything, and nothing moves without need. As long as all
that it promised holds, nobody is made worse to make another better: whoever does what a plan advises gets what it said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sheetflow.domain.history import Promise
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.kernel.compiled import Kernel
from sheetflow.engine.kernel.exchange import LATE
from sheetflow.engine.kernel.field import NONE
from sheetflow.engine.kernel.laying import Wishes
from sheetflow.engine.schedule.board import Board
from sheetflow.engine.schedule.score import lateness, score
from sheetflow.engine.search.last_look import looked_over
from sheetflow.engine.search.promises import Breach, makes_nobody_worse, worst_breach
from sheetflow.engine.search.tries import Pace
from sheetflow.engine.search.workshop import Workshop
from sheetflow.engine.work.scene import Scene

WARM, COLD = (2 * LATE, LATE), (NONE,)
"""How much worse a move may make the last plan for a while, where late days are at stake, and where none are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a plan is made from: the fingerprint of the inputs, and how long it may look for a better one."""

    inputs: str
    effort: str


def search(
    scene: Scene, workspace: Workspace, builder: Callable[[], Kernel], pace: Pace, origin: Origin
) -> Board:
    """The best schedule found.

    Raises:
        LineTooShortError: the line of days holds no schedule.
    """
    last = last_owners(scene, workspace)
    workshop = Workshop(scene, last, builder)
    if not workspace.last_plan:
        return looked_over(workshop.made(pace), builder)
    resumed, is_whole = workshop.resumed(workspace.last_plan)
    was = workspace.last_run
    is_same = was.inputs == origin.inputs
    if is_whole and is_same and was.effort == origin.effort:
        return resumed
    resumed = looked_over(resumed, builder)
    if not any(lateness(resumed)):
        return resumed
    soon = _soon(scene, workspace)
    keep = {task: last[task] for task in soon if _has(resumed, task, last.get(task, NONE))}
    # The same inputs again, with another effort, ask for a better plan whoever gains or loses by it.
    promises = {} if is_same else was.promises
    better = _bettered(workshop, resumed, promises, keep, pace)
    best = better if score(better, last, soon) < score(resumed, last, soon) else resumed
    return looked_over(best, builder)


def _bettered(
    workshop: Workshop,
    resumed: Board,
    promises: Mapping[str, Promise],
    keep: Wishes,
    pace: Pace,
) -> Board:
    """A better board than the last plan taken up, as far as its promises let one trade; or the same.

    Steps that start soon keep their owners, unless late days are at stake that cannot be saved so.
    """
    breach = worst_breach(resumed, promises)
    cold = replace(pace, heat=COLD)
    if breach is Breach.MARGIN:
        return workshop.bettered(resumed, resumed.state, keep, cold, guarded=False)
    if breach is Breach.LATE_DAYS:
        cold = replace(cold, rounds=min(1, pace.rounds))
    gently = workshop.bettered(resumed, resumed.state, keep, cold, guarded=True)
    if breach is Breach.NOTHING:
        return gently if makes_nobody_worse(gently, resumed) else resumed
    if worst_breach(gently, promises) is not Breach.LATE_DAYS:
        return gently
    start = workshop.better_built(gently.state)
    return workshop.bettered(resumed, start, {}, replace(pace, heat=WARM), guarded=False)


def _has(board: Board, task: int, owner: int) -> bool:
    """Whether a task has that owner; nobody has none."""
    option = board.state.option[task]
    return option >= 0 and owner == board.field.owner[option] != NONE


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


def _soon(scene: Scene, workspace: Workspace) -> frozenset[int]:
    """The tasks that were to start within `Keep within` working days."""
    team, today = scene.line.team, scene.line.today
    within = workspace.settings.keep_within
    return frozenset(
        number
        for job, first in zip(scene.jobs, scene.first_task, strict=False)
        for number, task in enumerate(job.tasks, start=first)
        if (last := workspace.last_plan.get((job.row.id, task.step.name)))
        and last.start
        and team.between(today, last.start) < within
    )
