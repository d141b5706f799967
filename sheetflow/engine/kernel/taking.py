"""Taking jobs out of a schedule, and putting them back where they lay."""

from __future__ import annotations

from typing import NamedTuple

from sheetflow.engine.kernel.field import NONE, UNATTENDED, Field, Ints, State
from sheetflow.engine.kernel.placing import lift, put, put_unattended


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
    order: Ints
    """all jobs that can be moved, in the order in which they were placed"""
    way: Ints
    """by job: the direction in which it was placed"""
    kept_order: Ints
    kept_way: Ints
    span: Ints
    """the first and the last place of the order that a move changes"""


def take_out(field: Field, state: State, bench: Bench, job: int) -> None:
    """Take all of a job up that can be moved, and remember where it lay."""
    for at in range(field.before_begin[job], field.before_begin[job + 1]):
        task = field.before[at]
        bench.option[task], bench.slot[task] = state.option[task], state.slot[task]
        if not field.is_current[task]:
            lift(field, state, task)
    task = field.publish[job]
    bench.option[task], bench.slot[task] = state.option[task], state.slot[task]
    lift(field, state, task)


def undo(field: Field, state: State, bench: Bench, count: int) -> None:
    """Put the jobs that were taken out back where they lay."""
    for i in range(count):
        _clear(field, state, bench.taken[i])
    for i in range(count):
        _restore(field, state, bench, bench.taken[i])


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
