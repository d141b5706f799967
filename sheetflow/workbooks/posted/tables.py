"""Posted tabs as tables of cells, within limits: whoever posts them is not trusted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sheetflow.cells import CellRange, CellRef, Table, Value
from sheetflow.errors import UserError
from sheetflow.workbooks.posted.values import Carried, value_of
from sheetflow.workbooks.xlsx.package.addresses import area_of
from sheetflow.workbooks.xlsx.reading.totals import leave_out

Grid: TypeAlias = Sequence[Sequence[Carried] | None]

MOST_COLUMNS = 2_000
MOST_CELLS = 3_000_000
LONGEST_TEXT = 32_767


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedTab:
    """One tab as it was posted: its filled cells from `row` and `column` on, row by row.

    `formulas` and `formats` lie over the values; a row or a cell that has none is None there. A cell holds a formula
    where its text begins with = and something else is shown; a value None under it says that it was never computed, a
    blank text that it yields one. `merges` and `totals` (rows of totals, which are no
    publications) are addresses such as `A1:B2`. Where the tab `is_cut`, more rows follow that were not posted.
    """

    name: str
    values: Grid
    formulas: Grid = ()
    formats: Grid = ()
    row: int = 1
    column: int = 1
    merges: Sequence[str] = ()
    totals: Sequence[str] = ()
    is_cut: bool = False


def check_sizes(tabs: Sequence[PostedTab], most_rows: int) -> None:
    """Let tabs pass that are no larger than workbooks of publications are.

    Raises:
        UserError: A tab is too long or too wide, a text too long, there are too many cells, or a name is there twice.
    """
    seen: set[str] = set()
    cells = 0
    for tab in tabs:
        rows, columns = _extent(tab)
        cells += rows * columns
        if tab.name.casefold() in seen:
            raise UserError("posted_tab_twice", sheet=tab.name)
        if rows > most_rows:
            raise UserError("posted_tab_long", sheet=tab.name, most=most_rows)
        if columns > MOST_COLUMNS:
            raise UserError("posted_tab_wide", sheet=tab.name, most=MOST_COLUMNS)
        seen.add(tab.name.casefold())
    if cells > MOST_CELLS:
        raise UserError("posted_cells_many", most=MOST_CELLS)


def table_of(tab: PostedTab, epoch: date) -> Table:
    """The tab as a table; raises UserError where a text is longer than a cell can hold."""
    rows: list[list[Value]] = [[] for _ in range(tab.row - 1)]
    rows += _rows(tab, epoch)
    formulas = dict(_formulas(tab))
    _keep_blank_texts(tab, rows, formulas)
    for area in _areas(tab.totals):
        leave_out(area, rows, formulas)
    return Table(
        sheet=tab.name,
        rows=_trimmed(rows),
        formulas=formulas,
        merged=tuple(_areas(tab.merges)),
    )


def _extent(tab: PostedTab) -> tuple[int, int]:
    width = max((len(row) for row in tab.values if row), default=0)
    return tab.row + len(tab.values) - 1, tab.column + width - 1


def _rows(tab: PostedTab, epoch: date) -> Iterator[list[Value]]:
    before: list[Value] = [None] * (tab.column - 1)
    for place, row in enumerate(tab.values):
        shown = _row(tab.formats, place)
        cells = [
            value_of(cell, shown[at] if at < len(shown) else None, epoch)  # type: ignore[arg-type]
            for at, cell in enumerate(row or ())
        ]
        _check_texts(tab, place, cells)
        yield before + cells


def _check_texts(tab: PostedTab, place: int, cells: Sequence[Value]) -> None:
    for at, cell in enumerate(cells):
        if isinstance(cell, str) and len(cell) > LONGEST_TEXT:
            ref = CellRef(tab.name, tab.row + place, tab.column + at)
            raise UserError("posted_text_long", sheet=tab.name, cell=ref.a1, most=LONGEST_TEXT)


def _formulas(tab: PostedTab) -> Iterator[tuple[tuple[int, int], str]]:
    """What begins with = where something else is shown: text that somebody typed so is shown as it is."""
    for place, row in enumerate(tab.formulas):
        shown = _row(tab.values, place)
        for at, text in enumerate(row or ()):
            if not (isinstance(text, str) and text.startswith("=")):
                continue
            if at >= len(shown) or shown[at] != text:
                yield (tab.row + place, tab.column + at), text


def _keep_blank_texts(
    tab: PostedTab, rows: list[list[Value]], formulas: Iterable[tuple[int, int]]
) -> None:
    """A formula that yields a blank text has been computed: one without any value has not."""
    for row, column in formulas:
        shown = _row(tab.values, row - tab.row)
        at = column - tab.column
        if at < len(shown) and shown[at] == "":
            rows[row - 1][column - 1] = ""


def _row(grid: Grid, place: int) -> Sequence[Carried]:
    return (grid[place] if place < len(grid) else None) or ()


def _areas(addresses: Sequence[str]) -> Iterator[CellRange]:
    for address in addresses:
        area = area_of(address)
        if area is not None:
            yield area


def _trimmed(rows: list[list[Value]]) -> tuple[tuple[Value, ...], ...]:
    for cells in rows:
        while cells and cells[-1] is None:
            cells.pop()
    while rows and not rows[-1]:
        rows.pop()
    return tuple(map(tuple, rows))
