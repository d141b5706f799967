"""What each publication could do if it were the only one: when it is ready, and on which days it can go live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bench.ground import ground_for, must, quickest_kernel, scene_for
from sheetflow.domain.calendar import Calendar
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.kernel.building import FORWARD
from sheetflow.engine.kernel.placing import late_days, lift, ready_quarter
from sheetflow.engine.work.jobs import Crew, Job

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alone:
    """The first day that leaves the margin behind all work before publishing, and who could publish, by calendar.

    `late` is the weighted working days by which it would be late even so.
    """

    soonest: date
    late: int
    team: Calendar
    publishers: tuple[Calendar, ...]

    def next_day(self, day: date) -> date:
        """The day itself or the first one after it on which the team works, and somebody who may publish."""
        while not self.team.quarters(day) or not any(c.quarters(day) for c in self.publishers):
            day += ONE_DAY
        return day


def alone(workspace: Workspace, today: date) -> Mapping[str, Alone]:
    """By ID: each publication planned forward from today, nobody else being planned."""
    scene = scene_for(workspace, today)
    ground = ground_for(scene, quickest_kernel(), {})
    field, state, firsts = ground.field, ground.state, scene.first_task
    found: dict[str, Alone] = {}
    for number, job in enumerate(scene.jobs):
        must(ground.kernel.build(field, state, ground.kernel.row([number]), FORWARD))
        ready = int(ready_quarter(field, state, number))
        found[job.row.id] = Alone(
            soonest=_behind(scene.line.day(max(ready, 0)), job.margin, workspace.calendar),
            late=int(late_days(field, state, number)) * job.row.priority.weight,
            team=workspace.calendar,
            publishers=_publishers(job, scene.crew) or (workspace.calendar,),
        )
        for task in range(firsts[number], firsts[number + 1]):
            lift(field, state, task)
    return found


def _behind(day: date, working_days: int, team: Calendar) -> date:
    left = working_days
    while left:
        day += ONE_DAY
        left -= bool(team.quarters(day))
    return day


def _publishers(job: Job, crew: Crew) -> tuple[Calendar, ...]:
    options = job.tasks[job.publish].options if job.publish is not None else ()
    return tuple(crew.people[option.owner].calendar for option in options)
