"""Setting up a spreadsheet that is there: the tabs that it lacks, and what helps people in those that it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from sheetflow.cells import (
    CellRange,
    ComputedTab,
    DropDown,
    Snapshot,
    StarterTab,
    Table,
    column_letters,
)
from sheetflow.domain.settings import Language
from sheetflow.errors import UserError
from sheetflow.translate.columns import Columns
from sheetflow.translate.finding import (
    PUBLICATIONS,
    REQUIRED_OF_TABS,
    FoundTabs,
    find_tabs,
)
from sheetflow.translate.header_row import find_header_row
from sheetflow.translate.layout import REQUIRED
from sheetflow.translate.shipped import catalog
from sheetflow.translate.starter import COLUMNS, COMPUTED, LISTS, ROWS, starter_tabs
from sheetflow.translate.vocabulary import vocabulary

FILLED = {"Settings"}
"""Tabs that keep the rows that they begin with: their rows say what is usual, and are no samples."""


def tabs_to_set_up(snapshot: Snapshot, language: Language, today: date) -> tuple[StarterTab, ...]:
    """The tabs that are missing, and for those that are there their drop-downs, notes and colours without a cell.

    A team that has publications already gets no sample rows: people who do not exist would be given work.
    """
    begins = dict(zip((*COLUMNS, LISTS), starter_tabs(language, today), strict=True))
    begins[PUBLICATIONS] = _guarded(begins[PUBLICATIONS], language)
    present = _present(snapshot)
    samples = () if PUBLICATIONS in present else tuple(COLUMNS)
    tabs: list[StarterTab] = []
    for name, starter in begins.items():
        if name in present:
            tabs += _furnishings(name, starter, present)
        else:
            tabs.append(starter if name in {*samples, *FILLED, LISTS} else _blank(starter))
    return tuple(_offering_people(tab, present) for tab in tabs)


def _offering_people(starter: StarterTab, present: Mapping[str, tuple[Table, ...]]) -> StarterTab:
    """The names of the team are offered from where they stand."""
    source = next(_people(present), None)
    offered = tuple(
        replace(each, source=source) if source and each.source.startswith("'") else each
        for each in starter.drop_downs
    )
    return replace(starter, drop_downs=offered)


def _people(present: Mapping[str, tuple[Table, ...]]) -> Iterator[str]:
    for table in present.get("Team", ()):
        row = find_header_row(table, "header:Team", REQUIRED_OF_TABS["Team"], vocabulary())
        if row:
            column = Columns(table, row, "header:Team", vocabulary()).known["Name"]
            letters, title = column_letters(column), table.sheet.replace("'", "''")
            yield f"'{title}'!${letters}${row + 1}:${letters}${row + ROWS}"


def _present(snapshot: Snapshot) -> Mapping[str, tuple[Table, ...]]:
    """The sheets by what they hold, and by what their names say."""
    words = vocabulary()
    found = _found(snapshot)
    present: dict[str, list[Table]] = {PUBLICATIONS: [table for table, _ in found.publications]}
    for name, table in found.others.items():
        present.setdefault(name, []).append(table)
    for table in snapshot.tables:
        named = words.find("tab", table.sheet)
        if named and table not in present.setdefault(named, []):
            present[named].append(table)
    return {name: tuple(tables) for name, tables in present.items() if tables}


def _found(snapshot: Snapshot) -> FoundTabs:
    try:
        return find_tabs(snapshot, vocabulary())
    except UserError:  # nobody has any publications yet
        return FoundTabs(publications=(), others={}, problems=())


def _guarded(starter: StarterTab, language: Language) -> StarterTab:
    columns = [COLUMNS[PUBLICATIONS].index(name) + 1 for name in COMPUTED]
    area = CellRange(2, min(columns), 2, max(columns))
    warning = str(catalog(language, "starter")["warnings"]["computed"])
    return replace(starter, guarded=(area,), warning=warning)


def _blank(starter: StarterTab) -> StarterTab:
    return replace(starter, tab=replace(starter.tab, rows=starter.tab.rows[:1]))


def _furnishings(
    name: str, starter: StarterTab, present: Mapping[str, tuple[Table, ...]]
) -> Iterator[StarterTab]:
    required = REQUIRED if name == PUBLICATIONS else REQUIRED_OF_TABS[name]
    for table in present[name]:
        row = find_header_row(table, f"header:{name}", required, vocabulary())
        if row:
            known = Columns(table, row, f"header:{name}", vocabulary()).known
            yield _moved(name, starter, table, row, known)


def _moved(
    name: str, starter: StarterTab, table: Table, row: int, known: Mapping[str, int]
) -> StarterTab:
    """What the new tab would have, at the columns where the sheet has them."""
    places = {
        number: known[column]
        for number, column in enumerate(COLUMNS[name], start=1)
        if column in known
    }
    tab = ComputedTab(
        sheet=table.sheet,
        rows=(),
        frozen_rows=row,
        rules=tuple(
            replace(rule, area=_under(row, places[rule.area.first_column]))
            for rule in starter.tab.rules
            if rule.area.first_column in places
        ),
    )
    return replace(
        starter,
        tab=tab,
        drop_downs=tuple(_drop_downs(starter, row, places)),
        notes={(row, places[at]): text for (_, at), text in starter.notes.items() if at in places},
        guarded=tuple(
            _under(row, known[column])
            for column in (COMPUTED if starter.guarded else ())
            if column in known
        ),
    )


def _drop_downs(starter: StarterTab, row: int, places: Mapping[int, int]) -> Iterator[DropDown]:
    """What the team has typed may be said otherwise than in the lists: nothing is refused."""
    for offered in starter.drop_downs:
        if offered.area.first_column in places:
            area = _under(row, places[offered.area.first_column])
            yield replace(offered, area=area, strict=False)


def _under(row: int, column: int) -> CellRange:
    return CellRange(row + 1, column, row + 1, column)
