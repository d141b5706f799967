"""Turning a tab round for languages that are written from right to left."""

from __future__ import annotations

from dataclasses import replace

from sheetflow.cells import ComputedTab, Style, Value

# Free and at home on Linux and in Google Sheets; where it is missing, Excel takes one with the same letters.
FONT = "Noto Sans Arabic"
TURNED = {None: "right", "left": "right", "right": "left"}
READ_FROM_THE_RIGHT = "\N{RIGHT-TO-LEFT MARK}"
PERSIAN_DIGITS = "[$-3000429]"
DIGITS = {plain: f"{PERSIAN_DIGITS}{plain}" for plain in ("General", "0", "0%")}


def facing_left(tab: ComputedTab) -> ComputedTab:
    """The tab with its texts at the right of their cells, and its numbers at the left in Persian digits."""
    # The new styles are shared among cells as the old ones are: that keeps large tabs quick.
    turned: dict[int, Style] = {}
    for style in tab.styles.values():
        if id(style) not in turned:
            turned[id(style)] = turned_style(style)
    styles = {place: turned[id(style)] for place, style in tab.styles.items()}
    heads = tuple(tuple(map(_marked, row)) for row in tab.rows[: tab.header_row])
    rows = (*heads, *tab.rows[tab.header_row :])
    return replace(tab, rows=rows, styles=styles, right_to_left=True)


def _marked(value: Value) -> Value:
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
