"""Working time: a step's quarters follow one another in its owner's calendar and hold its hours, evenly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sheetflow.checker.clock import Clock
from sheetflow.checker.demand import demand_of
from sheetflow.checker.evidence import Evidence, Row, end, start
from sheetflow.checker.moments import QUARTERS, last_moment
from sheetflow.checker.violation import Violation
from sheetflow.domain.plan import PlannedStep
from sheetflow.domain.workflow import Kind, Step

ROUNDING = 1e-3


def check_calendars(evidence: Evidence) -> Iterator[Violation]:
    """Every step that is left lies in working time, is as long as it must be, and loads each day its share."""
    for row in evidence.rows:
        for step, planned in row.to_do():
            if evidence.publishes_on_day_off(row, planned):
                wrong = _on_day_off(planned)
            else:
                wrong = _in_working_time(evidence, row, step, planned)
            for rule, detail in wrong:
                yield Violation(rule=rule, id=row.plan.id, step=step.name, detail=detail)


def _on_day_off(planned: PlannedStep) -> Iterator[tuple[str, str]]:
    """A post that goes live on a day off is that day's last quarter, and nobody's work."""
    last = last_moment(planned.due) if planned.due else None
    if (start(planned), end(planned), planned.quarters) != (last, last, 1):
        yield "publishing", "on a day off it is quarter 3 alone"
    if planned.owner is not None or planned.load or planned.hours:
        yield "publishing", "on a day off it has no owner, no hours and no load"


def _in_working_time(
    evidence: Evidence, row: Row, step: Step, planned: PlannedStep
) -> Iterator[tuple[str, str]]:
    clock = evidence.clock_of(step, planned.owner)
    first, last = start(planned), end(planned)
    if not (clock.works(first) and clock.works(last)):
        yield "calendar", "starts or ends outside the working time of its owner"
    worked = clock.quarters_between(first, last)
    if worked != planned.quarters:
        yield "calendar", f"{worked} quarters are worked between its dates, not {planned.quarters}"
    demand = demand_of(evidence, row, step, planned.owner)
    if planned.quarters != demand.quarters:
        yield "duration", f"takes {planned.quarters} quarters, not {demand.quarters}"
    if abs(planned.hours - demand.hours) > ROUNDING:
        yield "hours", f"{planned.hours} hours, not {demand.hours:.4f}"
    yield from _load(planned, _shares(clock, planned, step, demand.hours / demand.quarters))


def _shares(
    clock: Clock, planned: PlannedStep, step: Step, hours_by_quarter: float
) -> dict[date, float]:
    """The hours that fall on each day: none for a wait."""
    if step.kind is Kind.WAIT:
        return {}
    first, last = start(planned), end(planned)
    shares = {}
    for day in range(first // QUARTERS, last // QUARTERS + 1):
        begin = max(first, day * QUARTERS)
        stop = min(last, day * QUARTERS + clock.quarters(day) - 1)
        if stop >= begin:
            shares[date.fromordinal(day)] = (stop - begin + 1) * hours_by_quarter
    return shares


def _load(planned: PlannedStep, shares: dict[date, float]) -> Iterator[tuple[str, str]]:
    days = [load.date for load in planned.load]
    if days != sorted(set(days)):
        yield "load", "days doubled or out of order"
    found = {load.date: load.hours for load in planned.load}
    for day in sorted(found.keys() | shares.keys()):
        if abs(found.get(day, 0.0) - shares.get(day, 0.0)) > ROUNDING:
            share = f"{shares.get(day, 0.0):.4f}"
            yield "load", f"{found.get(day, 0.0)} hours on {day}, not {share}"
