"""The scene of a plan: the jobs, who can do them, and the days that they have."""

from __future__ import annotations

from dataclasses import dataclass

from sheetflow.engine.jobs import Crew, Job, Option
from sheetflow.engine.timeline import Timeline


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
        return tuple(
            option
            for job in self.jobs
            for task in job.tasks
            for option in (*task.options, task.unowned)
        )
