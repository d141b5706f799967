"""The verdict on each publication: its flag, as section 5 of the contract has it, and the tasks that make it so."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sheetflow.domain.flag import Flag, Reason, because
from sheetflow.domain.settings import Settings
from sheetflow.engine.reasons.blame import chain_of, late_reason, margin_reason
from sheetflow.engine.reasons.causes import Replay, replay
from sheetflow.engine.reasons.remedies import Trouble
from sheetflow.engine.schedule.board import Board
from sheetflow.engine.schedule.score import late_days, slack_days
from sheetflow.engine.work.jobs import NOBODY
from sheetflow.engine.work.memory import Memory
from sheetflow.engine.work.workdays import start_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Flag and reason of one job, the tasks on the path that makes it so, and what a remedy would have to heal."""

    flag: Flag
    why: Reason
    path: frozenset[int] = frozenset()
    chain: tuple[Reason, ...] = ()
    trouble: Trouble | None = None

    def with_remedy(self, way_out: Reason) -> Verdict:
        """The same verdict, with a way out."""
        return replace(self, why=replace(self.why, remedy=way_out))


def verdict(board: Board, job: int, settings: Settings, memory: Memory) -> Verdict:
    """The verdict on one job of a finished board: red before amber before green."""
    return (
        _without_owner(board, job)
        or _late(board, job)
        or _margin_eaten(board, job)
        or _little_slack(board, job, settings.amber_below)
        or _past_promise(board, job, memory)
        or Verdict(flag=Flag.GREEN, why=_on_plan(board, job))
    )


def _without_owner(board: Board, job: int) -> Verdict | None:
    for task, what in enumerate(board.scene.jobs[job].tasks):
        place = board.place_of(job, task)
        if place is None or not what.needs_owner or place.option.owner != NOBODY:
            continue
        if not place.is_unattended:
            is_known = what.pinned or what.step.skill in board.scene.crew.by_skill
            code = "late_taken" if is_known else "late_nobody"
            why = because(code, step=what.step.name, skill=what.step.skill)
            return Verdict(flag=Flag.RED, why=why, path=frozenset({task}))
    return None


def _late(board: Board, job: int) -> Verdict | None:
    """Red where the forecast is after the delivery date, even if only by days on which the team is off."""
    here = board.scene.jobs[job]
    place = board.place_of(job, here.publish) if here.publish is not None else None
    if here.publish is None or place is None:
        return None
    if board.scene.line.day(place.end) <= here.row.delivery:
        return None
    days, played = max(1, late_days(board, job) or 0), replay(board, job)
    why = late_reason(board, job, days, played)
    trouble = Trouble(is_late=True, days=days, played=played)
    return _troubled(board, job, Flag.RED, why, trouble, here.publish)


def _margin_eaten(board: Board, job: int) -> Verdict | None:
    slack = slack_days(board, job)
    margin = board.scene.jobs[job].margin
    if slack is None or slack >= margin:
        return None
    played = replay(board, job)
    why = margin_reason(board, job, margin - slack, played)
    trouble = Trouble(is_late=False, days=margin - slack, played=played)
    return _troubled(board, job, Flag.AMBER, why, trouble)


def _troubled(
    board: Board, job: int, flag: Flag, why: Reason, trouble: Trouble, *tasks: int
) -> Verdict:
    played = trouble.played
    return Verdict(
        flag=flag,
        why=why,
        path=_path(played) | frozenset(tasks),
        chain=tuple(chain_of(board, job, played)) if played else (),
        trouble=trouble,
    )


def _little_slack(board: Board, job: int, below: int) -> Verdict | None:
    slack = slack_days(board, job)
    if slack is None or slack >= below:
        return None
    why = because("amber_slack", spare=slack, below=below)
    return Verdict(flag=Flag.AMBER, why=why, path=_path(replay(board, job)))


def _past_promise(board: Board, job: int, memory: Memory) -> Verdict | None:
    here = board.scene.jobs[job]
    if here.publish is None:
        return None
    for task, what in enumerate(here.tasks):
        event = memory.started((here.row.id, what.step.name)) if what.current else None
        if event and event.due and event.due < board.scene.line.today:
            why = because("amber_promise", step=what.step.name, date=event.due)
            return Verdict(flag=Flag.AMBER, why=why, path=frozenset({task}))
    return None


def _on_plan(board: Board, job: int) -> Reason:
    here, line = board.scene.jobs[job], board.scene.line
    places = [place for place in board.places[job] if place]
    if here.publish is None:
        return because("published", until=line.day(max(place.end for place in places)))
    slack = slack_days(board, job)
    if slack is None:
        return because("ready", date=here.row.delivery)
    if here.begun:
        return because("on_plan", spare=slack)
    latest = start_by(here.row.delivery, here.network, here.left, here.margin, line.team)
    first = min(line.day(place.start) for place in places)
    return because("start_by", date=max(latest or first, line.today))


def _path(played: Replay | None) -> frozenset[int]:
    return frozenset(played.path if played else ())
