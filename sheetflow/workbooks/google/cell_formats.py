"""How cells look, as the API writes it.

cell_format(style) -> dict           # a CellFormat: all that it does not name is the sheet's default
number_format(pattern) -> dict       # a NumberFormat, {} for what Sheets does by itself
rgb("1F2933") -> dict                # a ColorStyle
"""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from sheetflow.cells import Style

Json: TypeAlias = dict[str, Any]

SIDE_ROOM, ROOM_ABOVE, INDENT = 5, 3, 8
"""Pixels between a text and the edges of its cell, and what a step of indent adds."""

POINT, LETTER, CELL_EDGES = 4 / 3, 7, 5
"""Pixels in a point, in a letter of average width, and beside the letters of a column."""

ALIGNED = {"left": "LEFT", "center": "CENTER", "right": "RIGHT"}
NO_FORMAT = "General"

_LOCALE = re.compile(r"\[\$-[0-9A-Fa-f]+\]")


def cell_format(style: Style) -> Json:
    """The format of a cell."""
    parts: Json = {
        "backgroundColorStyle": style.fill and rgb(style.fill),
        "textFormat": _text_format(style),
        "horizontalAlignment": ALIGNED.get(style.align or ""),
        "verticalAlignment": "MIDDLE",
        "wrapStrategy": "WRAP" if style.wrap else None,
        "textDirection": "RIGHT_TO_LEFT" if style.right_to_left else None,
        "numberFormat": number_format(style.number_format),
        "borders": _borders(style),
        "padding": _padding(style),
    }
    return {name: part for name, part in parts.items() if part}


def tint_format(style: Style) -> Json:
    """The little of a format that a conditional one can set: colours and weight."""
    weight = {"bold": True} if style.bold else {}
    ink = {"foregroundColorStyle": rgb(style.ink)} if style.ink else {}
    parts = {
        "backgroundColorStyle": style.fill and rgb(style.fill),
        "textFormat": {**weight, **ink},
    }
    return {name: part for name, part in parts.items() if part}


def number_format(pattern: str | None) -> Json:
    """The format of a number or a date; names of days and months come in the spreadsheet's own language."""
    plain = _LOCALE.sub("", pattern or NO_FORMAT)
    if plain == NO_FORMAT:
        return {}
    kind = "DATE" if set(plain) & set("dmy") else "PERCENT" if "%" in plain else "NUMBER"
    return {"type": kind, "pattern": plain}


def rgb(colour: str) -> Json:
    """Six hex digits as shares of red, green and blue."""
    parts = zip(("red", "green", "blue"), bytes.fromhex(colour), strict=True)
    return {"rgbColor": {name: round(part / 255, 4) for name, part in parts}}


def mixed(one: str, other: str, share: float) -> str:
    """A colour of which `share` is the other one."""
    pairs = zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)
    return bytes(round(a + (b - a) * share) for a, b in pairs).hex().upper()


def column_pixels(width: float) -> int:
    """The width of a column that holds so many characters."""
    return round(width * LETTER) + CELL_EDGES


def row_pixels(height: float) -> int:
    """The height of a row of so many points."""
    return round(height * POINT)


def _text_format(style: Style) -> Json:
    parts: Json = {
        "foregroundColorStyle": style.ink and rgb(style.ink),
        "fontFamily": style.font,
        "fontSize": style.size and round(style.size),
        "bold": style.bold,
    }
    return {name: part for name, part in parts.items() if part}


def _borders(style: Style) -> Json:
    edges = {
        "bottom": (style.outline or style.under, style.outline),
        "left": (style.outline or style.left_edge, style.outline or style.left_edge),
        "right": (style.outline, style.outline),
        "top": (style.outline, style.outline),
    }
    return {
        side: {"style": "SOLID_MEDIUM" if strong else "SOLID", "colorStyle": rgb(colour)}
        for side, (colour, strong) in edges.items()
        if colour
    }


def _padding(style: Style) -> Json:
    beside = SIDE_ROOM + INDENT * style.indent
    return {
        "top": ROOM_ABOVE,
        "bottom": ROOM_ABOVE,
        "left": SIDE_ROOM if style.align == "right" else beside,
        "right": beside if style.align == "right" else SIDE_ROOM,
    }
