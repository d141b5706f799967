"""Which computed tabs must be drawn anew, and what History gets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from sheetflow.cells import (
    CellEdit,
    CellRef,
    ComputedTab,
    Patch,
    Snapshot,
    Table,
    Value,
)
from sheetflow.domain.history import Event
from sheetflow.translate.layout import Layout, Tab
from sheetflow.translate.views import history
from sheetflow.translate.views.changes import changes_tab
from sheetflow.translate.views.column_looks import styler
from sheetflow.translate.views.facing import turned_style
from sheetflow.translate.views.problems import problems_tab
from sheetflow.translate.views.scene import Scene
from sheetflow.translate.views.steps import steps_tab
from sheetflow.translate.views.timeline import timeline_tab
from sheetflow.translate.views.today import today_tab
from sheetflow.translate.views.workload import workload_tab

HISTORY = "History"


def redrawn_tabs(scene: Scene, snapshot: Snapshot) -> tuple[ComputedTab, ...]:
    """The tabs that differ from what the workbook holds; the tabs of colours follow the Steps tab."""
    tables = {table.sheet: table for table in snapshot.tables}
    steps = steps_tab(scene)
    moved = _differs(steps, tables)
    drawn = (today_tab(scene), workload_tab(scene), timeline_tab(scene))
    redrawn = [steps] if moved else []
    redrawn += [tab for tab in drawn if moved or _differs(tab, tables)]
    problems = problems_tab(scene)
    redrawn += [problems] if _differs(problems, tables) else []
    # What the last run moved stays on show until a run moves something again.
    if scene.plan.changes or scene.tab_name("Changes") not in tables:
        redrawn.append(changes_tab(scene))
    return tuple(redrawn)


def history_patch(
    scene: Scene, layout: Layout, snapshot: Snapshot, events: Iterable[Event]
) -> Patch:
    """The events below the last row of History; a new tab where there is none yet."""
    sheet = scene.tab_name(HISTORY)
    tab = layout.tabs.get(HISTORY)
    if tab is not None:
        return Patch(edits=tuple(_appended(scene, tab, events)))
    if any(table.sheet == sheet and any(table.rows) for table in snapshot.tables):
        return Patch()
    return Patch(tabs=(history.history_tab(scene, events),))


def _appended(scene: Scene, tab: Tab, events: Iterable[Event]) -> Iterator[CellEdit]:
    style_of = styler(scene)
    for row, event in enumerate(events, start=tab.last_row + 1):
        values = history.history_record(scene, event)
        for column, value in zip(history.COLUMNS, values, strict=True):
            if column.header not in tab.columns:
                continue
            look = style_of(column.look, value)
            yield CellEdit(
                ref=CellRef(tab.sheet, row, tab.columns[column.header]),
                before=None,
                after=scene.day(value) if isinstance(value, date) else value,
                style=turned_style(look) if scene.right_to_left else look,
            )


def _differs(tab: ComputedTab, tables: Mapping[str, Table]) -> bool:
    table = tables.get(tab.sheet)
    if table is None or not (table.values_only or set(table.merged) == set(tab.merges)):
        return True
    held, wanted = _trimmed(table.rows), _trimmed(tab.rows)
    if len(held) != len(wanted):
        return True
    return not all(_shows(table, *rows) for rows in zip(held, wanted, strict=True))


def _shows(table: Table, held: tuple[Value, ...], wanted: tuple[Value, ...]) -> bool:
    return len(held) == len(wanted) and all(map(table.shows, held, wanted))


def _trimmed(rows: Iterable[tuple[Value, ...]]) -> list[tuple[Value, ...]]:
    trimmed = [_short(row) for row in rows]
    while trimmed and not trimmed[-1]:
        trimmed.pop()
    return trimmed


def _short(row: tuple[Value, ...]) -> tuple[Value, ...]:
    end = len(row)
    while end and row[end - 1] in (None, ""):
        end -= 1
    return row[:end]
