"""Which jobs an exchange takes out: a costly one, and others that it could change places with."""

from __future__ import annotations

from sheetflow.engine.kernel.field import NONE, Field, State
from sheetflow.engine.kernel.placing import end_before, random_below
from sheetflow.engine.kernel.taking import Bench

MOST_TAKEN = 6
TOURNAMENT = 4
DRAWS = 6
IN_THE_WAY = 90
"""Of 100 exchanges: how many take jobs out that lie in the costly one's way."""
NEAR = 40
"""Jobs that are due about the same time: so many of those next to each other by delivery date."""
LOOKED_AT = 500
"""So many jobs at most are looked at for those that lie in the way."""


def choose(field: Field, state: State, bench: Bench) -> int:
    """Fill `taken` with a costly job and some others, in a random order; how many.

    Mostly they lie in the way of one of its steps; else they are due about the same time.
    """
    count = len(bench.jobs)
    worst = random_below(state, count)
    for _ in range(TOURNAMENT):
        other = random_below(state, count)
        if bench.cost[bench.jobs[other]] > bench.cost[bench.jobs[worst]]:
            worst = other
    bench.taken[0] = bench.jobs[worst]
    wanted = 2 + random_below(state, MOST_TAKEN - 1)
    found = 1
    if random_below(state, 100) < IN_THE_WAY:
        found = _choose_in_the_way(field, state, bench, wanted)
    if found == 1:
        found = _choose_near(state, bench, worst, wanted)
    for i in range(found - 1, 0, -1):
        j = random_below(state, i + 1)
        bench.taken[i], bench.taken[j] = bench.taken[j], bench.taken[i]
    return found


def _choose_near(state: State, bench: Bench, place: int, wanted: int) -> int:
    """Take jobs that are due about the same time as the one at a place."""
    count = len(bench.jobs)
    near = min(count, NEAR + 2 * wanted)
    low = max(0, min(place - near // 2, count - near))
    found = 1
    for _ in range(DRAWS * wanted):
        other = bench.jobs[low + random_below(state, near)]
        if found < wanted and _is_new(bench, found, other):
            bench.taken[found] = other
            found += 1
    return found


def _is_new(bench: Bench, found: int, job: int) -> bool:
    for i in range(found):  # noqa: SIM110 - machine code knows no generators
        if bench.taken[i] == job:
            return False
    return True


def _choose_in_the_way(field: Field, state: State, bench: Bench, wanted: int) -> int:
    """Take jobs with work of somebody who could do a step of the first one, on the days that it would need."""
    job = bench.taken[0]
    task = _a_task_of(field, state, job)
    if task == NONE:
        return 1
    begin, end = field.option_begin[task], field.option_begin[task + 1] - 1
    option = begin + random_below(state, end - begin)
    if field.rate[option] == 0.0:
        return 1
    owner, last = field.owner[option], state.end[task]
    first = max(end_before(field, state, task) + 1, 4 * field.earliest_day[task])
    found, count = 1, len(bench.jobs)
    at = random_below(state, count)
    for _ in range(min(count, LOOKED_AT)):
        other = bench.jobs[at]
        at = (at + 1) % count
        is_there = other != job and _has_work(field, state, other, owner, first, last)
        if is_there and random_below(state, 2) == 0:
            bench.taken[found] = other
            found += 1
            if found == wanted:
                return found
    return found


def _a_task_of(field: Field, state: State, job: int) -> int:
    """A task of a job before publishing that may be moved and that somebody can do; NONE if chance found none."""
    begin, end = field.before_begin[job], field.before_begin[job + 1]
    if begin == end:
        return NONE
    task = field.before[begin + random_below(state, end - begin)]
    is_open = field.option_begin[task] + 1 < field.option_begin[task + 1]
    return task if is_open and not field.is_current[task] else NONE


def _has_work(field: Field, state: State, job: int, owner: int, first: int, last: int) -> bool:
    """Whether a job has work of an owner between two quarters."""
    for at in range(field.before_begin[job], field.before_begin[job + 1]):
        task = field.before[at]
        option = state.option[task]
        is_theirs = option >= 0 and field.owner[option] == owner and field.rate[option] > 0.0
        if is_theirs and state.end[task] >= first and state.start[task] <= last:
            return True
    return False
