"""The sentence for a late or squeezed publication: the cause that binds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sheetflow.domain.flag import Reason, because
from sheetflow.domain.workflow import QUARTERS_PER_DAY
from sheetflow.engine.reasons.causes import Replay, Wait, busiest_row
from sheetflow.engine.schedule.board import Board
from sheetflow.engine.schedule.score import ready_quarter
from sheetflow.engine.work.jobs import NOBODY, TEAM
from sheetflow.engine.work.timeline import slot_from

ONE_DAY = timedelta(days=1)


def late_reason(board: Board, job: int, days: int, played: Replay | None) -> Reason:
    """Why the publication is that many working days late."""
    here, today = board.scene.jobs[job], board.scene.line.today
    if here.row.delivery < today:
        return because("late_passed", days=days, date=here.row.delivery)
    return _publish_blocked(board, job, days) or _squeezed(board, job, days, "late", played)


def margin_reason(board: Board, job: int, days: int, played: Replay | None) -> Reason:
    """Why that many working days of the margin are eaten."""
    return _squeezed(board, job, days, "margin", played)


def chain_of(board: Board, job: int, played: Replay) -> Iterator[Reason]:
    """What binds, from the first step to the last: who is waited for, since when and because of which row."""
    here, line = board.scene.jobs[job], board.scene.line
    for task in played.path:
        wait = played.waits.get(task)
        step = here.tasks[task].step.name
        place = wait.place if wait else board.place_of(job, task)
        if wait and wait.lost:
            facts = _facts(board, job, wait)
            yield because("chain_away" if wait.is_away else "chain_busy", step=step, **facts)
        if place is not None:
            owner = _name(board, place.option.owner)
            start, end = line.day(place.start), line.day(place.end)
            yield because("chain_step", step=step, owner=owner, since=start, until=end)


def _squeezed(board: Board, job: int, days: int, prefix: str, played: Replay | None) -> Reason:
    worst = played.worst if played else None
    if worst is None:
        return _too_short(board, job, days, prefix)
    step = board.scene.jobs[job].tasks[worst.task].step.name
    cause = "away" if worst.is_away else "busy"
    facts = _facts(board, job, worst)
    return because(f"{prefix}_{cause}", days=days, step=step, **facts)


def _facts(board: Board, job: int, wait: Wait) -> dict[str, str | date]:
    """Who is waited for, from when until when, and because of which row."""
    line = board.scene.line
    since, owner = line.day(wait.ready), _name(board, wait.owner)
    begins = wait.place.start if wait.place.start > wait.ready else wait.place.end
    until = line.day(begins) - ONE_DAY
    if wait.is_away:
        return {"owner": owner, "since": since, "until": max(since, until)}
    until = max(since, line.team.latest_ready_by(until, 0))
    return {"owner": owner, "since": since, "until": until, "other": busiest_row(board, wait, job)}


def _publish_blocked(board: Board, job: int, days: int) -> Reason | None:
    """The reason where all is ready in time and only the publish step finds no room on its day."""
    here, line = board.scene.jobs[job], board.scene.line
    if here.publish is None or (place := board.place_of(job, here.publish)) is None:
        return None
    if ready_quarter(board, job) // QUARTERS_PER_DAY >= line.index(here.row.delivery):
        return None
    step = here.tasks[here.publish].step.name
    if place.option.quarters > line.team.quarters(here.row.delivery):
        return because("late_publish_half", days=days, date=here.row.delivery, step=step)
    owner = _name(board, place.option.owner)
    return because("late_publish_busy", days=days, owner=owner, step=step)


def _too_short(board: Board, job: int, days: int, prefix: str) -> Reason:
    """Nobody waits for anybody: the steps left simply take longer than there is time."""
    here, line = board.scene.jobs[job], board.scene.line
    if here.row.not_before and here.row.not_before > line.today:
        return because(f"{prefix}_not_before", days=days, date=here.row.not_before)
    steps = (
        here.before if prefix == "margin" or here.publish is None else (*here.before, here.publish)
    )
    last = here.row.delivery
    if prefix == "margin":
        last = line.team.latest_ready_by(last, here.margin)
    return because(
        "margin_squeezed" if prefix == "margin" else "late_short",
        days=days,
        needed=_days_needed(board, job, steps),
        available=max(0, line.team.between(line.today - ONE_DAY, last)),
        date=last,
    )


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
