"""The way out of being late or amber: the cheapest edit of the row's own cells that was tried and found to work.

In the order of what it costs: another owner for the step that binds, another owner for another step, Not before
lifted, a step shortened, a wait skipped; beside it, or where nothing else helps, the earliest delivery date that does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from sheetflow.domain.flag import Reason, because
from sheetflow.engine.reasons.causes import Replay
from sheetflow.engine.reasons.edits import (
    Edit,
    due_on,
    on_half_day,
    other_owners,
    shorter,
    sooner,
    without,
)
from sheetflow.engine.reasons.left_room import LeftRoom, Outcome

ONE_DAY = timedelta(days=1)
MOST_OTHER_STEPS = 2
MOST_DATES = 3
MOST_TRIES = 8_000
"""So many edits, of all rows together, take about as long as a plan of a thousand rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is wrong with a row: the days that it is late, or else those of its margin that are eaten."""

    is_late: bool
    days: int
    played: Replay | None

    def left(self, outcome: Outcome) -> int:
        """The days that are left of it; being late is no way out of an eaten margin."""
        if self.is_late:
            return outcome.late
        return outcome.eaten + outcome.late


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """An edit that was tried, and where the row would come to lie."""

    edit: Edit
    outcome: Outcome


def way_out(room: LeftRoom, job: int, trouble: Trouble) -> Reason | None:
    """The sentence of the cheapest remedy, and of the date that would do; None where nothing was found.

    Once many edits were tried, only dates are.
    """
    later = dates(room, job, trouble)
    if room.tries > MOST_TRIES:
        trouble = replace(trouble, played=None)
    found = tried(room, job, [*later, *_for_binding_step(room, job, trouble)])
    days = [r.outcome.forecast for r in found if r.edit in later and not trouble.left(r.outcome)]
    day = min(days, default=None)
    owners = [remedy for remedy in found if remedy.edit not in later]
    best = _best(trouble, owners)
    if best is None or trouble.left(best.outcome):
        best = _best(trouble, [*owners, *tried(room, job, _of_other_kinds(room, job, trouble))])
    if best is None or 2 * trouble.left(best.outcome) > trouble.days:
        return because("remedy_date", date=day) if day else None
    return _told(trouble, best, day)


def _told(trouble: Trouble, remedy: Remedy, day: date | None) -> Reason:
    left, edit = trouble.left(remedy.outcome), remedy.edit
    if not left:
        return because(edit.code, **edit.facts, date=day)
    figure = {"late" if trouble.is_late else "eaten": left}
    told = because(f"{edit.code}_partly", **edit.facts, **figure)
    return replace(told, remedy=because("remedy_date", date=day)) if day else told


def _best(trouble: Trouble, remedies: Sequence[Remedy]) -> Remedy | None:
    """What leaves least of the trouble; the cheapest of several."""
    return min(remedies, key=lambda remedy: trouble.left(remedy.outcome), default=None)


def _for_binding_step(room: LeftRoom, job: int, trouble: Trouble) -> Iterator[Edit]:
    worst = trouble.played.worst if trouble.played else None
    if worst is not None:
        for edit in other_owners(room, job, worst.task):
            yield replace(edit, code="remedy_owner")


def _of_other_kinds(room: LeftRoom, job: int, trouble: Trouble) -> list[Edit]:
    here, played = room.board.scene.jobs[job], trouble.played
    if played is None:
        return []
    binding = {played.worst.task} if played.worst else set()
    others = sorted(set(played.path) - binding, key=lambda task: (-played.lost(task), task))
    owners = [
        edit
        for task in others[:MOST_OTHER_STEPS]
        for edit in other_owners(room, job, task, only_quicker=not played.lost(task))
    ]
    times = [*sooner(here), *on_half_day(room, here), *shorter(here, played.path)]
    return [*owners, *times, *without(here, played.path)]


def tried(room: LeftRoom, job: int, edits: Sequence[Edit]) -> list[Remedy]:
    """The edits whose outcome is certain, with it."""
    outcomes = zip(edits, room.outcomes(job, [edit.row for edit in edits]), strict=True)
    return [Remedy(edit=edit, outcome=outcome) for edit, outcome in outcomes if outcome]


def dates(room: LeftRoom, job: int, trouble: Trouble) -> list[Edit]:
    """Later delivery dates that may be kept, and with the margin if that is what the row lacks; the first first."""
    if not room.keeps_its_turn(job):
        return []
    days = {*islice(_dates(room, job, trouble), MOST_DATES), *_forecast(room, job)}
    return [due_on(room.board.scene.jobs[job], day) for day in sorted(days)]


def _forecast(room: LeftRoom, job: int) -> Iterator[date]:
    """The day on which the row is published as it is."""
    here, line = room.board.scene.jobs[job], room.board.scene.line
    place = room.board.place_of(job, here.publish) if here.publish is not None else None
    if place is not None and line.day(place.end) > here.row.delivery:
        yield line.day(place.end)


def _dates(room: LeftRoom, job: int, trouble: Trouble) -> Iterator[date]:
    """Later working days, from the first that leaves what the steps need as they were played."""
    here, line = room.board.scene.jobs[job], room.board.scene.line
    day = line.day(trouble.played.ready) if trouble.played else line.today
    first = max(here.row.delivery + ONE_DAY, day, line.today)
    left = 0 if trouble.is_late else here.margin
    last = line.today + timedelta(days=line.days - 1)
    while day <= last:
        is_worked = line.team.quarters(day) > 0
        if is_worked and day >= first and left <= 0:
            yield day
        day += ONE_DAY
        left -= int(line.team.quarters(day) > 0)


def ways_out(room: LeftRoom, troubles: Mapping[int, Trouble]) -> dict[int, Reason]:
    """The way out of each job's trouble, where there is one; the worst first, as long as there are tries left."""
    jobs = room.board.scene.jobs

    def badness(job: int) -> tuple[bool, int, str]:
        trouble, row = troubles[job], jobs[job].row
        return not trouble.is_late, -trouble.days * row.priority.weight, row.id

    ways = ((job, way_out(room, job, troubles[job])) for job in sorted(troubles, key=badness))
    return {job: way for job, way in ways if way}
