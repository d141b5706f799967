"""The sentence for a late or squeezed publication: the cause that binds, and what would help."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sheetflow.domain.flag import Reason, because
from sheetflow.domain.workflow import QUARTERS_PER_DAY
from sheetflow.engine.board import Board
from sheetflow.engine.causes import Wait, busiest_row, late_days_if, replay
from sheetflow.engine.jobs import NOBODY, TEAM
from sheetflow.engine.score import ready_quarter
from sheetflow.engine.timeline import slot_from

ONE_DAY = timedelta(days=1)


def late_reason(board: Board, job: int, days: int) -> Reason:
    """Why the publication is that many working days late."""
    here, today = board.scene.jobs[job], board.scene.line.today
    if here.row.delivery < today:
        cause = because("late_passed", days=days, date=here.row.delivery)
        return _with_date(board, job, cause)
    return _publish_blocked(board, job, days) or _squeezed(board, job, days, "late")


def margin_reason(board: Board, job: int, days: int) -> Reason:
    """Why that many working days of the margin are eaten."""
    return _squeezed(board, job, days, "margin")


def _squeezed(board: Board, job: int, days: int, prefix: str) -> Reason:
    played = replay(board, job, {})
    worst = played.worst if played else None
    if worst is None:
        return _too_short(board, job, days, prefix)
    cause = _waits(board, job, worst, days, prefix)
    return _with_owner(board, job, worst, days, cause) or (
        _with_date(board, job, cause) if prefix == "late" else cause
    )


def _publish_blocked(board: Board, job: int, days: int) -> Reason | None:
    """The reason where all is ready in time and only the publish step finds no room on its day."""
    here, line = board.scene.jobs[job], board.scene.line
    if here.publish is None or (place := board.place_of(job, here.publish)) is None:
        return None
    if ready_quarter(board, job) // QUARTERS_PER_DAY >= line.index(here.row.delivery):
        return None
    step = here.tasks[here.publish].step.name
    worked = line.team.quarters(here.row.delivery)
    if place.option.quarters > worked:
        half = worked / QUARTERS_PER_DAY
        return because("late_publish_half", days=days, date=here.row.delivery, step=step, half=half)
    owner = _name(board, place.option.owner)
    return _with_date(board, job, because("late_publish_busy", days=days, owner=owner, step=step))


def _waits(board: Board, job: int, wait: Wait, days: int, prefix: str) -> Reason:
    step = board.scene.jobs[job].tasks[wait.task].step.name
    owner = _name(board, wait.owner)
    line = board.scene.line
    begins = wait.place.start if wait.place.start > wait.ready else wait.place.end
    until = line.day(begins) - ONE_DAY
    if wait.away > wait.full:
        return because(f"{prefix}_away", days=days, step=step, owner=owner, until=until)
    other, until = busiest_row(board, wait, job), line.team.latest_ready_by(until, 0)
    return because(f"{prefix}_busy", days=days, step=step, owner=owner, until=until, other=other)


def _with_owner(board: Board, job: int, wait: Wait, days: int, cause: Reason) -> Reason | None:
    """The cause with somebody who would bring the row nearer to its date; None where nobody would."""
    task = board.scene.jobs[job].tasks[wait.task]
    if task.pinned:
        return None
    for owner in (board.option(number).owner for number in board.choices(job, wait.task)):
        if owner in {wait.owner, NOBODY}:
            continue
        other = replay(board, job, {wait.task: owner})
        if other is not None and _days_if(board, job, other.ready, cause) < days:
            person = _name(board, owner)
            return replace(cause, remedy=because("remedy_owner", person=person))
    return None


def _days_if(board: Board, job: int, ready: int, cause: Reason) -> int:
    """The days late, or of margin eaten, if all before publishing ended with quarter `ready`."""
    if cause.code.startswith("late"):
        return late_days_if(board, job, ready)
    here, line = board.scene.jobs[job], board.scene.line
    return max(0, here.margin - line.team.between(line.day(ready), here.row.delivery))


def _with_date(board: Board, job: int, cause: Reason) -> Reason:
    """The cause with the delivery date that would do."""
    publish = board.scene.jobs[job].publish
    place = board.place_of(job, publish) if publish is not None else None
    if place is None:
        return cause
    day = board.scene.line.day(place.end)
    return replace(cause, remedy=because("remedy_date", date=day))


def _too_short(board: Board, job: int, days: int, prefix: str) -> Reason:
    """Nobody waits for anybody: the steps left simply take longer than there is time."""
    here, line = board.scene.jobs[job], board.scene.line
    if here.row.not_before and here.row.not_before > line.today:
        cause = because(f"{prefix}_not_before", days=days, date=here.row.not_before)
        return _with_date(board, job, cause) if prefix == "late" else cause
    steps = (
        here.before if prefix == "margin" or here.publish is None else (*here.before, here.publish)
    )
    last = here.row.delivery
    if prefix == "margin":
        last = line.team.latest_ready_by(last, here.margin)
    cause = because(
        "margin_squeezed" if prefix == "margin" else "late_short",
        days=days,
        needed=_days_needed(board, job, steps),
        available=max(0, line.team.between(line.today - ONE_DAY, last)),
        date=last,
    )
    return _with_date(board, job, cause) if prefix == "late" else cause


def _days_needed(board: Board, job: int, steps: tuple[int, ...]) -> int:
    """The working days that the chain of those steps takes as it is planned, rounded up."""
    team = board.scene.line.lanes[TEAM]
    chain: dict[int, int] = {}
    for task in steps:
        place = board.place_of(job, task)
        if place is not None:
            taken = slot_from(team, place.end + 1) - slot_from(team, place.start)
            waits = board.scene.jobs[job].tasks[task].waits_for
            chain[task] = taken + max((chain.get(pred, 0) for pred in waits), default=0)
    return max(1, -(-max(chain.values(), default=0) // QUARTERS_PER_DAY))


def _name(board: Board, owner: int) -> str:
    return board.scene.crew.names[owner] if owner != NOBODY else ""
