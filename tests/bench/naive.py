"""The naive plan, as a careful person makes it in a sheet, and what becomes of it.

Each publication is planned backward from its delivery date as if everybody had all the time in the world; each step
goes to whoever of those who can do it has least so far. Then it is carried out: everybody takes the steps in the order
of their planned starts, none before its planned start, and a day holds no more hours than it has.
"""

from __future__ import annotations

from bench.carrying import Intent, carry_out, owners_of
from bench.ground import ground_for, scene_for
from bench.workloads import TODAY
from sheetflow.domain.plan import Plan
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.kernel.compiled import plain_kernel
from sheetflow.engine.work.jobs import Job, Option, Task
from sheetflow.engine.work.scene import Scene
from sheetflow.engine.work.timeline import slot_from


def naive_executed(workspace: Workspace) -> Plan:
    """The naive plan as it turns out."""
    scene = scene_for(workspace, TODAY)
    intents = intended(scene)
    ground = ground_for(scene, plain_kernel(), owners_of(intents))
    carry_out(ground, intents, keep_starts=True)
    return ground.finished(workspace)


def intended(scene: Scene) -> dict[int, Intent]:
    """The naive plan of all steps before publishing, by the number of the task."""
    rows = [job.row for job in scene.jobs]
    planner = _Planner(scene)
    for job in sorted(range(len(rows)), key=lambda j: (rows[j].delivery, rows[j].id)):
        planner.add(scene.jobs[job], scene.first_task[job])
    return planner.intents


class _Planner:
    """Plans one publication after the other, minding nobody's hours."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._hours = [0.0] * len(scene.crew.names)
        self.intents: dict[int, Intent] = {}

    def add(self, job: Job, first: int) -> None:
        line = self._scene.line
        ready = line.index(line.team.latest_ready_by(job.row.delivery, job.margin))
        until = dict.fromkeys(job.before, 4 * ready + 3)
        owners: dict[int, int] = {}
        for index in reversed(job.before):
            task = job.tasks[index]
            option = self._least_loaded(task, {owners.get(rival) for rival in task.not_by})
            start = self._last_start(option, until[index])
            owners[index] = option.owner
            self.intents[first + index] = Intent(owner=option.owner, start=start)
            for pred in task.waits_for:
                if pred in until:
                    until[pred] = min(until[pred], start - 1)

    def _least_loaded(self, task: Task, barred: set[int | None]) -> Option:
        able = [option for option in task.options if option.owner not in barred]
        if not able:
            return task.unowned
        option = min(able, key=lambda o: (self._hours[o.owner] / self._speed(o), o.owner))
        if option.rate:
            self._hours[option.owner] += option.hours
        return option

    def _speed(self, option: Option) -> float:
        people = self._scene.crew.people
        return people[option.owner].hours_per_day if people else 1.0

    def _last_start(self, option: Option, until: int) -> int:
        """The last start that ends by a quarter; so many quarters before today where there is no time left."""
        lane = self._scene.line.lanes[option.calendar]
        slot = (
            slot_from(lane, until + 1) - option.quarters if until >= 0 else until - option.quarters
        )
        return lane.slots[slot] if slot >= 0 else slot
