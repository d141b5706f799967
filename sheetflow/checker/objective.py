"""The plan's measures of itself: late days, margin eaten, changes of owner, imbalance and idle days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from sheetflow.checker.evidence import Evidence, Row, start
from sheetflow.checker.measures import late_days, margin_days, ready_by, slack_days
from sheetflow.checker.moments import QUARTERS
from sheetflow.checker.violation import Violation

ROUNDING = 1e-3
Week = tuple[int, int]


def check_objective(evidence: Evidence) -> Iterator[Violation]:
    """Every measure is what the plan's own steps give."""
    wanted = {
        "weighted_late_days": sum(
            _weight(row) * (late_days(evidence, row) or 0) for row in evidence.rows
        ),
        "weighted_margin_days": sum(
            _weight(row) * _margin_eaten(evidence, row) for row in evidence.rows
        ),
        "owner_changes": sum(_owner_changes(evidence, row) for row in evidence.rows),
        "imbalance": _imbalance(evidence),
        "idle_days": sum(_idle_quarters(evidence, row) for row in evidence.rows) / QUARTERS,
    }
    for name, value in wanted.items():
        found = getattr(evidence.plan.objective, name)
        if abs(found - value) > ROUNDING:
            yield Violation(rule="objective", detail=f"{name} {found}, not {value:.4f}")


def _weight(row: Row) -> int:
    return row.publication.priority.weight


def _margin_eaten(evidence: Evidence, row: Row) -> int:
    slack = slack_days(evidence, row, ready_by(row))
    return 0 if slack is None else max(0, margin_days(evidence, row) - slack)


def _owner_changes(evidence: Evidence, row: Row) -> int:
    """The steps that are left whose owner is not the one that the Steps tab names."""
    changes = 0
    for step, planned in row.to_do():
        last = evidence.workspace.last_plan.get((row.publication.id, step.name))
        before = last.owner if last else None
        changes += bool(before) and before != planned.owner
    return changes


def _idle_quarters(evidence: Evidence, row: Row) -> int:
    """The team's quarters between what a step before publishing waits for and its start."""
    idle = 0
    for planned in row.left_before_publishing():
        ended = row.end_of_predecessors(planned.step)
        if ended is not None:
            idle += evidence.team.quarters_between(ended + 1, start(planned) - 1)
    return idle


def _imbalance(evidence: Evidence) -> float:
    """The mean, over weeks and shared skills, of the largest less the least share of capacity booked."""
    shares = _weekly_shares(evidence)
    spreads = []
    for by_person in shares.values():
        for holders in evidence.holders.values():
            found = [by_person[person.name] for person in holders if person.name in by_person]
            if len(found) > 1:
                spreads.append(max(found) - min(found))
    return sum(spreads) / len(spreads) if spreads else 0.0


def _weekly_shares(evidence: Evidence) -> dict[Week, dict[str, float]]:
    """Load over capacity of everybody who works in a week, from today's week to the last with load."""
    last = max((day for loads in evidence.loads.values() for day in loads), default=None)
    if last is None:
        return {}
    shares: dict[Week, dict[str, float]] = defaultdict(dict)
    for name in evidence.people:
        for week, (load, capacity) in _weeks(evidence, name, last).items():
            if capacity > 0:
                shares[week][name] = load / capacity
    return shares


def _weeks(evidence: Evidence, name: str, last: date) -> dict[Week, tuple[float, float]]:
    """The load and the capacity of a person, by ISO week, the last week to its end."""
    weeks: dict[Week, tuple[float, float]] = {}
    day, end = evidence.plan.today, last + timedelta(days=6 - last.weekday())
    while day <= end:
        week = day.isocalendar()[:2]
        load, capacity = weeks.get(week, (0.0, 0.0))
        more = evidence.capacity(evidence.people[name], day)
        weeks[week] = (load + evidence.load(name, day), capacity + more)
        day += timedelta(days=1)
    return weeks
