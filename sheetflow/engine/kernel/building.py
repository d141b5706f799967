"""Building schedules: publications in an order of priority, each backward from its date or forward from today.

Every function that places says whether it could; where it could not, the line of days is too short.
"""

from __future__ import annotations

from sheetflow.engine.kernel.choosing import ANYBODY, WISHED, first_finish, last_on_day, last_start
from sheetflow.engine.kernel.field import NONE, Field, Ints, State
from sheetflow.engine.kernel.placing import (
    delay,
    end_before,
    lift,
    put,
    put_unattended,
    ready_quarter,
)

FORWARD, BACKWARD, TIGHT = 0, 1, 2
"""From today on; from the delivery date back, with the margin or, tight, without; forward where that fails."""
WAYS = 3


def lay_foundation(field: Field, state: State, order: Ints) -> bool:
    """Put down what no priority moves: current steps at the first place beside each other, then publish steps.

    A publish step keeps its delivery date as long as nothing before it turns out to end too late.
    """
    for place in range(len(order)):
        job = order[place]
        for at in range(field.before_begin[job], field.before_begin[job + 1]):
            task = field.before[at]
            if field.is_current[task] and not first_finish(field, state, task, 0, NONE):
                return False
        for at in range(field.behind_begin[job], field.behind_begin[job + 1]):
            task = field.behind[at]
            if field.is_current[task] and not first_finish(field, state, task, 0, NONE):
                return False
    for place in range(len(order)):
        on_delivery(field, state, order[place])
    return True


def on_delivery(field: Field, state: State, job: int) -> bool:
    """Put the publish step on the delivery date; False if that has passed, or nobody has room there."""
    task = field.publish[job]
    if task < 0 or field.delivery[job] < field.earliest_day[task]:
        return False
    if field.is_day_off[job]:
        put_unattended(state, task, field.delivery[job])
        return True
    for freedom in range(WISHED, ANYBODY + 1):  # noqa: SIM110 - machine code knows no generators
        if last_on_day(field, state, task, field.delivery[job], freedom):
            return True
    return False


def is_on_delivery(field: Field, state: State, job: int) -> bool:
    """Whether the publish step lies on the delivery date."""
    task = field.publish[job]
    day = field.delivery[job]
    return state.start[task] >> 2 == day and state.end[task] >> 2 == day


def publish(field: Field, state: State, job: int) -> bool:
    """Put the publish step where it belongs, now that all before it is placed: on its day, else behind it."""
    task = field.publish[job]
    if task < 0:
        return True
    ready = ready_quarter(field, state, job)
    placed = state.option[task] != NONE
    if placed and state.start[task] > ready and is_on_delivery(field, state, job):
        return True
    lift(field, state, task)
    if on_delivery(field, state, job):
        if state.start[task] > ready:
            return True
        lift(field, state, task)
    floor = max(ready + 1, 4 * field.earliest_day[task])
    return first_finish(field, state, task, floor, max(NONE, 4 * field.delivery[job] + 3))


def build_forward(field: Field, state: State, job: int) -> bool:
    """Put each step before publishing where it finishes first."""
    for at in range(field.before_begin[job], field.before_begin[job + 1]):
        task = field.before[at]
        if state.option[task] == NONE and not place_forward(field, state, task):
            return False
    return True


def place_forward(field: Field, state: State, task: int) -> bool:
    """Put a task where it finishes first, behind all that it waits for."""
    ready = end_before(field, state, task) + 1
    floor = max(ready, 4 * field.earliest_day[task]) + delay(state)
    return first_finish(field, state, task, floor, NONE)


def build_backward(field: Field, state: State, job: int, limit: int) -> bool:
    """Put each step before publishing as late as a quarter lets it; False, with nothing changed, where that fails."""
    begin, end = field.before_begin[job], field.before_begin[job + 1]
    at = end - 1
    while at >= begin:
        task = field.before[at]
        until = end_before_waiting(field, state, job, at, limit)
        if state.option[task] == NONE:
            floor = max(end_before(field, state, task) + 1, 4 * field.earliest_day[task])
            if not last_start(field, state, task, floor, until - delay(state)):
                break
        elif state.end[task] > until:
            break
        at -= 1
    if at < begin:
        return True
    for undone in range(at, end):
        if not field.is_current[field.before[undone]]:
            lift(field, state, field.before[undone])
    return False


def latest_end(field: Field, state: State, job: int) -> int:
    """The last quarter in which work before publishing may end so that the margin is left."""
    task = field.publish[job]
    if task >= 0 and state.option[task] != NONE:
        return min(field.ready_limit[job], state.start[task] - 1)
    return field.ready_limit[job]


def end_before_waiting(field: Field, state: State, job: int, at: int, limit: int) -> int:
    """The last quarter before all that waits for a task; the tasks behind it are placed."""
    task = field.before[at]
    for later in range(at + 1, field.before_begin[job + 1]):
        other = field.before[later]
        for pred in range(field.waits_begin[other], field.waits_begin[other + 1]):
            if field.waits[pred] == task and state.option[other] != NONE:
                limit = min(limit, state.start[other] - 1)
    return limit


def insert(field: Field, state: State, job: int, direction: int) -> bool:
    """Place all of a job that is not placed, up to its publish step."""
    limit = latest_end(field, state, job)
    task = field.publish[job]
    if direction == TIGHT and task >= 0 and state.option[task] != NONE:
        limit = state.start[task] - 1
    placed = direction != FORWARD and build_backward(field, state, job, limit)
    if not placed and not build_forward(field, state, job):
        return False
    return publish(field, state, job)


def build(field: Field, state: State, order: Ints, direction: int) -> bool:
    """Place all jobs in an order of priority."""
    for at in range(len(order)):  # noqa: SIM110 - machine code knows no generators
        if not insert(field, state, order[at], direction):
            return False
    return True


def follow_up(field: Field, state: State, order: Ints) -> bool:
    """Place what comes after publishing, forward from it."""
    for place in range(len(order)):
        job = order[place]
        for at in range(field.behind_begin[job], field.behind_begin[job + 1]):
            task = field.behind[at]
            if state.option[task] == NONE and not place_forward(field, state, task):
                return False
    return True


def settle(field: Field, state: State) -> bool:
    """Let publish steps that lie behind their delivery date move up with their owner, as long as one can.

    Each move is to an earlier place, so this comes to an end.
    """
    moved = True
    while moved:
        moved = False
        for job in range(len(field.publish)):
            task = field.publish[job]
            if task < 0:
                continue
            if is_on_delivery(field, state, job):
                _hand_back(field, state, job)
                continue
            option, slot, end = state.option[task], state.slot[task], state.end[task]
            if not publish(field, state, job):
                return False
            changed_hands = state.option[task] != option and field.owner[option] >= 0
            if state.end[task] >= end and changed_hands:
                lift(field, state, task)
                put(field, state, task, option, slot)
            moved = moved or state.end[task] < end
    return True


def _hand_back(field: Field, state: State, job: int) -> None:
    """Give a current publish step on its delivery date to whom it belongs, where they have room by now."""
    task = field.publish[job]
    option, slot = state.option[task], state.slot[task]
    wish = field.wish[task]
    if field.is_current[task] == 0 or wish < 0 or option < 0 or field.owner[option] == wish:
        return
    lift(field, state, task)
    day = field.delivery[job]
    if last_on_day(field, state, task, day, WISHED) and field.owner[state.option[task]] == wish:
        return
    lift(field, state, task)
    put(field, state, task, option, slot)
