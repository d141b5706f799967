"""Finding the tabs: publications by their headers, whatever the tab is called; all others by their names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NoReturn

from sheetflow.cells import Snapshot, Table
from sheetflow.errors import Problem, Severity, UserError
from sheetflow.translate.columns import Columns, IsStep
from sheetflow.translate.header_row import find_header_row, fullest_row
from sheetflow.translate.layout import (
    COMPUTED_TABS,
    REQUIRED,
    PublicationsTab,
    StepColumn,
    Tab,
)
from sheetflow.translate.oddities import oddities
from sheetflow.translate.vocabulary import Vocabulary

PUBLICATIONS = "Publications"
REQUIRED_OF_TABS = {
    "Workflows": ("Type", "Step"),
    "Team": ("Name",),
    "Time off": ("Name", "From"),
    "Holidays": ("Date",),
    "Settings": ("Setting", "Value"),
    "Steps": ("ID", "Step"),
    "History": ("ID", "Step", "Event"),
}
TELLING_HEADERS = {
    "Workflows": ("Type", "Step", "Days"),
    "Team": ("Name", "Skills"),
    "Time off": ("Name", "From", "To"),
    "Settings": ("Setting", "Value"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTabs:
    """The sheets by what they hold: canonical tab name to table; `publications` with their header rows."""

    publications: tuple[tuple[Table, int], ...]
    others: Mapping[str, Table]
    problems: tuple[Problem, ...]


def find_tabs(snapshot: Snapshot, words: Vocabulary) -> FoundTabs:
    """All tabs that matter; UserError where none holds publications."""
    named = {table.sheet: words.find("tab", table.sheet) for table in snapshot.tables}
    publications, others, problems = [], dict[str, Table](), list[Problem]()
    for table in snapshot.tables:
        name = named[table.sheet]
        row = find_header_row(table, f"header:{PUBLICATIONS}", REQUIRED, words)
        if row and name not in COMPUTED_TABS:
            publications.append((table, row))
        elif name == PUBLICATIONS:
            problems.append(_headless(table, words))
        elif not (name := name or _by_content(table, set(named.values()), words)):
            continue
        elif others.setdefault(name, table) is not table:
            problems.append(_twice(table, others[name]))
    if not publications:
        _give_up(problems)
    return FoundTabs(publications=tuple(publications), others=others, problems=tuple(problems))


def find_settings(snapshot: Snapshot, words: Vocabulary) -> Table | None:
    """The Settings tab, which is read before all others: it may hold the team's own words for them."""
    required = REQUIRED_OF_TABS["Settings"]
    named = [table for table in snapshot.tables if words.find("tab", table.sheet) == "Settings"]
    for table in named or snapshot.tables:
        if find_header_row(table, "header:Settings", required, words):
            return table
    return named[0] if named else None


def _by_content(table: Table, taken: set[str | None], words: Vocabulary) -> str | None:
    """What a tab of an unknown name holds, where its headers leave no doubt and no other tab bears the name."""
    for name, headers in TELLING_HEADERS.items():
        if name not in taken and find_header_row(table, f"header:{name}", headers, words):
            return name
    return None


def _headless(table: Table, words: Vocabulary) -> Problem:
    found = fullest_row(table, f"header:{PUBLICATIONS}", REQUIRED, words)
    missing = tuple(name for name in REQUIRED if name not in found)
    return Problem(
        code="header_missing" if found else "no_header_row",
        sheet=table.sheet,
        facts={"value": table.sheet, "headers": missing},
    )


def _twice(table: Table, first: Table) -> Problem:
    return Problem(
        code="tab_twice",
        sheet=table.sheet,
        severity=Severity.WARNING,
        facts={"value": table.sheet, "other": first.sheet},
    )


def _give_up(problems: list[Problem]) -> NoReturn:
    for problem in problems:
        if problem.code in {"header_missing", "no_header_row"}:
            raise UserError(problem.code, **problem.facts)
    raise UserError("no_publications_tab", headers=REQUIRED)


def tab_of(table: Table, name: str, words: Vocabulary) -> tuple[Tab | None, list[Problem]]:
    """The columns of a tab that is not one of publications; no tab where it has no header row."""
    required = REQUIRED_OF_TABS[name]
    row = find_header_row(table, f"header:{name}", required, words)
    if row is None:
        problem = Problem(
            code="no_header_row",
            sheet=table.sheet,
            facts={"value": table.sheet, "headers": required},
        )
        own = words.is_own_name("tab", table.sheet)
        return None, [problem] if own and any(map(any, table.rows)) else []
    columns = Columns(table, row, f"header:{name}", words)
    tab = Tab(
        sheet=table.sheet,
        header_row=row,
        columns=columns.known,
        first_row=row + 1,
        last_row=_last_row(table, row, columns.known.values()),
        last_column=max(columns.headers()),
    )
    return tab, columns.problems


def publications_tab(
    table: Table, row: int, words: Vocabulary, is_step: IsStep
) -> tuple[PublicationsTab, list[Problem]]:
    """The columns of a tab of publications."""
    columns = Columns(table, row, f"header:{PUBLICATIONS}", words, is_step)
    blocking = [columns.doubled[name] for name in REQUIRED if name in columns.doubled]
    headers = columns.headers()
    tab = PublicationsTab(
        sheet=table.sheet,
        header_row=row,
        columns=columns.known,
        first_row=row + 1,
        last_row=_last_row(table, row, [c for n, c in columns.known.items() if n in REQUIRED]),
        last_column=max(headers),
        step_columns=_step_columns(headers, columns.known, words, is_step),
        blocked=blocking[0] if blocking else None,
    )
    return tab, [*columns.problems, *oddities(table, tab)]


def _step_columns(
    headers: Mapping[int, str], known: Mapping[str, int], words: Vocabulary, is_step: IsStep
) -> tuple[StepColumn, ...]:
    found = []
    for column, header in headers.items():
        named = words.step_column(header) if column not in known.values() else None
        if named and is_step(named[0]):
            found.append(StepColumn(*named, column))
    return tuple(found)


def _last_row(table: Table, header_row: int, columns: Collection[int]) -> int:
    for row in range(len(table.rows), header_row, -1):
        if any(_stands(table, row, column) for column in columns):
            return row
    return header_row


def _stands(table: Table, row: int, column: int) -> bool:
    value = table.at(row, column)
    blank = value is None or (isinstance(value, str) and not value.strip())
    return not blank or (row, column) in table.formulas
