"""Turning a tab round for languages that are written from right to left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from sheetflow.cells import ComputedTab, Style, StyleRows, Value

# Free and at home on Linux and in Google Sheets; where it is missing, Excel takes one with the same letters.
FONT = "Noto Sans Arabic"
TURNED = {None: "right", "left": "right", "right": "left"}
READ_FROM_THE_RIGHT = "\N{RIGHT-TO-LEFT MARK}"
PERSIAN_DIGITS = "[$-3000429]"
DIGITS = {plain: f"{PERSIAN_DIGITS}{plain}" for plain in ("General", "0", "0%")}


def facing_left(tab: ComputedTab) -> ComputedTab:
    """The tab with its texts at the right of their cells, and its numbers at the left in Persian digits."""
    heads = tuple(tuple(map(marked, row)) for row in tab.rows[: tab.header_row])
    rows = (*heads, *tab.rows[tab.header_row :])
    charts = tuple(
        replace(chart, font=FONT, number_format=DIGITS[chart.number_format]) for chart in tab.charts
    )
    body = tuple(style and turned_style(style) for style in tab.body)
    return replace(
        tab, rows=rows, styles=_turned(tab.styles), charts=charts, body=body, right_to_left=True
    )


def _turned(styles: Mapping[tuple[int, int], Style]) -> Mapping[tuple[int, int], Style]:
    # The new styles are shared among cells as the old ones are: that keeps large tabs quick.
    turn = cache(turned_style)
    if not isinstance(styles, StyleRows):
        return {place: turn(style) for place, style in styles.items()}
    distinct = {id(row): row for row in styles.rows}
    turned = {key: tuple(style and turn(style) for style in row) for key, row in distinct.items()}
    return StyleRows(tuple(turned[id(row)] for row in styles.rows))


def marked(value: Value) -> Value:
    """A text that begins with a number, made to be read from the right by LibreOffice too."""
    return (
        f"{READ_FROM_THE_RIGHT}{value}" if isinstance(value, str) and value[:1].isdigit() else value
    )


def turned_style(style: Style) -> Style:
    """The style with its alignment turned round, in a font that has the letters and the digits."""
    return replace(
        style,
        font=FONT,
        align=TURNED.get(style.align, style.align),
        right_to_left=True,
        number_format=DIGITS.get(style.number_format or "", style.number_format),
    )
