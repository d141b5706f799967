"""The marks of a plan: the same few figures for every contender, less being better."""

from __future__ import annotations

from dataclasses import dataclass

from sheetflow.checker import check_plan
from sheetflow.domain.plan import Plan
from sheetflow.domain.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """`late` and `margin` are weighted working days, `rows` the publications that are late, `seconds` all it took.

    `imbalance` and `is_proved` are None where a contender gives no whole plan.
    """

    late: float
    margin: float
    rows: int
    imbalance: float | None
    seconds: float
    is_proved: bool | None


def marks_of(workspace: Workspace, plan: Plan, seconds: float) -> Marks:
    """The marks of a whole plan, and whether the checker finds it right."""
    planned = [row for row in plan.publications if row.steps]
    eaten = (
        (row, row.margin_days - row.slack_days) for row in planned if row.slack_days is not None
    )
    return Marks(
        late=sum(row.priority.weight * (row.late_days or 0) for row in planned),
        margin=sum(row.priority.weight * max(0, days) for row, days in eaten),
        rows=sum(1 for row in planned if row.late_days),
        imbalance=plan.objective.imbalance,
        seconds=seconds,
        is_proved=not check_plan(workspace, plan),
    )
