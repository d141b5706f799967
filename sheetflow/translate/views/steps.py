"""The Steps tab: a row a step; also the memory of the last plan."""

from __future__ import annotations

from collections.abc import Iterator

from sheetflow.cells import ComputedTab, Value
from sheetflow.domain.plan import Plan, PlannedStep, PublicationPlan
from sheetflow.domain.workflow import QUARTERS_PER_DAY
from sheetflow.translate.views.column_looks import Column, Look
from sheetflow.translate.views.listing import listing
from sheetflow.translate.views.scene import Scene, one_decimal

TAB = "Steps"
COLUMNS = (
    Column("ID"),
    Column("Publication"),
    Column("Step"),
    Column("Phase", Look.PHASE),
    Column("Owner", Look.SET_IN),
    Column("Start", Look.SOFT_DAY),
    Column("Due", Look.DAY),
    Column("Days", Look.NUMBER),
    Column("Hours", Look.NUMBER),
    Column("State", Look.SOFT),
    Column("Flag", Look.FLAG),
    Column("Why", Look.LONG),
    Column("Quarters", Look.HIDDEN),
    Column("Promise", Look.HIDDEN),
)
"""The last two are for the next run alone, so that it finds the same plan again and keeps what this one promised."""


def steps_tab(scene: Scene) -> ComputedTab:
    """Every step of every planned publication, in the order of the sheet and of its workflow."""
    return listing(scene, TAB, COLUMNS, _records(scene), frozen_columns=3, ruled_by=0)


def _records(scene: Scene) -> Iterator[tuple[Value, ...]]:
    for row in scene.plan.publications:
        for number, step in enumerate(row.steps):
            yield *_record(scene, row, step), None if number else _promise(scene.plan, row)


def _promise(plan: Plan, row: PublicationPlan) -> str:
    """What the plan promises the publication, and what it was made from; it stands in the first of its rows."""
    late, eaten, weight = row.late_days or 0, row.margin_eaten, row.priority.weight
    origin = f" {plan.effort} {plan.inputs} {plan.today.isoformat()}" if plan.inputs else ""
    return f"{late}-{eaten}-{weight}{origin}"


def _record(scene: Scene, row: PublicationPlan, step: PlannedStep) -> tuple[Value, ...]:
    show = scene.tongue.show
    return (
        row.id,
        row.title,
        show("step", step.step),
        show("phase", step.phase),
        scene.owner(step.owner),
        step.start,
        step.due,
        step.quarters / QUARTERS_PER_DAY or None,
        one_decimal(step.hours),
        show("state", step.state),
        scene.flag(step.flag),
        scene.tongue.reason(step.why) or None,
        None if step.start is None else f"{step.start_quarter}-{step.due_quarter}",
    )
