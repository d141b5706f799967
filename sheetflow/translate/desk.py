"""The workbook spread out: opens its tabs by name, and gathers what is wrong in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sheetflow.cells import Snapshot
from sheetflow.errors import Problem
from sheetflow.translate.catalog import Catalog
from sheetflow.translate.finding import (
    FoundTabs,
    find_settings,
    find_tabs,
    publications_tab,
    tab_of,
)
from sheetflow.translate.layout import COMPUTED_TABS, PublicationsTab, Tab
from sheetflow.translate.rows import Rows
from sheetflow.translate.vocabulary import Vocabulary, vocabulary

_ADDRESS = re.compile(r"([A-Z]+)(\d+)")
_NO_TABS = FoundTabs(publications=(), others={}, problems=())


class Desk:
    """Settings are opened first: they may hold the team's own words for all other tabs."""

    def __init__(self, snapshot: Snapshot) -> None:
        """Nothing is open yet."""
        self.tabs: dict[str, Tab] = {}
        self._snapshot = snapshot
        self._words = vocabulary()
        self._found = _NO_TABS
        self._opened: list[Rows] = []
        self._problems: list[Problem] = []

    def open_settings(self) -> Rows | None:
        """The Settings tab, if there is one."""
        table = find_settings(self._snapshot, self._words)
        if table:
            self._found = FoundTabs(publications=(), others={"Settings": table}, problems=())
        return self.open("Settings")

    def find(self, words: Vocabulary) -> None:
        """Find all tabs, by the team's words too; UserError where none holds publications."""
        self._words = words
        self._found = find_tabs(self._snapshot, words)
        self.note(self._found.problems)

    def open(self, name: str) -> Rows | None:
        """The rows of a tab; None where the workbook has none."""
        table = self._found.others.get(name)
        if table is None:
            return None
        tab, problems = tab_of(table, name, self._words)
        if name not in COMPUTED_TABS:
            self.note(problems)
        if tab is None:
            return None
        self.tabs[name] = tab
        return self._keep(Rows(table, tab))

    def open_publications(self, catalog: Catalog) -> list[tuple[Rows, PublicationsTab]]:
        """All tabs of publications."""
        opened = []
        for table, row in self._found.publications:
            tab, problems = publications_tab(table, row, self._words, catalog.is_step)
            self.note(problems)
            opened.append((self._keep(Rows(table, tab)), tab))
        return opened

    def computed(self) -> dict[str, str]:
        """The sheets that SheetFlow owns, by their canonical names."""
        others = self._found.others
        return {name: others[name].sheet for name in COMPUTED_TABS if name in others}

    def note(self, problems: Iterable[Problem]) -> None:
        """Add problems that belong to no row."""
        self._problems += problems

    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong, in the order of the workbook; what SheetFlow wrote itself is not to be blamed."""
        order = {table.sheet: number for number, table in enumerate(self._snapshot.tables)}
        return tuple(
            sorted(
                self._all(), key=lambda problem: (order.get(problem.sheet, -1), *_place(problem))
            )
        )

    def _all(self) -> Iterator[Problem]:
        yield from self._problems
        ours = self.computed().values()
        for rows in self._opened:
            for problem in rows.problems:
                if problem.sheet not in ours or problem.code == "history_unreadable":
                    yield problem

    def _keep(self, rows: Rows) -> Rows:
        self._opened.append(rows)
        return rows


def _place(problem: Problem) -> tuple[int, int, str]:
    found = _ADDRESS.fullmatch(problem.cell)
    if not found:
        return 0, 0, ""
    letters, row = found.groups()
    return int(row), len(letters), letters
