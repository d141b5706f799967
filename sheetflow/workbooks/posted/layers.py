"""How a computed tab looks, property by property: which rectangles have which fill, which ink, which number format.

A spreadsheet's own interface sets one property of many cells at once. So a tab of tens of thousands of rows comes down
to a few hundred rectangles: what nearly all cells have is said once for all of them, before what differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from sheetflow.cells import CellRange, ComputedTab, Style, StyleRow
from sheetflow.workbooks.xlsx.tabs.sheet_rows import look_rows

PROPERTIES = tuple(field.name for field in fields(Style))
NOTHING = (None, False, 0)
PLAIN = Style()


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """Neighbouring cells of a row in which a property (by its place in PROPERTIES) has one value."""

    place: int
    value: str | float
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One value of one property, and the cells that have it."""

    property: str
    value: str | float
    ranges: tuple[CellRange, ...]


def layers(tab: ComputedTab) -> tuple[Layer, ...]:
    """The layers of the tab, each over those before it."""
    looks = [look if any(look) else () for look in look_rows(tab)]
    height, width = len(looks), max(map(len, looks), default=0)
    usual = _usual(looks, height * width)
    found: dict[tuple[int, str | float], list[CellRange]] = {
        (place, value): [CellRange(1, 1, height, width)] for place, value in usual.items()
    }
    for run, first_row, last_row in _rectangles(looks, usual):
        area = CellRange(first_row, run.first, last_row, run.last)
        found.setdefault((run.place, run.value), []).append(area)
    ordered = sorted(found.items(), key=lambda item: item[0][0])
    return tuple(
        Layer(property=PROPERTIES[place], value=value, ranges=tuple(ranges))
        for (place, value), ranges in ordered
    )


def _usual(looks: Sequence[StyleRow], cells: int) -> dict[int, str | float]:
    """By property the value that most cells have, where every cell has one."""
    times = Counter(map(id, looks))
    counts: list[Counter[str | float]] = [Counter() for _ in PROPERTIES]
    for key, look in {id(look): look for look in looks}.items():
        styles = {id(style): style for style in look}
        for one, often in Counter(map(id, look)).items():
            for place, value in _said(styles[one]):
                counts[place][value] += often * times[key]
    return {
        place: max(count, key=lambda value: (count[value], str(value)))
        for place, count in enumerate(counts)
        if cells and count.total() == cells
    }


def _rectangles(
    looks: Sequence[StyleRow], usual: dict[int, str | float]
) -> Iterator[tuple[Run, int, int]]:
    """The runs with their first and last rows: a run goes on as long as the row below has the same one."""
    known: dict[tuple[int, ...], frozenset[Run]] = {}
    began: dict[Run, int] = {}
    before: StyleRow | None = None
    for row, look in enumerate((*looks, ()), start=1):
        if look is before:
            continue
        before = look
        key = tuple(map(id, look))
        runs = known.get(key)
        if runs is None:
            runs = known[key] = frozenset(_runs(look, usual))
        ended = sorted(run for run in began if run not in runs)
        yield from ((run, began.pop(run), row - 1) for run in ended)
        began.update((run, row) for run in runs if run not in began)


def _runs(look: StyleRow, usual: dict[int, str | float]) -> Iterator[Run]:
    """What in a row is not usual, as neighbouring cells."""
    open_runs: dict[int, tuple[str | float, int]] = {}
    before: Style | None = None
    for column, style in enumerate((*look, None), start=1):
        if style is before:
            continue
        before = style
        here = {place: value for place, value in _said(style) if usual.get(place) != value}
        for place, (value, first) in list(open_runs.items()):
            if here.get(place) != value:
                yield Run(place, value, first, column - 1)
                del open_runs[place]
        for place, value in here.items():
            open_runs.setdefault(place, (value, column))


def _said(style: Style | None) -> Iterator[tuple[int, str | float]]:
    for place, name in enumerate(PROPERTIES):
        value = getattr(style or PLAIN, name)
        if value not in NOTHING:
            yield place, value
