"""How much a step takes: its quarters and hours for a given owner, repeats and remainders included."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from sheetflow.checker.evidence import Evidence, Row
from sheetflow.checker.moments import NEAR, QUARTERS, moment
from sheetflow.domain.people import Person
from sheetflow.domain.plan import State
from sheetflow.domain.workflow import Kind, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Quarters of working time, and the hours of work in them."""

    quarters: int
    hours: float

    def scaled(self, share: float, quarters: int) -> Demand:
        """The same work at a share of its hours, in so many quarters."""
        return Demand(quarters=quarters, hours=self.hours * share)


def demand_of(evidence: Evidence, row: Row, step: Step, owner: str | None) -> Demand:
    """What the step takes where `owner` has it: stretched to that person's capacity."""
    person = evidence.people.get(owner) if owner else None
    demand = _left_of(evidence, row, step, _repeated(evidence, row, step, person), person)
    if person is None or step.kind is Kind.WAIT:
        return demand
    by_quarter = evidence.capacity_by_quarter(person)
    stretched = _whole(demand.hours / by_quarter) if by_quarter > 0 else demand.quarters
    return Demand(quarters=max(demand.quarters, stretched), hours=demand.hours)


def unstretched_quarters(evidence: Evidence, row: Row, step: Step) -> int:
    """The quarters of a step that is not begun, capacity set aside."""
    return _repeated(evidence, row, step, None).quarters


def planned_quarters(row: Row, step: Step) -> int:
    """The quarters that the row, or else the workflow, gives a step that runs once."""
    return row.publication.days.get(step.name, step.quarters)


def _repeated(evidence: Evidence, row: Row, step: Step, person: Person | None) -> Demand:
    whole = _whole_demand(evidence, row, step, person)
    key = (row.publication.id, step.name)
    if not evidence.memory.repeats(key, row.states[step.name]):
        return whole
    factor = evidence.workspace.settings.rework_factor
    return whole.scaled(factor, max(1, _whole(whole.quarters * factor)))


def _whole_demand(evidence: Evidence, row: Row, step: Step, person: Person | None) -> Demand:
    settings = evidence.workspace.settings
    quarters = planned_quarters(row, step)
    if step.hours is not None:
        return Demand(quarters=quarters, hours=step.hours)
    by_day = person.hours_per_day if person else settings.hours_per_day
    return Demand(quarters=quarters, hours=quarters / QUARTERS * by_day * settings.focus)


def _left_of(
    evidence: Evidence, row: Row, step: Step, demand: Demand, person: Person | None
) -> Demand:
    """What is left of a step that History saw begin and that is being worked on."""
    event = evidence.memory.started((row.publication.id, step.name))
    if event is None or row.states[step.name] is not State.NOW:
        return demand
    clock = evidence.clock_of(step, person.name if person else None)
    worked = clock.quarters_between(moment(event.when, 0), moment(evidence.plan.today, 0) - 1)
    left = max(1, demand.quarters - worked)
    return demand.scaled(left / demand.quarters, left)


def _whole(quarters: float) -> int:
    return ceil(quarters - NEAR)
