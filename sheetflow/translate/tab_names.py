"""Which sheet each computed tab has: never one that holds something of the team's."""

from __future__ import annotations

from functools import cache

from sheetflow.cells import Snapshot, Table, Value
from sheetflow.domain.settings import CalendarSystem, Language
from sheetflow.translate.language import Tongue
from sheetflow.translate.layout import COMPUTED_TABS, Layout
from sheetflow.translate.views import changes, history, problems, steps, timeline, today, workload
from sheetflow.translate.views.weeks import DAY_ROW

LONGEST_NAME = 31
TELLING = 3
LISTS = (steps, today, problems, changes, history)


def tab_names(tongue: Tongue, layout: Layout, snapshot: Snapshot) -> dict[str, str]:
    """The sheet of each computed tab: the one that it has, else a name that no sheet of the team bears."""
    tables = {table.sheet: table for table in snapshot.tables}
    ours = {
        tab: sheet
        for tab, sheet in layout.computed.items()
        if tab in layout.tabs or _is_ours(tab, tables[sheet], tongue)
    }
    taken = {sheet.casefold() for sheet in tables} - {sheet.casefold() for sheet in ours.values()}
    names = {}
    for tab in COMPUTED_TABS:
        shown = tongue.show("tab", tab)
        free = shown if shown.casefold() not in taken else f"{shown} (SheetFlow)"
        names[tab] = ours.get(tab) or free[:LONGEST_NAME]
    return names


def _is_ours(tab: str, table: Table, tongue: Tongue) -> bool:
    """Whether a sheet of the tab's name is blank, or begins as SheetFlow would begin it in some language."""
    if not any(table.rows):
        return True
    tongues = (Tongue(language, CalendarSystem.GREGORIAN, tongue.today) for language in Language)
    return any(_begins(table, start) for each in tongues for start in _starts(tab, each))


def _begins(table: Table, start: tuple[int, tuple[Value, ...]]) -> bool:
    row, texts = start
    return tuple(table.at(row, column) for column in range(1, len(texts) + 1)) == texts


@cache
def _starts(tab: str, tongue: Tongue) -> tuple[tuple[int, tuple[Value, ...]], ...]:
    """The rows by which the tab can be told, each with the texts of its first cells."""
    if tab == timeline.TAB:
        headers = (tongue.show(f"header:{tab}", header) for header in timeline.HEADERS)
        return ((DAY_ROW, tuple(headers)),)
    if tab == workload.TAB:
        return tuple((DAY_ROW, (tongue.word(word),)) for word in workload.FIRST_WORDS)
    columns = next(view.COLUMNS for view in LISTS if tab == view.TAB)
    return (
        (1, tuple(tongue.show(f"header:{tab}", column.header) for column in columns[:TELLING])),
    )
