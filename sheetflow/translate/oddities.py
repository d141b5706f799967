"""What a table has that a plan cannot use, and that is left as it is: formulas where SheetFlow writes, merged cells."""

from __future__ import annotations

from collections.abc import Iterator

from sheetflow.cells import CellRange, CellRef, Table
from sheetflow.errors import Problem, Severity
from sheetflow.translate.layout import COMPUTED, PublicationsTab
from sheetflow.translate.rows import as_text, shorten


def oddities(table: Table, tab: PublicationsTab) -> Iterator[Problem]:
    """One warning for each computed column with formulas and for each merged range."""
    yield from _formulas(table, tab)
    for merged in table.merged:
        yield from _merged(merged, tab)


def _formulas(table: Table, tab: PublicationsTab) -> Iterator[Problem]:
    ours = {tab.columns[name] for name in COMPUTED if name in tab.columns}
    ours |= {step.column for step in tab.step_columns}
    first: dict[int, int] = {}
    for row, column in sorted(table.formulas):
        if column in ours and tab.first_row <= row <= tab.last_row:
            first.setdefault(column, row)
    for column, row in sorted(first.items()):
        header = as_text(table.at(tab.header_row, column))
        formula = shorten(table.formulas[row, column])
        yield _warning("formula_in_computed_column", tab, row, column, header, formula)


def _merged(merged: CellRange, tab: PublicationsTab) -> Iterator[Problem]:
    """The first cell that the range covers and that would be read."""
    for row in range(max(merged.first_row, tab.first_row), min(merged.last_row, tab.last_row) + 1):
        for header, column in tab.columns.items():
            if merged.covers(row, column):
                yield _warning("merged_cells", tab, row, column, header, merged.a1)
                return


def _warning(
    code: str, tab: PublicationsTab, row: int, column: int, header: str, value: str
) -> Problem:
    return Problem(
        code=code,
        sheet=tab.sheet,
        cell=CellRef(tab.sheet, row, column).a1,
        severity=Severity.WARNING,
        facts={"heading": header, "value": value},
    )
