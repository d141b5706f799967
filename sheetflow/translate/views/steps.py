"""The Steps tab: a row a step; also the memory of the last plan."""

from __future__ import annotations

from collections.abc import Iterator

from sheetflow.cells import ComputedTab, Value
from sheetflow.domain.plan import PlannedStep, PublicationPlan
from sheetflow.domain.workflow import QUARTERS_PER_DAY
from sheetflow.translate.views.listing import Column, Look, listing
from sheetflow.translate.views.scene import Scene, one_decimal

TAB = "Steps"
COLUMNS = (
    Column("ID"),
    Column("Publication"),
    Column("Step"),
    Column("Phase", Look.SOFT),
    Column("Owner"),
    Column("Start", Look.SOFT_DAY),
    Column("Due", Look.DAY),
    Column("Days", Look.NUMBER),
    Column("Hours", Look.NUMBER),
    Column("State", Look.SOFT),
    Column("Flag", Look.FLAG),
    Column("Why", Look.LONG),
    Column("Quarters", Look.HIDDEN),
)
"""The quarters of the first and the last day are for the next run alone, so that it finds the same plan again."""


def steps_tab(scene: Scene) -> ComputedTab:
    """Every step of every planned publication, in the order of the sheet and of its workflow."""
    return listing(scene, TAB, COLUMNS, _records(scene), frozen_columns=3, ruled_by=0)


def _records(scene: Scene) -> Iterator[tuple[Value, ...]]:
    for row in scene.plan.publications:
        for step in row.steps:
            yield _record(scene, row, step)


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
