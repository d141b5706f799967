"""Last touches: steps move so that no date gets worse, and what comes after publishing is placed."""

from __future__ import annotations

from collections.abc import Sequence

from sheetflow.engine.kernel.compiled import Kernel
from sheetflow.engine.kernel.field import NONE, Field, Ints, State
from sheetflow.engine.kernel.placing import lift, ready_quarter
from sheetflow.engine.schedule.board import Board
from sheetflow.engine.search.tries import must
from sheetflow.engine.work.scene import Scene

BALANCING_ROUNDS = 8


def finished(
    kernel: Kernel, scene: Scene, plain_field: Field, plain_state: State, moved: Sequence[int]
) -> Board:
    """Move the steps of some jobs so that no date gets worse, and place what comes after publishing."""
    ahead, behind = tasks_of(scene, plain_field, moved)
    for task in behind:
        if not plain_field.is_current[task]:
            lift(plain_field, plain_state, task)
    field = kernel.field(plain_field)
    state = closed_up(kernel, scene, field, plain_state, moved)
    kernel.balance(field, state, kernel.row(ahead), BALANCING_ROUNDS)
    settle(kernel, field, state)
    must(kernel.follow_up(field, state, kernel.row(by_publishing(field, state))))
    kernel.balance(field, state, kernel.row(behind), BALANCING_ROUNDS)
    settle(kernel, field, state)
    kernel.adopt(field, state)
    return Board(scene, plain_field, kernel.plain(state))


def closed_up(
    kernel: Kernel, scene: Scene, field: Field, plain_state: State, moved: Sequence[int]
) -> State:
    """Let some jobs begin as late as they can, or, once they have begun, go on without a stop."""
    jobs = scene.jobs
    ready = {job: ready_quarter(field, plain_state, job) for job in moved}
    waiting = [job for job in moved if jobs[job].before and not jobs[job].begun]
    waiting.sort(key=lambda job: (-ready[job], job))
    begun = [job for job in moved if jobs[job].before and jobs[job].begun]
    begun.sort(key=lambda job: (jobs[job].row.delivery, jobs[job].row.id))
    state = kernel.state(plain_state)
    kernel.push_right(field, state, kernel.row(waiting))
    kernel.pull_together(field, state, kernel.row(begun))
    return state


def settle(kernel: Kernel, field: Field, state: State) -> None:
    """Let late publish steps move up, each with the owner that it has by now: to that owner's first place."""
    wish = field.wish.copy()
    for task in field.publish:
        option = state.option[task] if task >= 0 else NONE
        if option >= 0 and wish[task] >= 0 and not field.is_current[task]:
            wish[task] = field.owner[option]
    must(kernel.settle(field._replace(wish=wish), state))


def tasks_of(scene: Scene, field: Field, jobs: Sequence[int]) -> tuple[Ints, Ints]:
    """The tasks of some jobs: those up to publishing, and those behind it."""
    first, all_behind = scene.first_task, set(field.behind)
    tasks = [task for job in sorted(jobs) for task in range(first[job], first[job + 1])]
    return [t for t in tasks if t not in all_behind], [t for t in tasks if t in all_behind]


def by_publishing(field: Field, state: State) -> Ints:
    """The jobs in the order in which they are published."""
    ends = [int(state.end[task]) if task >= 0 else NONE for task in field.publish]
    return sorted(range(len(ends)), key=lambda job: (ends[job], job))
