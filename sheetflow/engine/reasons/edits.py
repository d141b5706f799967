"""Edits of one row that may bring it nearer to its date, each of a single cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sheetflow.domain.flag import ReasonFact
from sheetflow.domain.publication import Publication
from sheetflow.domain.workflow import QUARTERS_PER_DAY, Kind
from sheetflow.engine.reasons.left_room import LeftRoom
from sheetflow.engine.work.jobs import Job, Task

FAR = 1 << 30
MOST_COLLEAGUES = 4
MOST_STEPS = 2
MOST_LENGTHS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One cell changed: its column, what is typed there, and the row that comes of it.

    `code` and `facts` are those of the sentence that offers it.
    """

    column: str
    value: str
    row: Publication
    code: str
    facts: Mapping[str, ReasonFact] = field(default_factory=dict)


def other_owners(
    room: LeftRoom, job: int, index: int, *, only_quicker: bool = False
) -> Iterator[Edit]:
    """A step pinned to each of those who could do it, or do it in less time; who has most hours left first."""
    scene = room.board.scene
    here = scene.jobs[job]
    task = here.tasks[index]
    if task.current or task.step.kind is not Kind.WORK or not scene.crew.is_limited:
        return
    name = task.step.name
    for owner in _colleagues(room, job, index, only_quicker=only_quicker):
        person = scene.crew.names[owner]
        row = replace(here.row, pins={**here.row.pins, name: person})
        facts = {"person": person, "step": name}
        yield Edit(
            column="Owners", value=f"{name}: {person}", row=row, code="remedy_owner_of", facts=facts
        )


def _colleagues(room: LeftRoom, job: int, index: int, *, only_quicker: bool) -> list[int]:
    """Who else could do a step whose pin is lifted, without taking it from the hands of who works on another."""
    here = room.board.scene.jobs[job]
    free, places = _unpinned(room, here, index), room.board.places[job]
    kept = places[index]
    taken = {kept.option.owner if kept else None}
    taken |= {p.option.owner for i in free.not_by if here.tasks[i].current and (p := places[i])}
    longest = kept.option.quarters - 1 if kept and only_quicker else FAR
    able = [o.owner for o in free.options if o.owner not in taken and o.quarters <= longest]
    until = kept and room.board.scene.line.day(kept.end)
    able.sort(key=lambda owner: (-room.hours(owner, until or here.row.delivery), owner))
    return able[:MOST_COLLEAGUES]


def _unpinned(room: LeftRoom, here: Job, index: int) -> Task:
    task = here.tasks[index]
    if not task.pinned:
        return task
    pins = {step: person for step, person in here.row.pins.items() if step != task.step.name}
    return room.version(here, replace(here.row, pins=pins)).tasks[index]


def sooner(here: Job) -> Iterator[Edit]:
    """The row without its Not before, where that lies ahead."""
    if here.row.not_before and here.row.not_before > here.today:
        row = replace(here.row, not_before=None)
        yield Edit(column="Not before", value="", row=row, code="remedy_not_before")


def shorter(here: Job, tasks: Iterable[int]) -> Iterator[Edit]:
    """Steps that take less time, down to half of it: waits first, the longest first, a little less before much less."""
    for task in _longest(here, tasks)[:MOST_STEPS]:
        name = task.step.name
        for quarters in _lengths(here.row.days.get(name, task.step.quarters)):
            yield _lasting(here, name, quarters)


def _lengths(quarters: int) -> list[int]:
    """Fewer quarters, down to half: in quarters of a day up to a day, in half days up to two, else in days."""
    step = 1 if quarters <= QUARTERS_PER_DAY else 2 if quarters <= 2 * QUARTERS_PER_DAY else 4
    longest = (quarters - 1) // step * step
    found = list(range(longest, (quarters + 1) // 2 - 1, -step))
    return found[: MOST_LENGTHS - 1] + found[MOST_LENGTHS - 1 :][-1:]


def without(here: Job, tasks: Iterable[int]) -> Iterator[Edit]:
    """The row without one of its waits, the longest first."""
    waits = [task for task in _longest(here, tasks) if task.step.kind is Kind.WAIT]
    for task in waits[:MOST_STEPS]:
        name = task.step.name
        row = replace(here.row, skip=here.row.skip | {name})
        yield Edit(column="Skip", value=name, row=row, code="remedy_skip", facts={"step": name})


def on_half_day(room: LeftRoom, here: Job) -> Iterator[Edit]:
    """A publish step that takes a whole day, where the delivery date is a half day, taking as long as that."""
    worked = room.board.scene.line.team.quarters(here.row.delivery)
    task = here.tasks[here.publish] if here.publish is not None else None
    if task and 0 < worked < task.unowned.quarters:
        yield _lasting(here, task.step.name, worked)


def _lasting(here: Job, step: str, quarters: int) -> Edit:
    days = quarters / QUARTERS_PER_DAY
    return Edit(
        column="Days",
        value=f"{step}: {days:g}",
        row=replace(here.row, days={**here.row.days, step: quarters}),
        code="remedy_days",
        facts={"step": step, "days": days},
    )


def _longest(here: Job, tasks: Iterable[int]) -> list[Task]:
    """Those of the tasks that nobody works on yet, waits first, the longest first."""
    found = [here.tasks[i] for i in tasks if not here.tasks[i].current]
    found.sort(key=lambda task: (task.step.kind is not Kind.WAIT, -task.unowned.quarters))
    return found


def due_on(here: Job, day: date) -> Edit:
    """The row with another delivery date."""
    row = replace(here.row, delivery=day)
    return Edit(
        column="Delivery date",
        value=day.isoformat(),
        row=row,
        code="remedy_date",
        facts={"date": day},
    )
