"""Opening jobs again, one by one: each that is late, or lacks some of its margin, placed anew beside all others.

A plan is left only when no job ends better so. Whoever then gives one job more time, by an edit of its row, finds that
this job alone is placed anew: the others lie where they lay.
"""

from __future__ import annotations

from typing import NamedTuple

from sheetflow.engine.kernel.building import BACKWARD, insert, on_delivery
from sheetflow.engine.kernel.field import NONE, UNATTENDED, Field, Ints, State
from sheetflow.engine.kernel.placing import (
    eaten_days,
    late_days,
    lift,
    put,
    put_unattended,
)


class Shelf(NamedTuple):
    """Where the tasks of a job lie while it is tried anew, by task; and, by job, whether it has moved."""

    option: Ints
    slot: Ints
    moved: Ints


class End(NamedTuple):
    """How a job ends; less is better, the first first."""

    unowned: int
    """steps that nobody was left for"""
    late: int
    eaten: int
    published: int
    """the last quarter of the publish step"""


def reopen(field: Field, state: State, shelf: Shelf) -> None:
    """Place each job anew that is in trouble; where that does not end better, it lies where it lay."""
    for job in range(len(field.publish)):
        shelf.moved[job] = 0
        if field.publish[job] != NONE and _is_in_trouble(field, state, job):
            before = end_of(field, state, job)
            _shelve(field, state, shelf, job)
            on_delivery(field, state, job)
            if insert(field, state, job, BACKWARD) and end_of(field, state, job) < before:
                shelf.moved[job] = 1
            else:
                _put_back(field, state, shelf, job)


def end_of(field: Field, state: State, job: int) -> End:
    """How a job that is placed ends."""
    task = field.publish[job]
    unowned = 1 if task != NONE and has_nobody(field, state, task) else 0
    for at in range(field.before_begin[job], field.before_begin[job + 1]):
        if has_nobody(field, state, field.before[at]):
            unowned += 1
    late, eaten = late_days(field, state, job), eaten_days(field, state, job)
    return End(unowned, late, eaten, state.end[task] if task != NONE else NONE)


def _is_in_trouble(field: Field, state: State, job: int) -> bool:
    is_behind = state.end[field.publish[job]] >> 2 > field.delivery[job]
    return is_behind or eaten_days(field, state, job) > 0


def has_nobody(field: Field, state: State, task: int) -> bool:
    """Whether nobody was left for a task that somebody can do."""
    nobody = field.option_begin[task + 1] - 1
    return nobody > field.option_begin[task] and state.option[task] == nobody


def _shelve(field: Field, state: State, shelf: Shelf, job: int) -> None:
    for at in range(field.before_begin[job], field.before_begin[job + 1]):
        _take(field, state, shelf, field.before[at])
    for at in range(field.behind_begin[job], field.behind_begin[job + 1]):
        _take(field, state, shelf, field.behind[at])
    publish = field.publish[job]
    shelf.option[publish], shelf.slot[publish] = state.option[publish], state.slot[publish]
    lift(field, state, publish)


def _take(field: Field, state: State, shelf: Shelf, task: int) -> None:
    shelf.option[task], shelf.slot[task] = state.option[task], state.slot[task]
    if field.is_current[task] == 0:
        lift(field, state, task)


def _put_back(field: Field, state: State, shelf: Shelf, job: int) -> None:
    for at in range(field.before_begin[job], field.before_begin[job + 1]):
        _return(field, state, shelf, field.before[at])
    publish = field.publish[job]
    lift(field, state, publish)
    if shelf.option[publish] == UNATTENDED:
        put_unattended(state, publish, field.delivery[job])
    else:
        put(field, state, publish, shelf.option[publish], shelf.slot[publish])
    for at in range(field.behind_begin[job], field.behind_begin[job + 1]):
        _return(field, state, shelf, field.behind[at])


def _return(field: Field, state: State, shelf: Shelf, task: int) -> None:
    if field.is_current[task] == 0:
        lift(field, state, task)
        if shelf.option[task] >= 0:
            put(field, state, task, shelf.option[task], shelf.slot[task])
