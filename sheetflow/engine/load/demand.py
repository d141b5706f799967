"""Demand: on which days the hours must be worked for every date to be met, whether or not anybody has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from sheetflow.domain.plan import DayLoad, PlannedStep, PublicationPlan, SkillDemand
from sheetflow.domain.workflow import QUARTERS_PER_DAY, Kind
from sheetflow.engine.schedule.score import DECIMALS
from sheetflow.engine.work.jobs import TEAM, Job
from sheetflow.engine.work.scene import Scene
from sheetflow.engine.work.timeline import Lane, Timeline, slot_from

Demand: TypeAlias = Mapping[str, list[float]]
"""Hours by skill and day of the line."""
Span: TypeAlias = tuple[int, int]
"""The first and the last slot of a task on the team's lane; negative before today."""


def demand_of(scene: Scene, rows: Iterable[PublicationPlan]) -> Demand:
    """The hours that each skill is asked for: before publishing as late as the margin allows, follow-ups at once.

    What should have begun before today, or before Not before, is asked for at the first moment that is left. Work
    without an owner, and work pinned to somebody without the skill, is nobody else's to do: it is left out.
    """
    line = scene.line
    if not scene.crew.is_limited or not line.lanes[TEAM].slots:
        return {}
    steps = {(row.id, step.step): step for row in rows for step in row.steps}
    found = {skill: [0.0] * line.days for skill in sorted(scene.crew.by_skill)}
    able = _able(scene)
    for job in scene.jobs:
        for task, span in spans(job, line).items():
            step = steps.get((job.row.id, job.tasks[task].step.name))
            if step and step.kind is not Kind.WAIT and (step.owner, step.skill) in able:
                _add(found[step.skill], line.lanes[TEAM], span, step)
    return found


def shown_demand(scene: Scene, demand: Demand) -> tuple[SkillDemand, ...]:
    """The demand with its dates, as a plan shows it."""
    return tuple(
        SkillDemand(
            skill=skill,
            days=tuple(
                DayLoad(date=scene.line.day(day * QUARTERS_PER_DAY), hours=round(hours, DECIMALS))
                for day, hours in enumerate(days)
                if hours
            ),
        )
        for skill, days in demand.items()
    )


def spans(job: Job, line: Timeline) -> dict[int, Span]:
    """Where each task of a job lies at the latest, unstretched, on the team's calendar; follow-ups at the earliest."""
    lane = line.lanes[TEAM]
    floor = slot_from(lane, line.index(job.floor) * QUARTERS_PER_DAY)
    found = dict(_backward(job, line))
    if job.publish is not None:
        end = _last_slot(lane, line.index(job.row.delivery))
        found[job.publish] = (end - job.tasks[job.publish].unowned.quarters + 1, end)
    for task, (start, end) in found.items():
        late = max(0, (0 if job.tasks[task].current else floor) - start)
        found[task] = (start + late, max(end, start + late))
    for task in job.behind:
        ends = [found[i][1] for i in job.tasks[task].waits_for if i in found]
        start = max([0, *(end + 1 for end in ends)])
        found[task] = (start, start + job.tasks[task].unowned.quarters - 1)
    return found


def _backward(job: Job, line: Timeline) -> Iterator[tuple[int, Span]]:
    ready = line.team.latest_ready_by(job.row.delivery, job.margin)
    end_of_all = _last_slot(line.lanes[TEAM], line.index(ready))
    limit: dict[int, int] = {}
    for task in reversed(job.before):
        what = job.tasks[task]
        end = limit.get(task, end_of_all)
        start = end - what.unowned.quarters + 1
        yield task, (start, end)
        for pred in what.waits_for:
            limit[pred] = min(limit.get(pred, end_of_all), start - 1)


def _last_slot(lane: Lane, day: int) -> int:
    """The last slot up to the end of a day; -1 before today."""
    return lane.first[min(day + 1, len(lane.first) - 1)] - 1 if day >= 0 else -1


def _able(scene: Scene) -> frozenset[tuple[str | None, str]]:
    names = scene.crew.names
    return frozenset((names[p], skill) for skill, who in scene.crew.by_skill.items() for p in who)


def _add(days: list[float], lane: Lane, span: Span, step: PlannedStep) -> None:
    """Spread the step's hours evenly over the slots of its span."""
    first, last = span
    part = step.hours / (last - first + 1)
    furthest = len(lane.slots) - 1
    for slot in range(first, last + 1):
        days[lane.slots[min(slot, furthest)] // QUARTERS_PER_DAY] += part
