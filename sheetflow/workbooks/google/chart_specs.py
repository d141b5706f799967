"""Charts as the API writes them: bars beside each other, as Sheets has no bars in front of one another."""

from __future__ import annotations

from sheetflow.cells import CellRange, Chart, ComputedTab, Series
from sheetflow.workbooks.google.cell_formats import Json, rgb, row_pixels
from sheetflow.workbooks.google.grid_ranges import grid_range

TITLE_SIZE = 11
PIXELS_A_STEP = 50
"""Sizes go by steps, so that another line seldom makes it another chart."""


def chart_request(tab: ComputedTab, chart: Chart, sheet_id: int, chart_id: int) -> Json:
    """Adds the chart over its own tab's cells, with its corner near where it is to be."""
    place = {
        "anchorCell": {
            "sheetId": sheet_id,
            "rowIndex": chart.row - 1,
            "columnIndex": chart.column - 1,
        },
        "widthPixels": _stepped(row_pixels(chart.width)),
        "heightPixels": _stepped(row_pixels(chart.height)),
    }
    made = {
        "chartId": chart_id,
        "spec": _spec(tab, chart, sheet_id),
        "position": {"overlayPosition": place},
    }
    return {"addChart": {"chart": made}}


def _stepped(pixels: int) -> int:
    return -(-pixels // PIXELS_A_STEP) * PIXELS_A_STEP


def _spec(tab: ComputedTab, chart: Chart, sheet_id: int) -> Json:
    named = all(_is_named(tab, series) for series in chart.series)
    values_axis = "BOTTOM_AXIS" if chart.lying else "LEFT_AXIS"
    font = {"fontName": chart.font} if chart.font else {}
    basic = {
        "chartType": "BAR" if chart.lying else "COLUMN",
        "legendPosition": "BOTTOM_LEGEND" if named and len(chart.series) > 1 else "NO_LEGEND",
        "axis": [{"position": values_axis}],
        "domains": [{"domain": _data(sheet_id, chart.categories, named=named), **_way(tab, chart)}],
        "series": [
            {
                "series": _data(sheet_id, series.values, named=named),
                "targetAxis": values_axis,
                "colorStyle": rgb(series.colour),
            }
            for series in chart.series
        ],
        "headerCount": int(named),
    }
    look = {"bold": True, "fontSize": TITLE_SIZE, "foregroundColorStyle": rgb(chart.ink)}
    return {
        "title": chart.title,
        "altText": chart.title,
        "titleTextFormat": look,
        "hiddenDimensionStrategy": "SHOW_ALL",
        "basicChart": basic,
        **font,
    }


def _way(tab: ComputedTab, chart: Chart) -> Json:
    return {"reversed": True} if tab.right_to_left and not chart.lying else {}


def _is_named(tab: ComputedTab, series: Series) -> bool:
    """Whether the cell above the numbers holds the name of the series."""
    row, column = series.values.first_row - 1, series.values.first_column
    return 0 < row <= len(tab.rows) and tab.rows[row - 1][column - 1 : column] == (series.name,)


def _data(sheet_id: int, area: CellRange, *, named: bool) -> Json:
    with_name = CellRange(
        area.first_row - named, area.first_column, area.last_row, area.last_column
    )
    return {"sourceRange": {"sources": [grid_range(sheet_id, with_name)]}}
