"""How good a schedule is: the objective of section 4 of the contract, in its order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sheetflow.domain.workflow import QUARTERS_PER_DAY
from sheetflow.engine.kernel import placing
from sheetflow.engine.kernel.field import NONE
from sheetflow.engine.kernel.laying import DAYS_PER_WEEK, Wishes
from sheetflow.engine.schedule.board import Board, Place
from sheetflow.engine.work.jobs import NOBODY, TEAM, Job
from sheetflow.engine.work.timeline import slot_from

DECIMALS = 4


class Score(NamedTuple):
    """All measures, the most important first; compare as they stand, less is better."""

    late: int
    soon_changes: int
    margin: int
    changes: int
    imbalance: float
    idle: float
    earliness: int


def late_days(board: Board, job: int) -> int | None:
    """Working days after the delivery date, up to and with the forecast; None once published."""
    if board.scene.jobs[job].publish is None:
        return None
    return int(placing.late_days(board.field, board.state, job))


def slack_days(board: Board, job: int) -> int | None:
    """Working days after Ready by, up to and with the delivery date; None with nothing left before publishing."""
    ready = ready_quarter(board, job)
    if ready < 0:
        return None
    here = board.scene.jobs[job]
    return board.scene.line.team.between(board.scene.line.day(ready), here.row.delivery)


def ready_quarter(board: Board, job: int) -> int:
    """The last quarter of all that is left before publishing; -1 with nothing left."""
    return int(placing.ready_quarter(board.field, board.state, job))


def lateness(board: Board) -> tuple[int, int]:
    """Weight x working days late, and weight x working days of margin eaten, over all publications."""
    late = margin = 0
    for job, here in enumerate(board.scene.jobs):
        weight = here.row.priority.weight
        late += weight * (late_days(board, job) or 0)
        margin += weight * int(placing.eaten_days(board.field, board.state, job))
    return late, margin


def score(board: Board, last_owners: Wishes, soon: frozenset[int]) -> Score:
    """All measures; `soon` are the tasks that keep their owner unless that costs a late day."""
    late, margin = lateness(board)
    option, owner = board.state.option, board.field.owner
    changed = {
        task
        for task, last in last_owners.items()
        if option[task] != NONE and (option[task] < 0 or owner[option[task]] != last)
    }
    return Score(
        late=late,
        soon_changes=len(changed & soon),
        margin=margin,
        changes=len(changed),
        imbalance=imbalance(board),
        idle=idle_days(board),
        earliness=-int(sum(board.state.start)),
    )


def idle_days(board: Board) -> float:
    """Over the steps before publishing: the team's time between what a step waits for and its start, in days."""
    return (
        sum(
            idle_quarters(board, here, board.places[job])
            for job, here in enumerate(board.scene.jobs)
        )
        / QUARTERS_PER_DAY
    )


def idle_quarters(board: Board, here: Job, places: list[Place | None]) -> int:
    """The team's quarters in which a publication that has begun stands still."""
    lane = board.scene.line.lanes[TEAM]
    idle = 0
    for task in here.before:
        place = places[task]
        ends = [p.end for p in (places[i] for i in here.tasks[task].waits_for) if p]
        if place and ends:
            idle += max(0, slot_from(lane, place.start) - slot_from(lane, max(ends) + 1))
    return idle


def imbalance(board: Board) -> float:
    """The mean over weeks and shared skills of the span between the most and the least loaded person's share.

    Weeks are ISO weeks from today's to the last with load; a skill counts where two or more people work that week.
    """
    scene = board.scene
    if not scene.crew.is_limited:
        return 0.0
    offset = scene.line.today.weekday()
    load = _week_sums(loads(board), offset)
    weeks = max((w for week in load for w, hours in enumerate(week) if hours > 0), default=-1) + 1
    capacity = _week_sums(scene.capacity, offset)
    spans = []
    for people in scene.crew.by_skill.values():
        for week in range(weeks):
            shares = [load[p][week] / capacity[p][week] for p in people if capacity[p][week] > 0]
            if len(shares) > 1:
                spans.append(max(shares) - min(shares))
    return round(sum(spans) / len(spans), DECIMALS) if spans else 0.0


def loads(board: Board) -> list[list[float]]:
    """Planned hours by owner and day."""
    scene = board.scene
    hours = [[0.0] * scene.line.days for _ in scene.crew.names]
    for places in board.places:
        for place in places:
            if place and place.option.rate and place.option.owner != NOBODY:
                for day, part in day_hours(board, place):
                    hours[place.option.owner][day] += part
    return hours


def day_hours(board: Board, place: Place) -> list[tuple[int, float]]:
    """The hours of a placed task by day, spread evenly over its quarters."""
    option = place.option
    if place.is_unattended:
        return []
    lane = board.scene.line.lanes[option.calendar]
    parts, slot, end = [], place.slot, place.slot + option.quarters
    while slot < end:
        day = lane.slots[slot] // QUARTERS_PER_DAY
        upto = min(lane.first[day + 1], end)
        parts.append((day, option.hours * (upto - slot) / option.quarters))
        slot = upto
    return parts


def _week_sums(by_day: Sequence[Sequence[float]], offset: int) -> list[list[float]]:
    sums = []
    for days in by_day:
        week = [0.0] * ((len(days) + offset) // DAYS_PER_WEEK + 1)
        for day, hours in enumerate(days):
            week[(day + offset) // DAYS_PER_WEEK] += hours
        sums.append(week)
    return sums
