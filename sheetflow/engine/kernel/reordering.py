"""Making a schedule better by the order in which jobs are given their places, before single ones are exchanged.

A move puts a few jobs elsewhere in the order, or places one in another direction; then the jobs from there on are
placed anew, for a stretch of the order or to its end. Worse is kept now and then, as in an exchange.
"""

from __future__ import annotations

from sheetflow.engine.kernel.building import WAYS, insert, on_delivery
from sheetflow.engine.kernel.exchange import cost_of, most_worse
from sheetflow.engine.kernel.field import NONE, Field, State
from sheetflow.engine.kernel.placing import random_below
from sheetflow.engine.kernel.taking import Bench, take_out, undo

TURNED, TO_THE_END = 20, 50
"""Of 100 moves: how many place a job in another direction, and after how many all that follow are placed anew."""
MOST_MOVED, LONGEST_STRETCH = 3, 8
SHORTEST, RANGES = 4, 4
"""A job moves by up to 4, 16, 64 or 256 places."""


def reorder(field: Field, state: State, bench: Bench, insertions: int, heat: int) -> int:
    """Try moves until so many jobs were placed; the cost that is left, NONE if the line is too short."""
    count, total, left = len(bench.order), 0, insertions
    for place in range(count):
        job = bench.order[place]
        bench.cost[job] = cost_of(field, state, job)
        total += bench.cost[job]
    while left > 0 and total > 0 and count > 1:
        _keep(bench)
        _change(state, bench)
        placed = _place_anew(field, state, bench, heat)
        if placed == NONE:
            return NONE
        left -= placed
        total += bench.gain[0]
    return total


def _keep(bench: Bench) -> None:
    for place in range(len(bench.order)):
        job = bench.order[place]
        bench.kept_order[place] = job
        bench.kept_way[job] = bench.way[job]


def _go_back(bench: Bench) -> None:
    for place in range(len(bench.order)):
        job = bench.kept_order[place]
        bench.order[place] = job
        bench.way[job] = bench.kept_way[job]


def _change(state: State, bench: Bench) -> None:
    """Change the order or a direction; `span` tells the first and the last place from which all is placed anew."""
    count = len(bench.order)
    if random_below(state, 100) < TURNED:
        place = random_below(state, count)
        bench.way[bench.order[place]] = random_below(state, WAYS)
        bench.span[0], bench.span[1] = place, place
    else:
        bench.span[0], bench.span[1] = count - 1, 0
        for _ in range(1 + random_below(state, MOST_MOVED)):
            _move(state, bench)
    if random_below(state, 100) < TO_THE_END:
        bench.span[1] = count - 1
    else:
        more = random_below(state, bench.span[1] - bench.span[0] + LONGEST_STRETCH + 1)
        bench.span[1] = min(count - 1, bench.span[1] + more)


def _move(state: State, bench: Bench) -> None:
    """Put a job elsewhere in the order; half of the times the costliest of three."""
    count = len(bench.order)
    at = random_below(state, count)
    if random_below(state, 2) == 0:
        for _ in range(2):
            other = random_below(state, count)
            if bench.cost[bench.order[other]] > bench.cost[bench.order[at]]:
                at = other
    reach = min(count, SHORTEST << (2 * random_below(state, RANGES)))
    to = max(0, min(count - 1, at + random_below(state, 2 * reach + 1) - reach))
    bench.span[0] = min(bench.span[0], at, to)
    bench.span[1] = max(bench.span[1], at, to)
    job, step = bench.order[at], 1 if to > at else -1
    while at != to:
        bench.order[at] = bench.order[at + step]
        at += step
    bench.order[to] = job


def _place_anew(field: Field, state: State, bench: Bench, heat: int) -> int:
    """Place the jobs of the span anew, or undo that; how many were placed, NONE if the line is too short."""
    low, count = bench.span[0], bench.span[1] - bench.span[0] + 1
    before = 0
    for i in range(count):
        bench.taken[i] = bench.order[low + i]
        before += bench.cost[bench.taken[i]]
        take_out(field, state, bench, bench.taken[i])
    for i in range(count):
        on_delivery(field, state, bench.taken[i])
    most = before + most_worse(state, heat)
    after = placed = 0
    while placed < count and after <= most:
        job = bench.taken[placed]
        if not insert(field, state, job, bench.way[job]):
            return NONE
        after += cost_of(field, state, job)
        placed += 1
    bench.gain[0] = 0
    if after > most:
        undo(field, state, bench, count)
        _go_back(bench)
        return placed
    for i in range(count):
        bench.cost[bench.taken[i]] = cost_of(field, state, bench.taken[i])
    bench.gain[0] = after - before
    return placed
