"""A style in the words of a style sheet: its font, fill, border and alignment as XML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from sheetflow.cells import Style

READ_RIGHT_TO_LEFT = 2
FONT_ORDER = ("sz", "color", "name", "family", "charset", "scheme")
BUILT_IN_FORMATS = {
    "General": 0,
    "0": 1,
    "0.00": 2,
    "#,##0": 3,
    "#,##0.00": 4,
    "0%": 9,
    "0.00%": 10,
    "@": 49,
}
BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
APPLIED = {
    "numFmtId": "applyNumberFormat",
    "fontId": "applyFont",
    "fillId": "applyFill",
    "borderId": "applyBorder",
}
NO_PART_OF_A_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


def shows_dates(number_format: str) -> bool:
    """Whether a number is shown as a day or a time."""
    return bool(re.search("[dmyhs]", NO_PART_OF_A_DATE.sub("", number_format.lower())))


def is_made_here(number_format: str) -> bool:
    """Whether the format names its language as SheetFlow does, and not as a spreadsheet's own formats do."""
    return number_format.startswith("[$-") and not (
        number_format.endswith(";@") or number_format.startswith("[$-F")
    )


def font_xml(style: Style, usual: Mapping[str, bytes], prefix: str) -> bytes | None:
    """The style's font, None where it is the workbook's own, of which `usual` holds the properties."""
    if not (style.font or style.size or style.ink or style.bold):
        return None
    kept = ("sz", "color") if style.font else FONT_ORDER
    parts = {name: usual[name] for name in kept if name in usual}
    if style.font:
        parts["name"] = _tag(prefix, "name", val=style.font)
    if style.size:
        parts["sz"] = _tag(prefix, "sz", val=f"{style.size:g}")
    if style.ink:
        parts["color"] = _colour(prefix, style.ink)
    bold = _tag(prefix, "b") if style.bold else b""
    ordered = b"".join(parts.get(name, b"") for name in FONT_ORDER)
    return _wrapped(prefix, "font", bold + ordered)


def fill_xml(colour: str, prefix: str) -> bytes:
    """A cell's fill in one colour."""
    colours = _tag(prefix, "fgColor", rgb=f"FF{colour}") + _tag(prefix, "bgColor", indexed="64")
    pattern = _wrapped(prefix, "patternFill", colours, patternType="solid")
    return _wrapped(prefix, "fill", pattern)


def border_xml(style: Style, prefix: str) -> bytes:
    """The style's edges: all four, or those named."""
    around = style.outline and ("medium", style.outline)
    edges = {
        "left": around or (style.left_edge and ("medium", style.left_edge)),
        "right": around,
        "top": around,
        "bottom": around or (style.under and ("thin", style.under)),
        "diagonal": None,
    }
    sides = [
        _wrapped(prefix, side, _colour(prefix, edge[1]), style=edge[0])
        if edge
        else _tag(prefix, side)
        for side, edge in edges.items()
    ]
    return _wrapped(prefix, "border", b"".join(sides))


def alignment_xml(style: Style, prefix: str) -> bytes:
    """The style's alignment: always in the middle of a row's height."""
    said = {
        "horizontal": style.align,
        "vertical": "center",
        "wrapText": "1" if style.wrap else None,
        "indent": str(style.indent) if style.indent else None,
        "readingOrder": str(READ_RIGHT_TO_LEFT) if style.right_to_left else None,
    }
    return _tag(prefix, "alignment", **{name: value for name, value in said.items() if value})


def look_xml(numbers: Mapping[str, int], alignment: bytes, prefix: str, *, quoted: bool) -> bytes:
    """A look made of a number format, a font, a fill and a border, each by its number, and an alignment."""
    said = {name: str(number) for name, number in numbers.items()} | {"xfId": "0"}
    said |= {"quotePrefix": "1"} if quoted else {}
    said |= {APPLIED[name]: "1" for name, number in numbers.items() if number}
    return _wrapped(prefix, "xf", alignment, **said, applyAlignment="1")


def dxf_xml(style: Style, prefix: str) -> bytes:
    """What a conditional format changes: weight, ink and fill."""
    bold = _tag(prefix, "b") if style.bold else b""
    ink = _colour(prefix, style.ink) if style.ink else b""
    font = _wrapped(prefix, "font", bold + ink) if bold or ink else b""
    if not style.fill:
        return _wrapped(prefix, "dxf", font)
    # In a conditional format the background colour is the one that a solid fill shows.
    background = _tag(prefix, "bgColor", rgb=f"FF{style.fill}")
    pattern = _wrapped(prefix, "patternFill", background, patternType="solid")
    return _wrapped(prefix, "dxf", font + _wrapped(prefix, "fill", pattern))


def format_xml(number: int, number_format: str, prefix: str) -> bytes:
    """A number format under its number."""
    return _tag(prefix, "numFmt", numFmtId=str(number), formatCode=number_format)


def _colour(prefix: str, colour: str) -> bytes:
    return _tag(prefix, "color", rgb=f"FF{colour}")


def _tag(prefix: str, local: str, **said: str) -> bytes:
    return f"<{prefix}{local}{_said(said)}/>".encode()


def _wrapped(prefix: str, local: str, inside: bytes, **said: str) -> bytes:
    if not inside:
        return _tag(prefix, local, **said)
    return f"<{prefix}{local}{_said(said)}>".encode() + inside + f"</{prefix}{local}>".encode()


def _said(said: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in said.items())
