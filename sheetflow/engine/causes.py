"""Why a publication is not where it should be: its steps played again as early as they can be, looking at each wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sheetflow.domain.workflow import QUARTERS_PER_DAY
from sheetflow.engine.board import Board, Place
from sheetflow.engine.field import NONE
from sheetflow.engine.jobs import TEAM, Task
from sheetflow.engine.score import ready_quarter
from sheetflow.engine.timeline import slot_from


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
        waits = [self.waits[task] for task in self.path if task in self.waits]
        return max((w for w in waits if w.lost), key=lambda w: w.lost, default=None)


def replay(board: Board, job: int, owners: Mapping[int, int]) -> Replay | None:
    """Play a job's steps before publishing again, with the owners that they have or the given ones.

    None where one of the given owners finds no place. The board is left as it was.
    """
    here = board.scene.jobs[job]
    kept = {task: board.lift(job, task) for task in here.before if not here.tasks[task].current}
    waits = _play(board, job, kept, owners)
    path = _path(here.tasks, here.before, board.places[job])
    ready = ready_quarter(board, job)
    for task, place in kept.items():
        board.lift(job, task)
        if place is not None:
            board.place(job, task, place)
    return None if waits is None else Replay(ready=ready, path=path, waits=waits)


def _play(
    board: Board, job: int, kept: Mapping[int, Place | None], owners: Mapping[int, int]
) -> dict[int, Wait] | None:
    here = board.scene.jobs[job]
    floor = board.scene.line.index(here.floor) * QUARTERS_PER_DAY
    waits: dict[int, Wait] = {}
    for task, before in kept.items():
        number = _choice(board, job, task, owners[task]) if task in owners else NONE
        if number == NONE and before is not None:
            number = before.number
        ends = [p.end for i in here.tasks[task].waits_for if (p := board.place_of(job, i))]
        wait = _wait(board, task, number, max(floor, max(ends, default=NONE) + 1))
        if wait is None:
            return None
        waits[task] = wait
        board.place(job, task, wait.place)
    return waits


def _choice(board: Board, job: int, task: int, owner: int) -> int:
    options = board.choices(job, task)
    return next((number for number in options if board.option(number).owner == owner), NONE)


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
    hours: dict[str, float] = {}
    for other, place in board.work_of(wait.owner):
        if other != job and place.start <= wait.place.start and place.end >= wait.ready:
            shared = min(place.end, wait.place.start) - max(place.start, wait.ready) + 1
            name = board.scene.jobs[other].row.id
            hours[name] = hours.get(name, 0.0) + shared * place.option.rate
    return min(hours, key=lambda name: (-hours[name], name), default="")


def late_days_if(board: Board, job: int, ready: int) -> int:
    """How many working days late the job would be if all before publishing ended with quarter `ready`."""
    scene = board.scene
    here = scene.jobs[job]
    if here.publish is None:
        return 0
    kept = board.lift(job, here.publish)
    place = board.on_delivery(job)
    if place is None or place.start <= ready:
        ends_after = scene.line.index(here.row.delivery) * QUARTERS_PER_DAY + QUARTERS_PER_DAY - 1
        options = board.choices(job, here.publish)
        if kept is not None and not kept.is_unattended:
            options = [kept.number]
        place = board.first_place(options[0], ready + 1, max(NONE, ends_after)) or kept
    if kept is not None:
        board.place(job, here.publish, kept)
    forecast: date = scene.line.day(place.end) if place else here.row.delivery
    return max(0, scene.line.team.between(here.row.delivery, forecast))
