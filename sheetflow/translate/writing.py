"""Writing: from a plan to the patch that brings the workbook in line with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sheetflow.cells import CellEdit, ColumnLook, Patch, Snapshot
from sheetflow.domain.history import Event
from sheetflow.domain.plan import Plan
from sheetflow.translate.bottlenecks import bottleneck_problems
from sheetflow.translate.keyed_rows import with_unique_keys
from sheetflow.translate.language import Tongue
from sheetflow.translate.layout import Layout
from sheetflow.translate.publication_edits import publication_patch
from sheetflow.translate.reading import Reading
from sheetflow.translate.redrawing import history_patch, redrawn_tabs
from sheetflow.translate.tab_names import tab_names
from sheetflow.translate.views.scene import Scene


def patch_for(
    reading: Reading,
    plan: Plan,
    snapshot: Snapshot,
    *,
    new_columns: bool = True,
    events: tuple[Event, ...] = (),
) -> Patch:
    """All that must change in the workbook: only cells whose value differs, only tabs that look different.

    `new_columns` adds the computed columns that a table lacks; `events` are appended to History.
    """
    scene = _scene(reading, plan, snapshot)
    parts = [
        *_publication_patches(scene, reading, snapshot, new_columns=new_columns),
        Patch(tabs=redrawn_tabs(scene, snapshot)),
        history_patch(scene, reading.layout, snapshot, events),
    ]
    patch = _joined(parts)
    return replace(patch, sheets=_sheets(reading.layout, patch))


def _scene(reading: Reading, plan: Plan, snapshot: Snapshot) -> Scene:
    settings = reading.workspace.settings
    tongue = Tongue(settings.language, settings.calendar, plan.today)
    return Scene(
        plan=plan,
        workspace=reading.workspace,
        tongue=tongue,
        problems=(*reading.problems, *bottleneck_problems(plan)),
        names=tab_names(tongue, reading.layout, snapshot),
    )


def _publication_patches(
    scene: Scene, reading: Reading, snapshot: Snapshot, *, new_columns: bool
) -> Iterator[Patch]:
    tables = {table.sheet: table for table in snapshot.tables}
    for tab in reading.layout.publications:
        if tab.blocked is None:
            yield publication_patch(scene, tab, tables[tab.sheet], new_columns=new_columns)


def _joined(parts: Iterable[Patch]) -> Patch:
    parts = tuple(parts)
    edits: tuple[CellEdit, ...] = tuple(edit for part in parts for edit in part.edits)
    looks: tuple[ColumnLook, ...] = tuple(look for part in parts for look in part.looks)
    return Patch(
        edits=edits,
        looks=looks,
        tabs=tuple(tab for part in parts for tab in part.tabs),
        rows=with_unique_keys(row for part in parts for row in part.rows),
        filled=tuple(ref for part in parts for ref in part.filled),
    )


def _sheets(layout: Layout, patch: Patch) -> tuple[str, ...]:
    """The tabs that are read or written."""
    read = [tab.sheet for tab in (*layout.publications, *layout.tabs.values())]
    drawn = [tab.sheet for tab in patch.tabs]
    return tuple(dict.fromkeys([*read, *layout.computed.values(), *drawn]))
