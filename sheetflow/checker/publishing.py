"""Publishing: on the delivery date whenever that can be, else at the first place that ends after it."""

from __future__ import annotations

from collections.abc import Iterator

from sheetflow.checker.clock import Clock
from sheetflow.checker.demand import Demand, demand_of
from sheetflow.checker.evidence import Evidence, Row, end, start
from sheetflow.checker.moments import NEAR, QUARTERS, day_of, last_moment
from sheetflow.checker.owners import candidates, keeper
from sheetflow.checker.place import Search, no_limit, room_beside_all
from sheetflow.checker.violation import Violation
from sheetflow.domain.people import Person
from sheetflow.domain.plan import PlannedStep
from sheetflow.domain.workflow import Step


def check_publishing(evidence: Evidence) -> Iterator[Violation]:
    """Every publish step that is left has the place that the delivery date and its owner give it."""
    for row in evidence.rows:
        step = row.publish
        if step is None or not row.is_left(step.name):
            continue
        planned = row.steps[step.name]
        for detail in (*_wrong(evidence, row, step, planned), *_kept(evidence, row, step, planned)):
            yield Violation(rule="publishing", id=row.plan.id, step=step.name, detail=detail)


def _wrong(evidence: Evidence, row: Row, step: Step, planned: PlannedStep) -> Iterator[str]:
    deadline = last_moment(row.publication.delivery)
    first = _first_moment(evidence, row, step)
    if end(planned) <= deadline - QUARTERS:
        yield f"ends {planned.due}, before the delivery date"
    elif end(planned) <= deadline:
        yield from _on_the_date(evidence, row, step, planned)
    elif evidence.is_day_off(row.publication.delivery):
        if first <= deadline:
            yield "could go live on the delivery date, a day off"
        yield from _late(evidence, row, step, planned)
    else:
        yield from _could_be_in_time(evidence, row, step, planned)
        yield from _late(evidence, row, step, planned)


def _first_moment(evidence: Evidence, row: Row, step: Step) -> int:
    ready = row.end_of_predecessors(step.name)
    earliest = evidence.earliest(row, step.name)
    return earliest if ready is None else max(earliest, ready + 1)


def _on_the_date(evidence: Evidence, row: Row, step: Step, planned: PlannedStep) -> Iterator[str]:
    if evidence.publishes_on_day_off(row, planned):
        return
    clock = evidence.clock_of(step, planned.owner)
    demand = demand_of(evidence, row, step, planned.owner)
    last = _last_quarters(clock, row, demand)
    if last is None or (start(planned), end(planned)) != last:
        yield "does not take the last quarters that its owner works on the delivery date"


def _last_quarters(clock: Clock, row: Row, demand: Demand) -> tuple[int, int] | None:
    """The first and last moment of the day's last quarters; None where the day is too short."""
    day = row.publication.delivery.toordinal()
    worked = clock.quarters(day)
    if worked < demand.quarters:
        return None
    return day * QUARTERS + worked - demand.quarters, day * QUARTERS + worked - 1


def _could_be_in_time(
    evidence: Evidence, row: Row, step: Step, planned: PlannedStep
) -> Iterator[str]:
    """Somebody who may publish has room on the delivery date, once everything before it is finished."""
    may = candidates(evidence, row, step)
    if evidence.has_team and planned.owner is None and may:
        return  # everybody who might has left by then: that nobody has it is proved with the owners
    people = may if evidence.has_team and planned.owner is not None else (None,)
    for person in people:
        if _has_room(evidence, row, step, planned, person):
            who = person.name if person else "the team"
            yield f"late, but {who} has room on {row.publication.delivery}"
            return


def _has_room(
    evidence: Evidence, row: Row, step: Step, planned: PlannedStep, person: Person | None
) -> bool:
    name = person.name if person else None
    demand = demand_of(evidence, row, step, name)
    place = _last_quarters(evidence.clock_of(step, name), row, demand)
    if place is None or place[0] < _first_moment(evidence, row, step):
        return False
    if person is None:
        return True
    room = room_beside_all(evidence, person, planned)
    return demand.hours <= room(row.publication.delivery.toordinal()) + NEAR


def _kept(evidence: Evidence, row: Row, step: Step, planned: PlannedStep) -> Iterator[str]:
    """A current publish step stays with the last plan's owner, unless only another can keep the date."""
    goes_on = keeper(evidence, row, step)
    if goes_on is None or planned.owner in {None, goes_on.name}:
        return
    in_time = end(planned) <= last_moment(row.publication.delivery)
    if not in_time or _has_room(evidence, row, step, planned, goes_on):
        yield f"owner {planned.owner}, but {goes_on.name} had it and could go on"


def _late(evidence: Evidence, row: Row, step: Step, planned: PlannedStep) -> Iterator[str]:
    """A late publishing takes the first place of its owner that ends after the delivery date."""
    person = evidence.people.get(planned.owner or "")
    search = Search(
        clock=evidence.clock_of(step, planned.owner),
        demand=demand_of(evidence, row, step, planned.owner),
        room=room_beside_all(evidence, person, planned) if person else no_limit,
        earliest=_first_moment(evidence, row, step),
        ends_after=last_moment(row.publication.delivery),
    )
    earlier = search.first_start(start(planned))
    if earlier is not None:
        yield f"late, and {day_of(earlier)} would do"
