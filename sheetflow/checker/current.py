"""Current steps: each goes on at the first place from today beside its owner's other current steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sheetflow.checker.demand import demand_of
from sheetflow.checker.evidence import Evidence, Row, start
from sheetflow.checker.moments import QUARTERS, day_of, moment
from sheetflow.checker.place import Room, Search, no_limit
from sheetflow.checker.violation import Violation
from sheetflow.domain.people import Person
from sheetflow.domain.plan import PlannedStep, State
from sheetflow.domain.workflow import Kind, Step

CurrentLoads = dict[tuple[str, int], float]


def check_current(evidence: Evidence) -> Iterator[Violation]:
    """No current step could go on sooner than planned; a current publish step has its own rule."""
    loads = _current_loads(evidence)
    for row in evidence.rows:
        for step, planned in row.to_do():
            if row.states[step.name] is State.NOW and step.kind is not Kind.PUBLISH:
                earlier = _earlier_place(evidence, row, step, planned, loads)
                if earlier is not None:
                    detail = f"goes on {planned.start}, but {day_of(earlier)} has room"
                    yield Violation(rule="current", id=row.plan.id, step=step.name, detail=detail)


def _current_loads(evidence: Evidence) -> CurrentLoads:
    loads: CurrentLoads = defaultdict(float)
    for row in evidence.rows:
        for step, planned in row.to_do():
            if row.states[step.name] is State.NOW and planned.owner:
                for load in planned.load:
                    loads[planned.owner, load.date.toordinal()] += load.hours
    return loads


def _earlier_place(
    evidence: Evidence, row: Row, step: Step, planned: PlannedStep, loads: CurrentLoads
) -> int | None:
    person = evidence.people.get(planned.owner or "")
    limited = person is not None and step.kind is not Kind.WAIT
    search = Search(
        clock=evidence.clock_of(step, planned.owner),
        demand=demand_of(evidence, row, step, planned.owner),
        room=_room(evidence, person, planned, loads) if person and limited else no_limit,
        earliest=moment(evidence.plan.today, 0),
    )
    return search.first_start(start(planned))


def _room(evidence: Evidence, person: Person, own: PlannedStep, loads: CurrentLoads) -> Room:
    """The hours that a person has left on a day beside the other current steps."""
    own_hours = {load.date.toordinal(): load.hours for load in own.load}

    def room(day: int) -> float:
        others = loads.get((person.name, day), 0.0) - own_hours.get(day, 0.0)
        return evidence.capacity(person, day_of(day * QUARTERS)) - others

    return room
