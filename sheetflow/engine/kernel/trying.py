"""Trying jobs out: each of them placed alone in the same room, looked at, and taken up again.

Like the rest of the kernel, plain functions over rows of numbers, which machine code may stand in for.
"""

from __future__ import annotations

from typing import NamedTuple

from sheetflow.engine.kernel.building import BACKWARD, insert, on_delivery, place_forward
from sheetflow.engine.kernel.field import NONE, Field, Ints, State
from sheetflow.engine.kernel.placing import lift, put, ready_quarter
from sheetflow.engine.kernel.reopening import has_nobody


class Bids(NamedTuple):
    """What is held while jobs are tried out, and what comes of it."""

    option: Ints
    """by task: the option held, for a step that is being worked on; else NONE"""
    slot: Ints
    ready: Ints
    """by job, found: the last quarter of all before publishing"""
    end: Ints
    """by job, found: the last quarter of the publish step; NONE where the job finds no place, or a step no owner"""


def try_out(field: Field, state: State, bids: Bids) -> None:
    """Place each job beside all that takes the state's room, as a plan places a job that is new; note where it ends."""
    for job in range(len(field.publish)):
        task = field.publish[job]
        bids.ready[job], bids.end[job] = NONE, NONE
        _hold(field, state, bids, job)
        on_delivery(field, state, job)
        if (
            insert(field, state, job, BACKWARD)
            and _follow_up(field, state, job)
            and _has_owners(field, state, job)
        ):
            bids.ready[job] = ready_quarter(field, state, job)
            bids.end[job] = state.end[task]
        lift(field, state, task)
        for at in range(field.before_begin[job], field.before_begin[job + 1]):
            lift(field, state, field.before[at])
        for at in range(field.behind_begin[job], field.behind_begin[job + 1]):
            lift(field, state, field.behind[at])


def _hold(field: Field, state: State, bids: Bids, job: int) -> None:
    for at in range(field.before_begin[job], field.before_begin[job + 1]):
        task = field.before[at]
        if bids.option[task] != NONE:
            put(field, state, task, bids.option[task], bids.slot[task])


def _follow_up(field: Field, state: State, job: int) -> bool:
    for at in range(field.behind_begin[job], field.behind_begin[job + 1]):
        if not place_forward(field, state, field.behind[at]):
            return False
    return True


def _has_owners(field: Field, state: State, job: int) -> bool:
    """Whether somebody was left for each step that somebody can do."""
    for at in range(field.before_begin[job], field.before_begin[job + 1]):
        if has_nobody(field, state, field.before[at]):
            return False
    for at in range(field.behind_begin[job], field.behind_begin[job + 1]):
        if has_nobody(field, state, field.behind[at]):
            return False
    return not has_nobody(field, state, field.publish[job])
