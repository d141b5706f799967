"""Turning a tab round for languages that are written from right to left."""

from __future__ import annotations

from dataclasses import replace

from sheetflow.cells import ComputedTab, Style

# Free and at home on Linux and in Google Sheets; where it is missing, Excel takes one with the same letters.
FONT = "Noto Sans Arabic"
TURNED = {None: "right", "right": "left"}


def facing_left(tab: ComputedTab) -> ComputedTab:
    """The tab with its texts at the right of their cells, and its numbers at the left."""
    # The new styles are shared among cells as the old ones are: that keeps large tabs quick.
    turned: dict[int, Style] = {}
    for style in tab.styles.values():
        if id(style) not in turned:
            turned[id(style)] = turned_style(style)
    styles = {place: turned[id(style)] for place, style in tab.styles.items()}
    return replace(tab, styles=styles, right_to_left=True)


def turned_style(style: Style) -> Style:
    """The style with its alignment turned round, in a font that has the letters."""
    return replace(style, font=FONT, align=TURNED.get(style.align, style.align))
