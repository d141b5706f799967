"""Evening out the load: steps change hands within their dates, from people with much to people with less to do."""

from __future__ import annotations

from sheetflow.engine.kernel.building import is_on_delivery
from sheetflow.engine.kernel.choosing import SPARING, allowed
from sheetflow.engine.kernel.field import NONE, Field, Ints, State
from sheetflow.engine.kernel.placing import earliest, latest, lift, put, slot_from

LEAST_GAIN = 1e-6
SQUARES = 0.1


def balance(field: Field, state: State, tasks: Ints, rounds: int) -> None:
    """Give each of the tasks to whoever evens out the weeks most, until nothing changes or the rounds are over.

    No task starts earlier or ends later for it. Tasks that keep an owner by wish, and current ones, stay.
    """
    for _ in range(rounds):
        moved = False
        for at in range(len(tasks)):
            moved = _shift(field, state, tasks[at]) or moved
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
    best, best_slot, best_gain = option, slot, LEAST_GAIN
    for i in range(count):
        other = state.pick[i]
        if other == option or field.owner[other] < 0:
            continue
        found = _within(field, state, other, start, end, task)
        if found >= 0:
            gain = _gain(field, state, task, (option, slot), (other, found), (start, end))
            if gain > best_gain:
                best, best_slot, best_gain = other, found, gain
    put(field, state, task, best, best_slot)
    return best != option


def _gain(
    field: Field,
    state: State,
    task: int,
    old: tuple[int, int],
    new: tuple[int, int],
    dates: tuple[int, int],
) -> float:
    """By how much less uneven the weeks of its dates are if a task, which is not placed, changes hands."""
    first = ((dates[0] >> 2) + field.weekday) // 7
    last = ((dates[1] >> 2) + field.weekday) // 7
    one, other = field.owner[old[0]], field.owner[new[0]]
    put(field, state, task, old[0], old[1])
    before = _unevenness(field, state, one, other, first, last)
    lift(field, state, task)
    put(field, state, task, new[0], new[1])
    after = _unevenness(field, state, one, other, first, last)
    lift(field, state, task)
    return before - after


def _unevenness(field: Field, state: State, one: int, other: int, first: int, last: int) -> float:
    """How uneven some weeks are for two owners: the spans of their shared skills.

    A little of the squares of their shares is added, so that a move may count that makes no span smaller yet.
    """
    total = 0.0
    for week in range(first, last + 1):
        for at in range(field.skill_begin[one], field.skill_begin[one + 1]):
            total += _span(field, state, field.skills[at], week)
        for at in range(field.skill_begin[other], field.skill_begin[other + 1]):
            if not _has(field, one, field.skills[at]):
                total += _span(field, state, field.skills[at], week)
        total += SQUARES * (_square(field, state, one, week) + _square(field, state, other, week))
    return total


def _has(field: Field, owner: int, skill: int) -> bool:
    for at in range(field.skill_begin[owner], field.skill_begin[owner + 1]):  # noqa: SIM110 - no generators
        if field.skills[at] == skill:
            return True
    return False


def _span(field: Field, state: State, skill: int, week: int) -> float:
    """The most loaded owner's share less the least loaded one's, of those who work that week."""
    most, least, count = 0.0, 0.0, 0
    for at in range(field.member_begin[skill], field.member_begin[skill + 1]):
        place = field.members[at] * field.weeks + week
        if field.week_hours[place] > 0.0:
            share = state.load[place] / field.week_hours[place]
            most = share if count == 0 else max(most, share)
            least = share if count == 0 else min(least, share)
            count += 1
    return most - least


def _square(field: Field, state: State, owner: int, week: int) -> float:
    place = owner * field.weeks + week
    if field.week_hours[place] <= 0.0:
        return 0.0
    share = state.load[place] / field.week_hours[place]
    return share * share


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
