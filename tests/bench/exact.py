"""The exact model of a small workspace on the grid of quarters: the least weighted late days, proved by OR-Tools.

A step at a place is a boolean: who, from which slot on. Steps that are being worked on already are not modelled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

from bench.windows import Window, windows_of
from sheetflow.engine.work.jobs import Job, Option
from sheetflow.engine.work.scene import Scene
from sheetflow.engine.work.timeline import Lane

SCALE = 1_000_000
TOLERANCE = 10


class Choice(NamedTuple):
    """One place of a task: its first and last quarter, the option, the first slot and the boolean that takes it."""

    start: int
    end: int
    option: Option
    slot: int
    taken: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The least weighted late days found, no fewer than `bound`; `value` None where none was found."""

    value: int | None
    bound: int
    seconds: float

    @property
    def is_proved(self) -> bool:
        """Whether nothing better exists."""
        return self.value == self.bound


def is_installed() -> bool:
    """Whether OR-Tools is there."""
    return find_spec("ortools") is not None


def least_late(scene: Scene, known: int, seconds: float) -> Answer:
    """The least weighted late days of a scene, given that some plan has so many."""
    sat = import_module("ortools.sat.python.cp_model")
    model = sat.CpModel()
    cost = _modelled(model, scene, known)
    model.minimize(cost)
    solver = sat.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    found = status in {sat.OPTIMAL, sat.FEASIBLE}
    return Answer(
        value=round(solver.objective_value) if found else None,
        bound=round(solver.best_objective_bound),
        seconds=solver.wall_time,
    )


def _modelled(model: Any, scene: Scene, known: int) -> Any:
    hours: dict[tuple[int, int], list[Any]] = defaultdict(list)
    cost: Any = 0
    for job in scene.jobs:
        windows = windows_of(scene, job, known)
        choices = {task: list(_choices(model, scene, job, task, windows)) for task in windows}
        _keep_order(model, job, choices)
        _keep_apart(model, job, choices)
        for places in choices.values():
            for choice in places:
                _take_hours(scene, choice, hours)
        if job.publish is not None:
            cost += sum(_late(scene, job, c) * c.taken for c in choices[job.publish])
    for (owner, day), parts in hours.items():
        model.add(sum(parts) <= round(scene.capacity[owner][day] * SCALE) + TOLERANCE)
    return cost


def _choices(
    model: Any, scene: Scene, job: Job, task: int, windows: Mapping[int, Window]
) -> Iterator[Choice]:
    window = windows[task]
    made = []
    for option in job.tasks[task].options or (job.tasks[task].unowned,):
        lane = scene.line.lanes[option.calendar]
        for slot in range(len(lane.slots) - option.quarters + 1):
            start, end = lane.slots[slot], lane.slots[slot + option.quarters - 1]
            if start < window.first or end > window.last:
                continue
            if task == job.publish and not _may_publish(scene, job, lane, slot, option):
                continue
            made.append(Choice(start, end, option, slot, model.new_bool_var("")))
    model.add_exactly_one(choice.taken for choice in made)
    yield from made


def _may_publish(scene: Scene, job: Job, lane: Lane, slot: int, option: Option) -> bool:
    """In the last quarters of the delivery date that its owner works, or ending behind it."""
    day = scene.line.index(job.row.delivery)
    end = lane.slots[slot + option.quarters - 1]
    on_day = lane.slots[slot] >> 2 == day and slot + option.quarters == lane.first[day + 1]
    return on_day or end >> 2 > day


def _keep_order(model: Any, job: Job, choices: Mapping[int, list[Choice]]) -> None:
    """Each step starts behind those that it waits for; said of whole days as well, it is proved sooner."""
    for task, places in choices.items():
        for pred in job.tasks[task].waits_for:
            end = sum(choice.end * choice.taken for choice in choices[pred])
            model.add(sum(choice.start * choice.taken for choice in places) >= end + 1)
            for day in {choice.end >> 2 for choice in choices[pred]}:
                too_late = [c.taken for c in choices[pred] if c.end >> 2 >= day]
                too_soon = [c.taken for c in places if c.start >> 2 < day]
                model.add_at_most_one(too_late + too_soon)


def _keep_apart(model: Any, job: Job, choices: Mapping[int, list[Choice]]) -> None:
    for task, places in choices.items():
        for rival in job.tasks[task].not_by:
            if rival not in choices or rival < task:
                continue
            for owner in {choice.option.owner for choice in places}:
                both = [c.taken for c in (*places, *choices[rival]) if c.option.owner == owner]
                model.add_at_most_one(both)


def _take_hours(scene: Scene, choice: Choice, hours: dict[tuple[int, int], list[Any]]) -> None:
    option = choice.option
    if not option.rate:
        return
    slots = scene.line.lanes[option.calendar].slots[choice.slot : choice.slot + option.quarters]
    for day in {quarter >> 2 for quarter in slots}:
        part = sum(quarter >> 2 == day for quarter in slots) * option.rate
        hours[option.owner, day].append(round(part * SCALE) * choice.taken)


def _late(scene: Scene, job: Job, choice: Choice) -> int:
    day = scene.line.day(choice.end)
    return job.row.priority.weight * max(0, scene.line.team.between(job.row.delivery, day))
