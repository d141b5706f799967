"""The Changes tab: what the run moved against the plan that the workbook held before."""

from __future__ import annotations

from sheetflow.cells import ComputedTab, Value
from sheetflow.domain.change import Change, Moved
from sheetflow.translate.views.column_looks import Column, Look
from sheetflow.translate.views.listing import listing
from sheetflow.translate.views.scene import Scene

TAB = "Changes"
COLUMNS = (
    Column("ID"),
    Column("Publication"),
    Column("Step"),
    Column("What", Look.SOFT),
    Column("From", Look.SOFT_DAY),
    Column("To", Look.DAY),
    Column("Why", Look.LONG),
)


def changes_tab(scene: Scene) -> ComputedTab:
    """A row a change."""
    titles = {row.id: row.title for row in scene.plan.publications}
    records = [_record(scene, titles, change) for change in scene.plan.changes]
    return listing(scene, TAB, COLUMNS, records, frozen_columns=3, empty="no_changes", ruled_by=0)


def _record(scene: Scene, titles: dict[str, str], change: Change) -> tuple[Value, ...]:
    before, after = change.before, change.after
    if change.what is Moved.OWNER:
        before, after = scene.owner(_name(before)), scene.owner(_name(after))
    show = scene.tongue.show
    return (
        change.id,
        titles.get(change.id),
        show("step", change.step) if change.step else None,
        show("moved", change.what),
        before,
        after,
        scene.tongue.reason(change.why) or None,
    )


def _name(value: object) -> str | None:
    return None if value is None else str(value)
