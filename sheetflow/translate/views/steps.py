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
    Column("ID", is_read_again=True),
    Column("Publication"),
    Column("Step", is_read_again=True),
    Column("Phase", Look.PHASE),
    Column("Owner", Look.SET_IN, is_read_again=True),
    Column("Start", Look.SOFT_DAY, is_read_again=True),
    Column("Due", Look.DAY, is_read_again=True),
    Column("Days", Look.NUMBER),
    Column("Hours", Look.NUMBER),
    Column("State", Look.SOFT, is_read_again=True),
    Column("Flag", Look.FLAG),
    Column("Why", Look.LONG),
    Column("Quarters", Look.HIDDEN, is_read_again=True),
    Column("Promise", Look.HIDDEN, is_read_again=True),
)
"""The last two are for the next run alone, so that it finds the same plan again and keeps what this one promised."""


def steps_tab(scene: Scene) -> ComputedTab:
    """Every step of every planned publication, in the order of the sheet and of its workflow."""
    return listing(scene, TAB, COLUMNS, _records(scene), frozen_columns=3, ruled_by=0)


def _records(scene: Scene) -> Iterator[tuple[Value, ...]]:
    origin = _origin(scene.plan)
    for row in scene.plan.publications:
        for number, step in enumerate(row.steps):
            yield *_record(scene, row, step), None if number else f"{_promise(row)}{origin}"
            origin = ""


def _promise(row: PublicationPlan) -> str:
    """What the plan promises the publication; it stands in the first of its rows."""
    return f"{row.late_days or 0}-{row.margin_eaten}-{row.priority.weight}"


def _origin(plan: Plan) -> str:
    """What the plan was made from; it is told once, in the first row, as it is new with every run."""
    return f" {plan.effort} {plan.inputs} {plan.today.isoformat()}" if plan.inputs else ""


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
