"""What would move one row of a plan that is made: every edit of it, tried alone in the room that the others leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from sheetflow.domain.plan import Plan, PlannedStep, PublicationPlan
from sheetflow.domain.workflow import QUARTERS_PER_DAY
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.kernel import placing
from sheetflow.engine.kernel.compiled import plain_kernel
from sheetflow.engine.kernel.laying import empty_state, lay_out
from sheetflow.engine.reasons.causes import replay
from sheetflow.engine.reasons.edits import other_owners, shorter, sooner, without
from sheetflow.engine.reasons.left_room import LeftRoom
from sheetflow.engine.reasons.remedies import Remedy, dates, tried
from sheetflow.engine.reasons.verdict import verdict
from sheetflow.engine.schedule.board import Board
from sheetflow.engine.work.job_maker import jobs_of
from sheetflow.engine.work.jobs import NOBODY, Task, crew_of
from sheetflow.engine.work.memory import memory_of
from sheetflow.engine.work.scene import scene_of

DAYS_BEHIND = 60


def what_helps(workspace: Workspace, made: Plan, id_: str, step: str) -> tuple[Remedy, ...]:
    """Edits of the row and where each would lead: other owners of the step, less time, the first date that would do.

    Only those that bring the row forward, or its date to where it can be.
    """
    board = board_of(workspace, made)
    job = next(n for n, here in enumerate(board.scene.jobs) if here.row.id == id_)
    room = LeftRoom(board, workspace, plain_kernel())
    row = next(row for row in made.publications if row.id == id_)
    return tuple(
        remedy
        for remedy in _all(room, job, step, workspace)
        if remedy.edit.row.delivery != row.delivery or _is_sooner(remedy, row)
    )


def _is_sooner(remedy: Remedy, row: PublicationPlan) -> bool:
    new = remedy.outcome.forecast, remedy.outcome.ready_by or date.min
    return new < (row.forecast or date.max, row.ready_by or date.min)


def _all(room: LeftRoom, job: int, step: str, workspace: Workspace) -> Iterator[Remedy]:
    board = room.board
    here = board.scene.jobs[job]
    if here.publish is None:
        return
    index = next((n for n, task in enumerate(here.tasks) if task.step.name == step), None)
    own = [index] if index in here.before else []
    played = replay(board, job)
    path = list(dict.fromkeys([*own, *(played.path if played else ())]))
    owners = [edit for task in own for edit in other_owners(room, job, task)]
    edits = [*owners, *sooner(here), *shorter(here, path), *without(here, path)]
    yield from tried(room, job, edits)
    trouble = verdict(board, job, workspace.settings, memory_of(workspace)).trouble
    if trouble:
        later = tried(room, job, dates(room, job, trouble))
        yield from islice((r for r in later if not trouble.left(r.outcome)), 1)


def board_of(workspace: Workspace, made: Plan) -> Board:
    """The board on which every step lies as the plan has it."""
    crew = crew_of(workspace)
    jobs = jobs_of(workspace, crew, made.today)
    scene = scene_of(workspace, crew, jobs, made.today, _length(made))
    field = lay_out(scene, {})
    board = Board(scene, field, empty_state(scene, field))
    steps = {(row.id, step.step): step for row in made.publications for step in row.steps}
    for job, here in enumerate(jobs):
        for index, task in enumerate(here.tasks):
            if planned := steps.get((here.row.id, task.step.name)):
                _put(board, job, index, planned)
    return board


def _length(made: Plan) -> int:
    """So many days that every step of the plan lies within them, and there is room behind."""
    dues = [step.due for row in made.publications for step in row.steps if step.due]
    days = [row.delivery for row in made.publications if row.delivery]
    last: date = max([*dues, *days, made.today]) + timedelta(days=DAYS_BEHIND)
    return (last - made.today).days


def _put(board: Board, job: int, index: int, planned: PlannedStep) -> None:
    scene, field = board.scene, board.field
    if planned.start is None or planned.start_quarter is None:
        return
    number = scene.first_task[job] + index
    day = scene.line.index(planned.start)
    is_publish = index == scene.jobs[job].publish
    if is_publish and field.is_day_off[job] and day == field.delivery[job]:
        placing.put_unattended(board.state, number, day)
        return
    option = field.option_begin[number] + _way(board, scene.jobs[job].tasks[index], planned)
    quarter = QUARTERS_PER_DAY * day + planned.start_quarter
    slot = placing.slot_from(field, field.lane[option], quarter)
    placing.put(field, board.state, number, option, slot)


def _way(board: Board, task: Task, planned: PlannedStep) -> int:
    names = board.scene.crew.names
    owners = [names[o.owner] if o.owner != NOBODY else None for o in (*task.options, task.unowned)]
    return owners.index(planned.owner)
