"""Moving single steps of a finished schedule, each with its own owner, so that no date gets worse."""

from __future__ import annotations

from sheetflow.engine.kernel.building import end_before_waiting, latest_end
from sheetflow.engine.kernel.choosing import last_start
from sheetflow.engine.kernel.field import NONE, Field, Ints, State
from sheetflow.engine.kernel.placing import (
    earliest,
    end_before,
    latest,
    lift,
    put,
    ready_quarter,
    slot_from,
)


def push_right(field: Field, state: State, order: Ints) -> None:
    """Let each job of the order start as late as it can; Ready by gets no worse than the margin allows."""
    for place in range(len(order)):
        push_job(field, state, order[place])


def push_job(field: Field, state: State, job: int) -> None:
    """Let one job start as late as it can, without any date of it getting worse."""
    limit = _end_that_keeps_ready_by(field, state, job)
    at = field.before_begin[job + 1] - 1
    while at >= field.before_begin[job]:
        task = field.before[at]
        if not field.is_current[task] and state.option[task] >= 0:
            _push(field, state, job, at, limit)
        at -= 1


def _end_that_keeps_ready_by(field: Field, state: State, job: int) -> int:
    same_day = ready_quarter(field, state, job) | 3
    task = field.publish[job]
    if task >= 0 and state.option[task] != NONE:
        same_day = min(same_day, state.start[task] - 1)
    return max(same_day, latest_end(field, state, job))


def _push(field: Field, state: State, job: int, at: int, limit: int) -> None:
    task = field.before[at]
    limit = end_before_waiting(field, state, job, at, limit)
    option, slot = state.option[task], state.slot[task]
    lift(field, state, task)
    begin = slot_from(field, field.lane[option], limit + 1) - field.quarters[option]
    found = latest(field, state, option, begin, slot) if begin > slot else NONE
    put(field, state, task, option, max(found, slot))


def pull_together(field: Field, state: State, order: Ints) -> None:
    """Let jobs that have begun go on without a stop: each step as early as its owner has room."""
    for place in range(len(order)):
        job = order[place]
        for at in range(field.before_begin[job], field.before_begin[job + 1]):
            task = field.before[at]
            if field.is_current[task] or state.option[task] < 0:
                continue
            option, slot = state.option[task], state.slot[task]
            lift(field, state, task)
            floor = max(end_before(field, state, task) + 1, 4 * field.earliest_day[task])
            start = slot_from(field, field.lane[option], floor)
            found = earliest(field, state, option, start, slot) if start < slot else slot
            put(field, state, task, option, found if found >= 0 else slot)


def adopt(field: Field, state: State) -> None:
    """Give each step that nobody could do to somebody who has room for it by now, between its neighbours."""
    for task in range(len(field.job_of)):
        nobody, slot = field.option_begin[task + 1] - 1, state.slot[task]
        is_alone = state.option[task] == nobody and field.option_begin[task] < nobody
        if not is_alone or field.is_current[task] or task == field.publish[field.job_of[task]]:
            continue
        floor = max(end_before(field, state, task) + 1, 4 * field.earliest_day[task])
        until = _last_before_successors(field, state, task)
        lift(field, state, task)
        if not last_start(field, state, task, floor, until) or state.option[task] == nobody:
            lift(field, state, task)
            put(field, state, task, nobody, slot)


def _last_before_successors(field: Field, state: State, task: int) -> int:
    """The last quarter before all that waits for a task; its own last one where nothing does."""
    until = NONE
    for other in range(task + 1, len(field.job_of)):
        if field.job_of[other] != field.job_of[task]:
            break
        for at in range(field.waits_begin[other], field.waits_begin[other + 1]):
            if field.waits[at] == task and (until == NONE or state.start[other] <= until):
                until = state.start[other] - 1
    return until if until != NONE else state.end[task]
