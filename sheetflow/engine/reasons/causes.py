"""Why a publication is not where it should be: its steps played again as early as they can be, looking at each wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheetflow.domain.workflow import QUARTERS_PER_DAY
from sheetflow.engine.kernel.field import NONE
from sheetflow.engine.schedule.board import Board, Place
from sheetflow.engine.schedule.score import ready_quarter
from sheetflow.engine.work.jobs import TEAM, Task
from sheetflow.engine.work.timeline import slot_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """One step's wait for its owner: quarters of the team's time lost because the owner is full, or away."""

    task: int
    owner: int
    full: int
    away: int
    ready: int
    place: Place

    @property
    def lost(self) -> int:
        """All the quarters lost."""
        return self.full + self.away

    @property
    def is_away(self) -> bool:
        """Whether most of them are lost because the owner is away."""
        return self.away > self.full


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A job played as early as it can be, beside all others where they lie.

    `path` are the tasks, from the first to the last, each of which ends last of all that the next one waits for.
    """

    ready: int
    path: tuple[int, ...]
    waits: dict[int, Wait]

    @property
    def worst(self) -> Wait | None:
        """The wait on the path that costs most; the first of several."""
        waits = [self.waits[task] for task in self.path if self.lost(task)]
        return max(waits, key=lambda wait: wait.lost, default=None)

    def lost(self, task: int) -> int:
        """The quarters that a task waits for its owner."""
        return self.waits[task].lost if task in self.waits else 0


def replay(board: Board, job: int) -> Replay | None:
    """Play a job's steps before publishing again, with the owners that they have.

    None where the line of days ends before that. The board is left as it was.
    """
    here = board.scene.jobs[job]
    kept = {task: board.lift(job, task) for task in here.before if not here.tasks[task].current}
    waits = _play(board, job, kept)
    path = _path(here.tasks, here.before, board.places[job])
    ready = ready_quarter(board, job)
    for task, place in kept.items():
        board.lift(job, task)
        if place is not None:
            board.place(job, task, place)
    return None if waits is None else Replay(ready=ready, path=path, waits=waits)


def _play(board: Board, job: int, kept: Mapping[int, Place | None]) -> dict[int, Wait] | None:
    here = board.scene.jobs[job]
    floor = board.scene.line.index(here.floor) * QUARTERS_PER_DAY
    waits: dict[int, Wait] = {}
    for task, before in kept.items():
        ends = [p.end for i in here.tasks[task].waits_for if (p := board.place_of(job, i))]
        start = max(floor, max(ends, default=NONE) + 1)
        wait = _wait(board, task, before.number, start) if before else None
        if wait is None:
            return None
        waits[task] = wait
        board.place(job, task, wait.place)
    return waits


def _wait(board: Board, task: int, number: int, start: int) -> Wait | None:
    place = board.first_place(number, start)
    if place is None:
        return None
    option = board.option(number)
    team, own = board.scene.line.lanes[TEAM], board.scene.line.lanes[option.calendar]
    at_once = slot_from(team, start) + option.quarters
    if_free = slot_from(own, start) + option.quarters - 1
    by_calendar = slot_from(team, own.slots[min(if_free, len(own.slots) - 1)] + 1)
    return Wait(
        task=task,
        owner=option.owner,
        full=max(0, slot_from(team, place.end + 1) - by_calendar),
        away=max(0, by_calendar - at_once),
        ready=start,
        place=place,
    )


def _path(
    tasks: tuple[Task, ...], before: tuple[int, ...], places: list[Place | None]
) -> tuple[int, ...]:
    def end(task: int) -> int:
        place = places[task]
        return place.end if place else -1

    path: list[int] = []
    open_tasks = list(before)
    while open_tasks:
        last = max(open_tasks, key=end)
        path.append(last)
        open_tasks = list(tasks[last].waits_for)
    return tuple(reversed(path))


def busiest_row(board: Board, wait: Wait, job: int) -> str:
    """The ID of the other publication that takes most of the owner's time while the step waits; blank for none."""
    first, last = wait.ready, wait.place.start
    hours: dict[int, float] = {}
    for other, (option, _, _, start, end) in board.work_of(wait.owner, first, last):
        shared = min(end, last) - max(start, first) + 1
        hours[other] = hours.get(other, 0.0) + shared * option.rate
    hours.pop(job, None)
    most = max(hours.values(), default=0.0)
    jobs = board.scene.jobs
    return min((jobs[other].row.id for other in hours if hours[other] == most), default="")
