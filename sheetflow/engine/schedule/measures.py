"""The measures of a finished board: everybody's days, and the objective of section 4 of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TypeAlias

from sheetflow.domain.plan import DayLoad, Objective, PersonDay, PersonPlan
from sheetflow.domain.workflow import QUARTERS_PER_DAY, Kind
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.kernel.laying import DAYS_PER_WEEK
from sheetflow.engine.schedule.board import Board
from sheetflow.engine.schedule.score import (
    DECIMALS,
    day_hours,
    idle_days,
    imbalance,
    lateness,
    loads,
)
from sheetflow.engine.work.jobs import NOBODY

Loads: TypeAlias = Mapping[tuple[int, int], tuple[DayLoad, ...]]


def people_days(board: Board) -> tuple[PersonPlan, ...]:
    """Everybody's days from today to the end of the last week in which anybody has work."""
    scene = board.scene
    if not scene.crew.is_limited:
        return ()
    hours = loads(board)
    last = max((day for days in hours for day, load in enumerate(days) if load), default=0)
    sunday = last + DAYS_PER_WEEK - 1 - (scene.line.today + timedelta(days=last)).weekday()
    span = range(min(sunday + 1, scene.line.days))
    return tuple(
        PersonPlan(
            name=person.name,
            skills=person.skills,
            days=tuple(
                PersonDay(
                    date=scene.line.today + timedelta(days=day),
                    capacity_hours=round(scene.capacity[index][day], DECIMALS),
                    planned_hours=round(hours[index][day], DECIMALS),
                )
                for day in span
                if scene.capacity[index][day] or hours[index][day]
            ),
        )
        for index, person in enumerate(scene.crew.people)
    )


def objective_of(board: Board, workspace: Workspace) -> Objective:
    """The objective as the JSON shows it; owner changes against the Steps tab as it was read."""
    late, margin = lateness(board)
    scene = board.scene
    changed = 0
    for job, here in enumerate(scene.jobs):
        for task, what in enumerate(here.tasks):
            last = workspace.last_plan.get((here.row.id, what.step.name))
            place = board.place_of(job, task)
            if last is None or place is None:
                continue
            owner = place.option.owner
            name = scene.crew.names[owner] if owner != NOBODY else None
            changed += bool(last.owner) and name != last.owner
    return Objective(
        weighted_late_days=late,
        weighted_margin_days=margin,
        owner_changes=changed,
        imbalance=imbalance(board),
        idle_days=round(idle_days(board), DECIMALS),
    )


def shown_loads(board: Board) -> Loads:
    """The hours of each task by day, by (job, task), rounded so that no day's sum is rounded twice.

    What rounding takes from one task the next one of the same person and day gets: the shown hours of a day add up to
    its load, and never to more than its capacity.
    """
    line = board.scene.line
    exact: dict[tuple[int, int], float] = {}
    shown: dict[tuple[int, int], tuple[DayLoad, ...]] = {}
    for job, here in enumerate(board.scene.jobs):
        for index, task in enumerate(here.tasks):
            place = board.place_of(job, index)
            if place is None or task.step.kind is Kind.WAIT:
                continue
            parts = []
            for day, hours in day_hours(board, place):
                key = (place.option.owner, day)
                before = exact.get(key, 0.0)
                exact[key] = before + hours
                part = round(exact[key], DECIMALS) - round(before, DECIMALS)
                date = line.day(QUARTERS_PER_DAY * day)
                parts.append(DayLoad(date=date, hours=round(part, DECIMALS)))
            shown[job, index] = tuple(parts)
    return shown
