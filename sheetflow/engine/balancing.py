"""Evening out the load: steps change hands within their dates, from people with much to people with less to do."""

from __future__ import annotations

from sheetflow.engine.building import is_on_delivery
from sheetflow.engine.choosing import SPARING, allowed
from sheetflow.engine.field import NONE, Field, Ints, State
from sheetflow.engine.kernel import earliest, latest, lift, put, slot_from

LEAST_GAIN = 1e-6


def balance(field: Field, state: State, tasks: Ints, rounds: int) -> None:
    """Give each of the tasks to whoever evens out the weeks most, until nothing changes or the rounds are over.

    No task starts earlier or ends later for it. Tasks that keep an owner by wish, and current ones, stay.
    """
    for _ in range(rounds):
        moved = False
        for task in tasks:
            moved = _shift(field, state, task) or moved
        if not moved:
            return


def _shift(field: Field, state: State, task: int) -> bool:
    """Move one task to the owner with whom the weeks are evenest; whether it moved."""
    option = state.option[task]
    if option < 0 or field.wish[task] >= 0 or field.is_current[task] == 1:
        return False
    if field.rate[option] == 0.0 or not _may_move(field, state, task):
        return False
    slot, start, end = state.slot[task], state.start[task], state.end[task]
    lift(field, state, task)
    count = allowed(field, state, task, SPARING)
    best, best_slot = option, slot
    best_gain = -_added(field, state, option, start, end) + LEAST_GAIN
    for i in range(count):
        other = state.pick[i]
        if other == option or field.owner[other] < 0:
            continue
        found = _within(field, state, other, start, end, task)
        if found < 0:
            continue
        gain = -_added(field, state, other, start, end)
        if gain > best_gain:
            best, best_slot, best_gain = other, found, gain
    put(field, state, task, best, best_slot)
    return best != option


def _may_move(field: Field, state: State, task: int) -> bool:
    """A publish step changes hands only on its delivery date: behind it, its place is its owner's first."""
    job = field.job_of[task]
    return task != field.publish[job] or is_on_delivery(field, state, job)


def _within(field: Field, state: State, option: int, start: int, end: int, task: int) -> int:
    """The last slot from which an option fits between two quarters; NONE if there is none."""
    lane = field.lane[option]
    slot = slot_from(field, lane, end + 1) - field.quarters[option]
    if task == field.publish[field.job_of[task]]:
        row = lane * (field.days + 1) + (end >> 2)
        slot = field.first[row + 1] - field.quarters[option]
        if slot < slot_from(field, lane, start):
            return NONE
        return earliest(field, state, option, slot, slot)
    return latest(field, state, option, slot, slot_from(field, lane, start))


def _added(field: Field, state: State, option: int, start: int, end: int) -> float:
    """What a task adds to the sum of load squared over capacity, its hours spread over the weeks of its dates."""
    owner = field.owner[option]
    first = ((start >> 2) + field.weekday) // 7
    last = ((end >> 2) + field.weekday) // 7
    hours = field.rate[option] * field.quarters[option] / (last - first + 1)
    added = 0.0
    for week in range(first, last + 1):
        at = owner * field.weeks + week
        if field.week_hours[at] > 0.0:
            load = state.load[at]
            added += ((load + hours) * (load + hours) - load * load) / field.week_hours[at]
    return added
