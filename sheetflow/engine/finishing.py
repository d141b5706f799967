"""The last touches to a schedule: late starts, no stops in what has begun, publish steps and follow-ups settled."""

from __future__ import annotations

from sheetflow.engine import building, kernel, moving
from sheetflow.engine.board import Board
from sheetflow.engine.field import NONE
from sheetflow.engine.tries import LineTooShortError, row_of


def finish(board: Board) -> Board:
    """Move steps so that no date gets worse, and place what comes after publishing."""
    field, state = board.field, board.state
    jobs = board.scene.jobs
    ready = [int(kernel.ready_quarter(field, state, job)) for job in range(len(jobs))]
    waiting = [job for job, here in enumerate(jobs) if here.before and not here.begun]
    waiting.sort(key=lambda job: (-ready[job], job))
    begun = [job for job, here in enumerate(jobs) if here.before and here.begun]
    begun.sort(key=lambda job: (jobs[job].row.delivery, jobs[job].row.id))
    moving.push_right(field, state, row_of(waiting))
    moving.pull_together(field, state, row_of(begun))
    published = sorted(range(len(jobs)), key=lambda job: (_published(board, job), job))
    if not (building.settle(field, state) and building.follow_up(field, state, row_of(published))):
        raise LineTooShortError
    moving.adopt(field, state)
    return board


def _published(board: Board, job: int) -> int:
    task = int(board.field.publish[job])
    return int(board.state.end[task]) if task >= 0 else NONE
