"""Making a schedule better: a few publications are taken out and put back in another order, again and again.

Large neighbourhood search (Shaw 1998) with counted moves and a seeded generator of numbers: the same every time.
"""

from __future__ import annotations

from typing import NamedTuple

from sheetflow.engine.building import BACKWARD, FORWARD, insert, on_delivery, place_forward
from sheetflow.engine.field import NONE, UNATTENDED, Field, Ints, State
from sheetflow.engine.kernel import (
    eaten_days,
    late_days,
    lift,
    put,
    put_unattended,
    random_below,
    ready_quarter,
)

LATE, FINE = 1 << 20, 1 << 10
MOST_TAKEN = 6
TOURNAMENT = 4
DRAWS = 6
NEAR = 40
"""Jobs that are due about the same time: so many of those next to each other by delivery date."""
ABOUT = 40
"""Quarters: so far apart two steps still stand in each other's way."""
FORWARD_ONE_IN, INTERLEAVED_ONE_IN = 4, 4
SHADES = 1024


class Bench(NamedTuple):
    """What an exchange works with: who may be moved, and where things lay before."""

    gain: Ints
    """what the last move added to the cost"""
    jobs: Ints
    """all jobs that can be moved, by delivery date"""
    cost: Ints
    """by job: weighted late days and margin, as `cost_of` has it"""
    taken: Ints
    option: Ints
    """by task, where it lay before"""
    slot: Ints


def cost_of(field: Field, state: State, job: int) -> int:
    """Weighted late days first, weighted days of margin eaten second, as one number."""
    late, eaten = late_days(field, state, job), eaten_days(field, state, job)
    over = min(FINE - 1, max(0, ready_quarter(field, state, job) - field.ready_limit[job]))
    return field.weight[job] * (late * LATE + eaten * FINE + over)


def total_cost(field: Field, state: State) -> int:
    """The cost of all jobs."""
    total = 0
    for job in range(len(field.publish)):
        total += cost_of(field, state, job)
    return total


def exchange(field: Field, state: State, bench: Bench, moves: int, heat: int) -> int:
    """Try so many moves; the cost that is left, NONE if the line is too short.

    A move that makes things worse is kept now and then, by less than `heat` at most (simulated annealing); with
    `heat` below 0 only what makes things better is kept.
    """
    total = 0
    for job in bench.jobs:
        bench.cost[job] = cost_of(field, state, job)
        total += bench.cost[job]
    for _ in range(moves):
        if total == 0 or len(bench.jobs) <= 1:
            return total
        if not _try(field, state, bench, _choose(field, state, bench), heat):
            return NONE
        total += bench.gain[0]
    return total


def _try(field: Field, state: State, bench: Bench, count: int, heat: int) -> bool:
    """Take jobs out and put them back, or undo that; `gain` says what that cost. False if the line is too short."""
    before = 0
    for i in range(count):
        before += bench.cost[bench.taken[i]]
        _take_out(field, state, bench, bench.taken[i])
    after = _put_back(field, state, bench, count)
    bench.gain[0] = 0
    if after == NONE:
        return False
    worse = (heat * random_below(state, SHADES)) // SHADES if heat >= 0 else NONE
    if after - before > worse:
        for i in range(count):
            _clear(field, state, bench.taken[i])
        for i in range(count):
            _restore(field, state, bench, bench.taken[i])
        return True
    for i in range(count):
        bench.cost[bench.taken[i]] = cost_of(field, state, bench.taken[i])
    bench.gain[0] = after - before
    return True


def _choose(field: Field, state: State, bench: Bench) -> int:
    """Fill `taken` with a costly job and some that are due about the same time, in a random order; how many.

    Half of the times only such jobs are taken whose work lies beside a step of the costly one, with the same owner.
    """
    count = len(bench.jobs)
    worst = random_below(state, count)
    for _ in range(TOURNAMENT):
        other = random_below(state, count)
        if bench.cost[bench.jobs[other]] > bench.cost[bench.jobs[worst]]:
            worst = other
    wanted = 2 + random_below(state, MOST_TAKEN - 1)
    near = min(count, NEAR + 2 * wanted)
    low = max(0, min(worst - near // 2, count - near))
    bench.taken[0] = bench.jobs[worst]
    beside = _a_task_of(field, state, bench.jobs[worst])
    found = 1
    for _ in range(DRAWS * wanted):
        other = bench.jobs[low + random_below(state, near)]
        if (
            found < wanted
            and _is_new(bench, found, other)
            and _is_beside(field, state, other, beside)
        ):
            bench.taken[found] = other
            found += 1
    for i in range(found - 1, 0, -1):
        j = random_below(state, i + 1)
        bench.taken[i], bench.taken[j] = bench.taken[j], bench.taken[i]
    return found


def _is_new(bench: Bench, found: int, job: int) -> bool:
    for i in range(found):  # noqa: SIM110 - machine code knows no generators
        if bench.taken[i] == job:
            return False
    return True


def _a_task_of(field: Field, state: State, job: int) -> int:
    """One of the job's tasks that take somebody's hours, half of the times; else NONE."""
    begin, end = field.before_begin[job], field.before_begin[job + 1]
    if begin == end or random_below(state, 2) == 0:
        return NONE
    task = field.before[begin + random_below(state, end - begin)]
    option = state.option[task]
    return task if option >= 0 and field.rate[option] > 0.0 else NONE


def _is_beside(field: Field, state: State, job: int, task: int) -> bool:
    """Whether a job has work of the owner of a task, about when that is done; of no task, any job has."""
    if task == NONE:
        return True
    owner = field.owner[state.option[task]]
    first, last = state.start[task] - ABOUT, state.end[task] + ABOUT
    for at in range(field.before_begin[job], field.before_begin[job + 1]):
        other = field.before[at]
        option = state.option[other]
        is_theirs = option >= 0 and field.owner[option] == owner and field.rate[option] > 0.0
        if is_theirs and state.end[other] >= first and state.start[other] <= last:
            return True
    return False


def _take_out(field: Field, state: State, bench: Bench, job: int) -> None:
    for at in range(field.before_begin[job], field.before_begin[job + 1]):
        task = field.before[at]
        bench.option[task], bench.slot[task] = state.option[task], state.slot[task]
        if not field.is_current[task]:
            lift(field, state, task)
    task = field.publish[job]
    bench.option[task], bench.slot[task] = state.option[task], state.slot[task]
    lift(field, state, task)


def _put_back(field: Field, state: State, bench: Bench, count: int) -> int:
    """Insert the jobs that were taken out, in their order; what they cost now, NONE if the line is too short."""
    for i in range(count):
        on_delivery(field, state, bench.taken[i])
    if random_below(state, INTERLEAVED_ONE_IN) == 0 and not _interleave(field, state, bench, count):
        return NONE
    cost = 0
    for i in range(count):
        job = bench.taken[i]
        direction = FORWARD if random_below(state, FORWARD_ONE_IN) == 0 else BACKWARD
        if not insert(field, state, job, direction):
            return NONE
        cost += cost_of(field, state, job)
    return cost


def _interleave(field: Field, state: State, bench: Bench, count: int) -> bool:
    """Put the first steps of the jobs that were taken out down in turn, as chance has it; False as elsewhere."""
    steps = 0
    for i in range(count):
        job = bench.taken[i]
        steps += field.before_begin[job + 1] - field.before_begin[job]
    for _ in range(random_below(state, steps + 1)):
        job = bench.taken[random_below(state, count)]
        for at in range(field.before_begin[job], field.before_begin[job + 1]):
            task = field.before[at]
            if state.option[task] == NONE:
                if not place_forward(field, state, task):
                    return False
                break
    return True


def _clear(field: Field, state: State, job: int) -> None:
    for at in range(field.before_begin[job], field.before_begin[job + 1]):
        task = field.before[at]
        if not field.is_current[task]:
            lift(field, state, task)
    lift(field, state, field.publish[job])


def _restore(field: Field, state: State, bench: Bench, job: int) -> None:
    for at in range(field.before_begin[job], field.before_begin[job + 1]):
        task = field.before[at]
        if not field.is_current[task]:
            put(field, state, task, bench.option[task], bench.slot[task])
    task = field.publish[job]
    if bench.option[task] == UNATTENDED:
        put_unattended(state, task, field.delivery[job])
    elif bench.option[task] != NONE:
        put(field, state, task, bench.option[task], bench.slot[task])
