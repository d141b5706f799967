"""The heat map of the workload: rules that colour hours, and shares, by how much of a capacity they take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from sheetflow.cells import CellRange, Rule, Style
from sheetflow.translate import palette

LEAST, MOST = 0.001, 1e6
SHOWN_HOURS = 0.05
"""What rounding to one decimal can add to hours: so much above the capacity is not over it yet."""

Grid = Sequence[Sequence[float | None]]


def hours_rules(capacities: Grid, first_row: int, first_column: int) -> tuple[Rule, ...]:
    """Rules for hours by the capacity of each cell; None where there is none to tell, as on a day off."""
    found: dict[float, list[CellRange]] = {}
    for capacity, area in _areas(capacities, first_row, first_column):
        found.setdefault(capacity, []).append(area)
    return tuple(
        rule
        for capacity, areas in sorted(found.items())
        for rule in _rules(areas, capacity, SHOWN_HOURS)
    )


def share_rules(area: CellRange) -> tuple[Rule, ...]:
    """Rules for shares of a capacity."""
    return tuple(_rules((area,), 1.0, palette.ROUNDING))


def any_hours_rules(area: CellRange) -> tuple[Rule, ...]:
    """One rule for hours to which there is no limit."""
    return (_rule((area,), LEAST, MOST, palette.LOAD_STEPS[0][1]),)


def _rules(areas: Sequence[CellRange], capacity: float, tolerance: float) -> Iterator[Rule]:
    # A text counts as more than every number: with an upper end a word such as `off` stays as it is.
    if capacity > 0:
        for share, fill in palette.LOAD_STEPS:
            yield _rule(areas, LEAST, share * capacity + (tolerance if share == 1 else 0), fill)
    yield _rule(areas, LEAST, MOST, palette.OVER_LOAD)


def _rule(areas: Sequence[CellRange], least: float, most: float, fill: str) -> Rule:
    style = Style(ink=palette.ink_on(fill), fill=fill)
    return Rule(
        area=areas[0],
        beside=tuple(areas[1:]),
        operator="between",
        operand=least,
        upper=most,
        style=style,
    )


def _areas(
    capacities: Grid, first_row: int, first_column: int
) -> Iterator[tuple[float, CellRange]]:
    """Rectangles of one capacity each, by the row that they end in."""
    begun: dict[tuple[float, int, int], int] = {}
    for row, cells in enumerate((*capacities, ()), start=first_row):
        runs = {
            (capacity, first_column + first, first_column + last)
            for capacity, first, last in _runs(_filled(cells))
        }
        for run in sorted(begun.keys() - runs):
            capacity, first, last = run
            yield capacity, CellRange(begun.pop(run), first, row - 1, last)
        begun |= {run: row for run in runs if run not in begun}


def _filled(cells: Iterable[float | None]) -> list[float]:
    """The row with its blanks taken for what stands before them, or behind them at the beginning."""
    held = list(cells)
    known = [cell for cell in held if cell is not None]
    last = known[0] if known else 0.0
    filled = []
    for cell in held:
        last = last if cell is None else cell
        filled.append(last)
    return filled


def _runs(cells: Iterable[float]) -> Iterator[tuple[float, int, int]]:
    """Each run of equal numbers, with its first and its last place."""
    for capacity, group in groupby(enumerate(cells), key=lambda cell: cell[1]):
        places = [place for place, _ in group]
        yield capacity, places[0], places[-1]
