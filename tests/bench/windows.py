"""When a step can lie at all, if a publication is no later than a known plan allows."""

from __future__ import annotations

from typing import NamedTuple

from sheetflow.engine.work.jobs import Job, Option
from sheetflow.engine.work.scene import Scene
from sheetflow.engine.work.timeline import slot_from


class Window(NamedTuple):
    """The first and the last quarter that a step can take."""

    first: int
    last: int


def windows_of(scene: Scene, job: Job, known: int) -> dict[int, Window]:
    """The windows of all steps up to publishing; alone, the publication costs no more than `known`."""
    tasks = [*job.before, *([] if job.publish is None else [job.publish])]
    floor = 4 * scene.line.index(job.floor)
    first: dict[int, int] = {}
    ends: dict[int, int] = {}
    for task in tasks:
        first[task] = max([floor, *(ends[pred] + 1 for pred in job.tasks[task].waits_for)])
        ends[task] = min(_end(scene, option, first[task]) for option in _options(job, task))
    last = dict.fromkeys(tasks, 4 * _last_day(scene, job, known) + 3)
    for task in reversed(tasks):
        start = max(_start(scene, option, last[task]) for option in _options(job, task))
        for pred in job.tasks[task].waits_for:
            last[pred] = min(last[pred], start - 1)
    return {task: Window(first[task], last[task]) for task in tasks}


def _options(job: Job, task: int) -> tuple[Option, ...]:
    return job.tasks[task].options or (job.tasks[task].unowned,)


def _last_day(scene: Scene, job: Job, known: int) -> int:
    """The last day on which publishing costs no more than is known to do, if only this one is late."""
    day = scene.line.index(job.row.delivery)
    most = known // job.row.priority.weight
    while scene.line.team.between(job.row.delivery, scene.line.day(4 * (day + 1))) <= most:
        day += 1
    return day


def _end(scene: Scene, option: Option, quarter: int) -> int:
    lane = scene.line.lanes[option.calendar]
    return lane.slots[slot_from(lane, quarter) + option.quarters - 1]


def _start(scene: Scene, option: Option, quarter: int) -> int:
    lane = scene.line.lanes[option.calendar]
    return lane.slots[max(0, slot_from(lane, quarter + 1) - option.quarters)]
