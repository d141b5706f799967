"""Room in a tab, so that a plan that reaches further needs no other look of the sheet.

room_for(tab, held) -> int             # as many columns as the sheet has, where that is enough
roomy = with_room(tab, room)           # so many columns that are seen, then the hidden ones that the tab ends in
anchored = with_charts(tab, rows)      # its charts in these rows, where they are below all cells and not far off
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, repeat

from sheetflow.cells import CellRange, Chart, ComputedTab, StyleRow, StyleRows, Value
from sheetflow.workbooks.google.tab_styles import first_of_grid, seen_columns, style_rows

SPARE_COLUMNS = 28
"""Four weeks of days."""

SPARE_ROWS = 6
"""Above a chart, for a list that grows towards it."""

DAYS_A_WEEK = 7


def room_for(tab: ComputedTab, held: int) -> int:
    """The columns that are to be seen, used or not; `held` is what the sheet has room for now."""
    needed = seen_columns(tab)
    if first_of_grid(tab) is None or not tab.widths:
        return needed
    return held if needed <= held <= needed + 2 * SPARE_COLUMNS else needed + SPARE_COLUMNS


def with_room(tab: ComputedTab, room: int) -> ComputedTab:
    """The tab with its hidden columns behind so many others; the new ones are as wide as those a week before."""
    end = seen_columns(tab)
    more = room - end
    if more <= 0:
        return tab
    widths = list(tab.widths[:end])
    while len(widths) < room:
        widths.append(widths[-min(DAYS_A_WEEK, len(widths))])
    return replace(
        tab,
        rows=tuple(_moved(row, end, more) for row in tab.rows),
        styles=StyleRows(tuple(_moved_styles(row, end, more) for row in style_rows(tab))),
        widths=(*widths, *tab.widths[end:]),
        charts=tuple(_moved_chart(chart, end, more) for chart in tab.charts),
    )


def _moved(row: tuple[Value, ...], end: int, more: int) -> tuple[Value, ...]:
    return (*row[:end], *(None,) * more, *row[end:]) if len(row) > end else row


def _moved_styles(row: StyleRow, end: int, more: int) -> StyleRow:
    return (*row[:end], *(None,) * more, *row[end:]) if len(row) > end else row


def _moved_chart(chart: Chart, end: int, more: int) -> Chart:
    series = tuple(replace(each, values=_beyond(each.values, end, more)) for each in chart.series)
    return replace(chart, categories=_beyond(chart.categories, end, more), series=series)


def _beyond(area: CellRange, end: int, more: int) -> CellRange:
    if area.first_column <= end:
        return area
    first, last = area.first_column + more, area.last_column + more
    return replace(area, first_column=first, last_column=last)


def with_charts(tab: ComputedTab, held: Sequence[int]) -> ComputedTab:
    """The tab with its charts in the rows in which the sheet has them, or in new ones with some room above."""
    rows = chain(held, repeat(0))
    charts = (
        replace(chart, row=_chart_row(chart.row, row))
        for chart, row in zip(tab.charts, rows, strict=False)
    )
    return replace(tab, charts=tuple(charts))


def _chart_row(needed: int, held: int) -> int:
    return held if needed <= held <= needed + 2 * SPARE_ROWS else needed + SPARE_ROWS
