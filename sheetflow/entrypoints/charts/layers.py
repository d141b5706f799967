"""From a drawing to a Vega-Lite chart: neighbours that look alike share a layer, and one unit is a pixel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from sheetflow.entrypoints.charts.drawing import Box, Drawing, Line, Part, Text
from sheetflow.entrypoints.charts.tokens import Ink

if TYPE_CHECKING:
    import altair as alt

LATIN = '"Noto Sans","DejaVu Sans","Segoe UI",Arial,sans-serif'
# What draws pictures takes letters that a font lacks from any other: the first one must have them all.
PERSIAN = '"DejaVu Sans","Noto Sans Arabic",Tahoma,Arial,sans-serif'
FROM_THE_RIGHT = "\N{RIGHT-TO-LEFT EMBEDDING}"
ELLIPSIS = "."
OUTLINE = 1.5

Spec: TypeAlias = dict[str, Any]
Datum: TypeAlias = dict[str, str | float]


def spec_of(drawing: Drawing, ink: Ink, title: str) -> Spec:
    """The Vega-Lite specification; `title` is told to those who do not see it."""
    import altair as alt

    layers = (_layer(drawing, ink, alike) for alike in _alike(drawing.parts))
    chart = alt.layer(*layers).properties(
        width=drawing.width,
        height=drawing.height,
        description=title,
        padding=0,
        autosize="none",
    )
    fonts = PERSIAN if drawing.right_to_left else LATIN
    chart = chart.configure(font=fonts, background="transparent")
    spec: Spec = chart.configure_view(stroke=None).to_dict()
    return spec


def _alike(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """In the order of the first of each; texts come last, so that nothing covers them."""
    found: dict[tuple[Any, ...], list[Part]] = defaultdict(list)
    for part in parts:
        found[_look(part)].append(part)
    for _, alike in sorted(found.items(), key=lambda layer: layer[0][0] is Text):
        yield alike


def _look(part: Part) -> tuple[Any, ...]:
    """What a whole layer has in common."""
    if isinstance(part, Box):
        return Box, bool(part.stroke), part.round
    if isinstance(part, Line):
        return Line, part.thickness
    return Text, part.size, part.bold, part.align


def _layer(drawing: Drawing, ink: Ink, alike: list[Part]) -> alt.Chart:
    import altair as alt

    data = alt.InlineData(values=[_datum(drawing, part, ink) for part in alike])
    layer: alt.Chart = alt.Chart(data, mark=_mark(alike[0])).encode(
        alt.X("x:Q", scale=_pixels(drawing.width), axis=None),
        alt.Y("y:Q", scale=_pixels(drawing.height), axis=None),
        alt.Color("ink:N", scale=None),
        *_further(alike),
    )
    return layer


def _further(alike: list[Part]) -> Iterator[alt.SchemaBase]:
    """Where a box or a line ends, what a text says, and what is told where somebody points."""
    import altair as alt

    if isinstance(alike[0], Text):
        yield alt.Text("text:N")
    else:
        yield from (alt.X2("x2"), alt.Y2("y2"))
    if any(part.told for part in alike if not isinstance(part, Line)):
        yield alt.Tooltip("told:N")


def _mark(first: Part) -> alt.MarkDef:
    import altair as alt

    if isinstance(first, Line):
        return alt.MarkDef("rule", aria=False, strokeWidth=first.thickness)
    if isinstance(first, Text):
        return alt.MarkDef(
            "text",
            aria=False,
            align=first.align,
            baseline="middle",
            ellipsis=ELLIPSIS,
            fontSize=first.size,
            fontWeight="bold" if first.bold else "normal",
            limit=alt.ExprRef("datum.room"),
        )
    if first.stroke:
        return alt.MarkDef(
            "rect",
            aria=False,
            filled=False,
            fill=None,
            strokeWidth=OUTLINE,
            cornerRadius=first.round,
        )
    return alt.MarkDef("rect", aria=False, filled=True, cornerRadius=first.round)


def _pixels(length: float) -> alt.Scale:
    import altair as alt

    return alt.Scale(domain=[0, length], range=[0, length], nice=False, zero=False)


def _datum(drawing: Drawing, part: Part, ink: Ink) -> Datum:
    datum: Datum = {"x": part.x, "y": part.y}
    if isinstance(part, Line):
        return datum | {"x2": part.x2, "y2": part.y2, "ink": ink(part.ink)}
    if part.told:
        datum["told"] = part.told
    if isinstance(part, Box):
        ends: Datum = {"x2": part.x + part.width, "y2": part.y + part.height}
        return datum | ends | {"ink": ink(part.stroke or part.fill)}
    text = f"{FROM_THE_RIGHT}{part.text}" if drawing.right_to_left else part.text
    return datum | {"text": text, "ink": ink(part.ink), "room": part.room}
