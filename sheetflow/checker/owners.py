"""Owners: skills, pins and `Not by` are kept, and nobody is missing where somebody could do it."""

from __future__ import annotations

from collections.abc import Iterator

from sheetflow.checker.demand import demand_of
from sheetflow.checker.evidence import Evidence, Row, start
from sheetflow.checker.moments import QUARTERS, last_moment
from sheetflow.checker.place import Search, last_day_of, room_beside_all
from sheetflow.checker.violation import Violation
from sheetflow.domain.people import Person
from sheetflow.domain.plan import PlannedStep, State
from sheetflow.domain.workflow import Kind, Step

Found = Iterator[tuple[str, str]]


def check_owners(evidence: Evidence) -> Iterator[Violation]:
    """Every step has an owner who may have it, or nobody where nobody can."""
    for row in evidence.rows:
        for step in row.network.steps:
            planned = row.steps[step.name]
            for rule, detail in (
                *_owner(evidence, row, step, planned),
                *_not_by(evidence, row, step),
            ):
                yield Violation(rule=rule, id=row.plan.id, step=step.name, detail=detail)


def candidates(evidence: Evidence, row: Row, step: Step) -> tuple[Person, ...]:
    """Everybody who may have the step, given the owners of the row's other steps."""
    pin = row.publication.pins.get(step.name)
    if pin is not None:
        return (evidence.people[pin],) if pin in evidence.people else ()
    others = _owners_to_avoid(row, step)
    holders = evidence.holders.get(step.skill, ()) if step.skill else ()
    return tuple(person for person in holders if person.name not in others)


def keeper(evidence: Evidence, row: Row, step: Step) -> Person | None:
    """Who goes on with a current step: the last plan's owner, where nothing forbids it and no pin decides."""
    last = evidence.workspace.last_plan.get((row.publication.id, step.name))
    if last is None or row.states[step.name] is not State.NOW:
        return None
    may = candidates(evidence, row, step)
    found = (person for person in may if person.name == last.owner)
    return next((p for p in found if _has_place(evidence, row, step, p, end_before=None)), None)


def _owners_to_avoid(row: Row, step: Step) -> set[str]:
    related = [row.steps[other].owner for other in step.not_by if other in row.steps]
    related += [row.steps[s.name].owner for s in row.network.steps if step.name in s.not_by]
    return {owner for owner in related if owner is not None}


def _owner(evidence: Evidence, row: Row, step: Step, planned: PlannedStep) -> Found:
    if not row.is_left(step.name):
        yield from _finished(evidence, row, planned)
    elif evidence.publishes_on_day_off(row, planned):
        return
    elif not evidence.has_team:
        role = row.publication.pins.get(step.name) or step.skill or None
        if planned.owner != role:
            yield "skill", f"owner {planned.owner}, not the role {role}"
    elif planned.owner is None:
        yield from _nobody(evidence, row, step)
    else:
        yield from _somebody(evidence, row, step, planned)


def _finished(evidence: Evidence, row: Row, planned: PlannedStep) -> Found:
    """A finished step names who is remembered to have done it."""
    key = (row.publication.id, planned.step)
    known: set[str | None] = {*evidence.memory.owners(key)} or {None}
    if planned.owner not in {*known, row.publication.pins.get(planned.step)}:
        yield "done", f"owner {planned.owner} is not remembered"


def _somebody(evidence: Evidence, row: Row, step: Step, planned: PlannedStep) -> Found:
    pin = row.publication.pins.get(step.name)
    person = evidence.people.get(planned.owner or "")
    if planned.pinned != (pin is not None):
        yield "pin", "pinned is told wrongly"
    if pin is not None:
        if planned.owner != pin:
            yield "pin", f"owner {planned.owner}, pinned to {pin}"
        return
    if person is None or not step.skill or step.skill not in person.skills:
        yield "skill", f"{planned.owner} does not have the skill {step.skill!r}"
    elif step.kind is not Kind.PUBLISH:
        goes_on = keeper(evidence, row, step)
        if goes_on not in {None, person}:
            yield "current-owner", f"owner {planned.owner}, not that of the last plan"


def _nobody(evidence: Evidence, row: Row, step: Step) -> Found:
    pinned = step.name in row.publication.pins
    limit = None if pinned else _start_of_successors(row, step)
    for person in candidates(evidence, row, step):
        if _has_place(evidence, row, step, person, end_before=limit):
            yield "nobody", f"has no owner, but {person.name} could do it"
            return


def _start_of_successors(row: Row, step: Step) -> int | None:
    waiting = [
        start(planned)
        for other, planned in row.to_do()
        if step.name in row.network.waits_for[other.name]
    ]
    return min(waiting, default=None)


def _has_place(
    evidence: Evidence, row: Row, step: Step, person: Person, *, end_before: int | None
) -> bool:
    """Whether the person has room for the step before they leave, with all else as it is planned."""
    clock = evidence.clocks[person.name]
    today = evidence.plan.today.toordinal()
    last = last_day_of(person, clock, today)
    if step.kind is Kind.WAIT or (last is None and end_before is None):
        return last is None or last >= today
    ends = [(last + 1) * QUARTERS] if last is not None else []
    ends += [end_before] if end_before is not None else []
    ready = row.end_of_predecessors(step.name)
    search = Search(
        clock=clock,
        demand=demand_of(evidence, row, step, person.name),
        room=room_beside_all(evidence, person, row.steps[step.name]),
        earliest=max(evidence.earliest(row, step.name), -1 if ready is None else ready + 1),
        ends_after=_no_earlier_end(row, step),
        ends_before=min(ends),
    )
    return search.first_start(min(ends)) is not None


def _no_earlier_end(row: Row, step: Step) -> int:
    return last_moment(row.publication.delivery) - QUARTERS if step.kind is Kind.PUBLISH else -1


def _not_by(evidence: Evidence, row: Row, step: Step) -> Found:
    """Two steps that must not be by one person are not, unless a pin or the past has it so."""
    own = row.steps[step.name].owner
    if not evidence.has_team or own is None:
        return
    for other in step.not_by:
        same = other in row.steps and row.steps[other].owner == own
        if same and not (_is_given(row, step.name) and _is_given(row, other)):
            yield "not-by", f"{own} has {other} too"


def _is_given(row: Row, name: str) -> bool:
    return name in row.publication.pins or not row.is_left(name)
