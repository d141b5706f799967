"""The scene of a plan: the jobs, who can do them, and the days that they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain

from sheetflow.domain.workspace import Workspace
from sheetflow.engine.work.jobs import Crew, Job, Option
from sheetflow.engine.work.timeline import Timeline, timeline
from sheetflow.engine.work.workdays import WorkDays


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All that planning needs and never changes; `capacity` is hours by person and day, after the reserve."""

    jobs: tuple[Job, ...]
    crew: Crew
    line: Timeline
    capacity: tuple[tuple[float, ...], ...]

    @property
    def first_task(self) -> tuple[int, ...]:
        """The number of each job's first task, tasks being numbered through all jobs."""
        firsts = [0]
        for job in self.jobs:
            firsts.append(firsts[-1] + len(job.tasks))
        return tuple(firsts)

    @property
    def options(self) -> tuple[Option, ...]:
        """The options of all tasks in their order, the option of nobody behind each task's own."""
        tasks = (task for job in self.jobs for task in job.tasks)
        return tuple(chain.from_iterable((*task.options, task.unowned) for task in tasks))


def scene_of(
    workspace: Workspace, crew: Crew, jobs: tuple[Job, ...], today: date, days: int
) -> Scene:
    """The jobs of a workspace, on a line of so many days from today."""
    line = timeline(
        today, days, WorkDays(workspace.calendar), tuple(p.calendar for p in crew.people)
    )
    kept_free = workspace.settings.reserve
    capacity = []
    for person, lane in zip(crew.people, line.lanes[1:], strict=True):
        per_quarter = person.hours_per_day * (1 - kept_free) / 4
        worked = (lane.first[t + 1] - lane.first[t] for t in range(days))
        capacity.append(tuple(quarters * per_quarter for quarters in worked))
    return Scene(jobs=jobs, crew=crew, line=line, capacity=tuple(capacity))
