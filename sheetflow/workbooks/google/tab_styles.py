"""The styles of a computed tab that last: those of its header's cells, and one for each column below.

A header of several rows stands over a grid: its columns, right of those that stay in view, look alike. In a list each
column has its own look, the same whatever stands in it, so that a longer list or a blank one is no other tab.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TypeAlias, TypeVar

from sheetflow.cells import ComputedTab, Style, StyleRow, StyleRows
from sheetflow.workbooks.google.cell_formats import NO_FORMAT, number_format
from sheetflow.workbooks.google.tints import WHITE

PLAIN = Style()
Each = TypeVar("Each")
Counted: TypeAlias = Mapping[Style, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TabStyles:
    """The styles of the header's rows, cell by cell, and of the columns' bodies.

    From a row on, a grid may show its numbers by another pattern: `lower` is that row, with the pattern.
    """

    heads: tuple[StyleRow, ...]
    columns: tuple[Style, ...]
    lower: tuple[int, str] | None = None

    def at(self, row: int, column: int) -> Style:
        """The style that a cell has for good."""
        cells = self.heads[row - 1] if row <= len(self.heads) else self.columns
        return (cells[column - 1] if column <= len(cells) else None) or PLAIN


def first_of_grid(tab: ComputedTab) -> int | None:
    """The first column of a grid; None in a list."""
    return tab.frozen_columns + 1 if tab.frozen_rows > 1 else None


def seen_columns(tab: ComputedTab) -> int:
    """How many columns there are but for the hidden ones at the end."""
    end = len(tab.widths)
    while end and not tab.widths[end - 1]:
        end -= 1
    return end or max(map(len, tab.rows), default=0)


def style_rows(tab: ComputedTab) -> Sequence[StyleRow]:
    """The styles of the tab's cells, row by row."""
    if isinstance(tab.styles, StyleRows):
        return tab.styles.rows
    rows: dict[int, dict[int, Style]] = {}
    for (row, column), style in tab.styles.items():
        rows.setdefault(row, {})[column] = style
    return [
        tuple(rows[row].get(column) for column in range(1, max(rows[row]) + 1))
        if row in rows
        else ()
        for row in range(1, max(rows, default=0) + 1)
    ]


def tab_styles(
    tab: ComputedTab, places: Sequence[StyleRow], former: Sequence[str] = ()
) -> TabStyles:
    """What is set as format; whatever differs from it follows the plan.

    The `former` patterns of the columns stay where they show the same with a year, or where there is no number now.
    """
    heads, body = places[: tab.frozen_rows], places[tab.frozen_rows :]
    width = max(len(tab.body), *map(len, places), 0)
    counted = _counted([*body, tab.body], width)
    grid = first_of_grid(tab)
    if grid is not None and width >= grid:
        together = sum(counted[grid - 1 :], Counter[Style]())
        counted = [*counted[: grid - 1], *[together] * (width - grid + 1)]
    columns = [
        _column_style(found, pattern or "", body)
        for found, pattern, body in zip_longest(counted, former, tab.body)
        if found is not None
    ]
    return TabStyles(
        heads=(*heads[:1], *map(_lasting_head, heads[1:])),
        columns=tuple(columns),
        lower=None if grid is None else _lower(body, grid, tab.frozen_rows),
    )


def _counted(body: Sequence[StyleRow], width: int) -> list[Counter[Style]]:
    """How often each style stands in each column."""
    # Rows that look the same share one tuple: that keeps lists of very many rows quick.
    rows, counts = {id(row): row for row in body}, Counter(map(id, body))
    found = [Counter[Style]() for _ in range(width)]
    for key, row in rows.items():
        for column, style in enumerate(row):
            if style is not None:
                found[column][style] += counts[key]
    return found


def _lasting_head(row: StyleRow) -> StyleRow:
    """What stays of a row in the header when another day is today."""
    looks = Counter((s.fill, s.ink, s.bold, s.under) for s in row if s)
    if not looks:
        return row
    fill, ink, bold, under = looks.most_common(1)[0][0]
    return tuple(
        style and replace(style, fill=fill, ink=ink, bold=bold, under=under) for style in row
    )


def _column_style(found: Counted, former: str, body: Style | None) -> Style:
    """How the cells of a column look that hold words; fills, outlines and edges follow the plan."""
    if body is not None:
        return replace(body, number_format=_pattern_of(found, former) or None)
    worded = {style: count for style, count in found.items() if style.size} or found
    if not worded:
        return PLAIN
    usual = _commonest((_bare(style), count) for style, count in worded.items())
    return replace(
        usual,
        under=_commonest((style.under, count) for style, count in found.items()),
        left_edge=WHITE if any(style.left_edge for style in found) else None,
        number_format=_pattern_of(found, former) or None,
    )


def _commonest(counted: Iterable[tuple[Each, int]]) -> Each:
    counts = Counter[Each]()
    for each, count in counted:
        counts[each] += count
    return counts.most_common(1)[0][0]


def _bare(style: Style) -> Style:
    return replace(style, fill=None, outline=None, left_edge=None, under=None, number_format=None)


def _pattern_of(found: Counted, former: str) -> str:
    """General where anything is; else the commonest, and the longest that begins with it: the one with a year."""
    patterns = {pattern: count for style, count in found.items() if (pattern := _pattern(style))}
    if NO_FORMAT in patterns:
        return NO_FORMAT
    usual = _commonest(patterns.items()) if patterns else former
    return max((each for each in (*patterns, former) if each.startswith(usual)), key=len)


def _pattern(style: Style) -> str:
    """The pattern as Sheets knows it; blank where the style leaves it open."""
    if style.number_format is None:
        return ""
    return str(number_format(style.number_format).get("pattern", NO_FORMAT))


def _lower(body: Sequence[StyleRow], grid: int, rows_above: int) -> tuple[int, str] | None:
    """The first row of a grid that shows numbers by a pattern of its own."""
    for number, row in enumerate(body, start=rows_above + 1):
        patterns = {_pattern(style) for style in row[grid - 1 :] if style} - {"", NO_FORMAT}
        if patterns:
            return number, min(patterns)
    return None
