"""The History tab: what happened to each step; appended to, never rewritten."""

from __future__ import annotations

from collections.abc import Iterable

from sheetflow.cells import ComputedTab, Value
from sheetflow.domain.history import Event
from sheetflow.translate.views.column_looks import Column, Look
from sheetflow.translate.views.listing import listing
from sheetflow.translate.views.scene import Scene

TAB = "History"
COLUMNS = (
    Column("When", Look.SOFT_DATE),
    Column("ID"),
    Column("Step"),
    Column("Event", Look.SOFT),
    Column("Owner"),
    Column("Due", Look.DATE),
    Column("Note", Look.LONG),
)


def history_tab(scene: Scene, events: Iterable[Event]) -> ComputedTab:
    """The tab as it begins, with the first events."""
    return listing(scene, TAB, COLUMNS, [history_record(scene, event) for event in events])


def history_record(scene: Scene, event: Event) -> tuple[Value, ...]:
    """One event as a row: its days are dates yet."""
    show = scene.tongue.show
    return (
        event.when,
        event.id,
        show("step", event.step) if event.step else None,
        show("event", event.kind),
        scene.owner(event.owner),
        event.due,
        event.note or None,
    )
