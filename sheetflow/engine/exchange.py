"""Making a schedule better: a few publications are taken out and put back in another order, again and again.

Large neighbourhood search (Shaw 1998) with counted moves and a seeded generator of numbers: the same every time.
"""

from __future__ import annotations

from typing import NamedTuple

from sheetflow.engine.building import BACKWARD, FORWARD, insert, on_delivery
from sheetflow.engine.field import NONE, UNATTENDED, Field, Ints, State
from sheetflow.engine.kernel import eaten_days, late_days, lift, put, put_unattended

LATE = 1 << 20
MOST_TAKEN = 8
TOURNAMENT = 4
NEAR = 12
MASK = 0xFFFFFFFF


class Bench(NamedTuple):
    """What an exchange works with: who may be moved, and where things lay before."""

    seed: Ints
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
    return field.weight[job] * (late * LATE + eaten)


def total_cost(field: Field, state: State) -> int:
    """The cost of all jobs."""
    total = 0
    for job in range(len(field.publish)):
        total += cost_of(field, state, job)
    return total


def exchange(field: Field, state: State, bench: Bench, moves: int) -> int:
    """Try so many moves, keep each that makes nothing worse; the cost that is left, NONE if the line is too short."""
    total = 0
    for job in bench.jobs:
        bench.cost[job] = cost_of(field, state, job)
        total += bench.cost[job]
    for _ in range(moves):
        if total == 0 or len(bench.jobs) <= 1:
            return total
        gain = _try(field, state, bench, _choose(bench))
        if gain == NONE:
            return NONE
        total -= gain
    return total


def _try(field: Field, state: State, bench: Bench, count: int) -> int:
    """Take jobs out and put them back; what that saves, 0 where undone, NONE if the line is too short."""
    before = 0
    for i in range(count):
        before += bench.cost[bench.taken[i]]
        _take_out(field, state, bench, bench.taken[i])
    after = _put_back(field, state, bench, count)
    if after == NONE:
        return NONE
    if after > before:
        for i in range(count):
            _clear(field, state, bench.taken[i])
        for i in range(count):
            _restore(field, state, bench, bench.taken[i])
        return 0
    for i in range(count):
        bench.cost[bench.taken[i]] = cost_of(field, state, bench.taken[i])
    return before - after


def _random(bench: Bench, bound: int) -> int:
    """The next number below a bound (xorshift, Marsaglia 2003)."""
    number = bench.seed[0]
    number ^= (number << 13) & MASK
    number ^= number >> 17
    number ^= (number << 5) & MASK
    bench.seed[0] = number
    return number % bound


def _choose(bench: Bench) -> int:
    """Fill `taken` with a costly job and some that are due about the same time, in a random order; how many."""
    count = len(bench.jobs)
    worst = _random(bench, count)
    for _ in range(TOURNAMENT):
        other = _random(bench, count)
        if bench.cost[bench.jobs[other]] > bench.cost[bench.jobs[worst]]:
            worst = other
    bench.taken[0] = bench.jobs[worst]
    wanted = 2 + _random(bench, MOST_TAKEN - 1)
    near = min(count, NEAR + 2 * wanted)
    low = max(0, min(worst - near // 2, count - near))
    found = 1
    for _ in range(3 * wanted):
        job = bench.jobs[low + _random(bench, near)]
        is_new = True
        for i in range(found):
            is_new = is_new and bench.taken[i] != job
        if is_new and found < wanted:
            bench.taken[found] = job
            found += 1
    for i in range(found - 1, 0, -1):
        j = _random(bench, i + 1)
        bench.taken[i], bench.taken[j] = bench.taken[j], bench.taken[i]
    return found


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
    cost = 0
    for i in range(count):
        job = bench.taken[i]
        direction = FORWARD if _random(bench, 4) == 0 else BACKWARD
        if not insert(field, state, job, direction):
            return NONE
        cost += cost_of(field, state, job)
    return cost


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
