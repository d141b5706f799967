"""Making a schedule better: a few publications are taken out and put back in another order, again and again.

Large neighbourhood search (Shaw 1998) with counted moves and a seeded generator of numbers: the same every time.
"""

from __future__ import annotations

from sheetflow.engine.kernel.building import (
    BACKWARD,
    FORWARD,
    TIGHT,
    insert,
    on_delivery,
    place_forward,
)
from sheetflow.engine.kernel.field import NONE, Field, State
from sheetflow.engine.kernel.moving import push_job
from sheetflow.engine.kernel.neighbours import choose
from sheetflow.engine.kernel.placing import (
    eaten_days,
    late_days,
    random_below,
    ready_quarter,
)
from sheetflow.engine.kernel.taking import Bench, take_out, undo

LATE, FINE = 1 << 20, 1 << 10
FORBIDDEN = 1 << 40
"""What a job costs that ends worse than it may: more than anything that it could save."""
PUSHED = 30
"""Of 100 jobs put back without their margin: how many are pushed right, so that early hours are left to others."""
INTERLEAVED_ONE_IN = 4
SHADES = 1024


def cost_of(field: Field, state: State, job: int) -> int:
    """Weighted late days first, weighted days of margin eaten second, as one number."""
    late, eaten = late_days(field, state, job), eaten_days(field, state, job)
    over = min(FINE - 1, max(0, ready_quarter(field, state, job) - field.ready_limit[job]))
    cost = late * LATE + eaten * FINE + over
    return field.weight[job] * (cost if cost <= field.most[job] else FORBIDDEN)


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
    for place in range(len(bench.jobs)):
        job = bench.jobs[place]
        bench.cost[job] = cost_of(field, state, job)
        total += bench.cost[job]
    for _ in range(moves):
        if total == 0 or len(bench.jobs) <= 1:
            return total
        if not _try(field, state, bench, choose(field, state, bench), heat):
            return NONE
        total += bench.gain[0]
    return total


def _try(field: Field, state: State, bench: Bench, count: int, heat: int) -> bool:
    """Take jobs out and put them back, or undo that; `gain` says what that cost. False if the line is too short."""
    before = 0
    for i in range(count):
        before += bench.cost[bench.taken[i]]
        take_out(field, state, bench, bench.taken[i])
    most = before + most_worse(state, heat)
    after = _put_back(field, state, bench, count, most)
    bench.gain[0] = 0
    if after == NONE:
        return False
    if after > most:
        undo(field, state, bench, count)
        return True
    for i in range(count):
        bench.cost[bench.taken[i]] = cost_of(field, state, bench.taken[i])
    bench.gain[0] = after - before
    return True


def _put_back(field: Field, state: State, bench: Bench, count: int, most: int) -> int:
    """Insert the jobs that were taken out, in their order, as long as they cost no more than that.

    What it gives is what they cost now, NONE if the line is too short.
    """
    for i in range(count):
        on_delivery(field, state, bench.taken[i])
    if random_below(state, INTERLEAVED_ONE_IN) == 0 and not _interleave(field, state, bench, count):
        return NONE
    cost = 0
    for i in range(count):
        job = bench.taken[i]
        direction = _a_direction(state)
        if not insert(field, state, job, direction):
            return NONE
        cost += cost_of(field, state, job)
        if cost > most:
            return cost
        lacks_margin = direction == FORWARD or eaten_days(field, state, job) > 0
        if lacks_margin and random_below(state, 100) < PUSHED:
            push_job(field, state, job)
    return cost


def _a_direction(state: State) -> int:
    number = random_below(state, 4)
    if number == 0:
        return FORWARD
    return TIGHT if number == 1 else BACKWARD


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


def most_worse(state: State, heat: int) -> int:
    """By how much the next move may make things worse; NONE where it must make them better."""
    return (heat * random_below(state, SHADES)) // SHADES if heat >= 0 else NONE
