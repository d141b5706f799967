"""Why one step lies where it lies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeAlias

from sheetflow.domain.flag import Reason, because
from sheetflow.domain.workflow import QUARTERS_PER_DAY, Kind
from sheetflow.engine.schedule.board import Board, Place
from sheetflow.engine.work.jobs import NOBODY, TEAM, Job
from sheetflow.engine.work.timeline import slot_from

Places: TypeAlias = Sequence[Place | None]


def step_reason(board: Board, job: int, task: int, places: Places, promised: date | None) -> Reason:
    """The nearest thing that holds the step: its promise, what it waits for, its owner's time, or its deadline.

    `places` are those of all tasks of the job.
    """
    here = board.scene.jobs[job]
    if promised is not None:
        return because("promised", date=promised)
    if here.tasks[task].current:
        return because("now")
    place = places[task]
    if task == here.publish and place and board.scene.line.day(place.end) == here.row.delivery:
        return because("delivery", date=here.row.delivery)
    return _handed_over(board, here, task, places) or _held(board, here, task, places)


def _handed_over(board: Board, here: Job, task: int, places: Places) -> Reason | None:
    """The reason where the step begins as soon as what it waits for ends."""
    line, place = board.scene.line, places[task]
    ends = {i: p.end for i in here.tasks[task].waits_for if (p := places[i])}
    last = max(ends, key=lambda i: ends[i], default=None)
    if last is None or place is None:
        return None
    team = line.lanes[TEAM]
    if slot_from(team, place.start) > slot_from(team, ends[last] + 1):
        return None
    step = here.tasks[last].step
    if step.kind is Kind.PUBLISH:
        return because("follows_publish")
    return because("waits_for", step=step.name, date=line.day(ends[last]))


def _held(board: Board, here: Job, task: int, places: Places) -> Reason:
    line, place = board.scene.line, places[task]
    if place is not None and task in here.behind and place.option.owner != NOBODY:
        owner = board.scene.crew.names[place.option.owner]
        until = line.team.latest_ready_by(line.day(place.start) - timedelta(days=1), 0)
        return because("full", owner=owner, until=until)
    deadline = line.day(_deadline(here, task, places))
    return because("as_late_as", date=line.team.latest_ready_by(deadline, 0))


def _deadline(here: Job, task: int, places: Places) -> int:
    """The last quarter that leaves what waits for the step where it lies."""
    starts = [
        place.start
        for other, place in enumerate(places)
        if place and task in here.tasks[other].waits_for
    ]
    place = places[task]
    return max(min(starts, default=QUARTERS_PER_DAY) - 1, place.end if place else 0)
