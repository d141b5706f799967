"""The signs of the timeline, the words for them, and its legend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sheetflow.entrypoints.charts.drawing import Box, Drawing, Line, Text
from sheetflow.entrypoints.charts.timeline import Timeline
from sheetflow.translate.views.scene import Scene
from sheetflow.translate.views.timeline import HEADERS, TAB

ROW, GAP = 24.0, 8.0
FIRST_LINE, SWATCH, LETTER, BESIDE = 22.0, 14.0, 6.0, 26.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The heads of the names, and what the signs mean."""

    heads: tuple[str, str, str]
    publish_day: str
    delivery: str
    after_delivery: str
    day_off: str


def timeline_words(scene: Scene) -> Words:
    """The words in the scene's language."""
    heads = (scene.header(TAB, name) for name in HEADERS)
    flag, publication, delivery = heads
    word = scene.tongue.word
    return Words(
        heads=(flag, publication, delivery),
        publish_day=word("publish_day"),
        delivery=delivery,
        after_delivery=word("after_delivery"),
        day_off=word("day_off"),
    )


def draw_legend(drawing: Drawing, timeline: Timeline, words: Words, top: float) -> None:
    """Phases first, then what the signs mean."""
    for sign, word, left, line in _entries(timeline, words, drawing.width):
        middle = top + line
        _draw_sign(drawing, sign, left, middle)
        drawing.put(Text(x=left + SWATCH + 6, y=middle, text=word, ink="soft", size=10))


def legend_height(timeline: Timeline, words: Words, width: float) -> float:
    """What the legend takes below the rows."""
    return max(entry[3] for entry in _entries(timeline, words, width)) + ROW


def _entries(
    timeline: Timeline, words: Words, width: float
) -> Iterator[tuple[str, str, float, float]]:
    """The sign and the word of each entry, its left edge, and how far below the rows its middle is."""
    signs = (
        ("dot", words.publish_day),
        ("delivery", words.delivery),
        ("late", words.after_delivery),
        ("weekend", words.day_off),
    )
    left, line = GAP, FIRST_LINE
    for sign, word in (*timeline.phases, *signs):
        needed = SWATCH + LETTER * len(word) + BESIDE
        if left + needed > width:
            left, line = GAP, line + ROW
        yield sign, word, left, line
        left += needed


def _draw_sign(drawing: Drawing, sign: str, left: float, middle: float) -> None:
    box = Box(x=left, y=middle - SWATCH / 2, width=SWATCH, height=SWATCH, round=2)
    centre = left + SWATCH / 2
    match sign:
        case "dot":
            drawing.put(replace(box, fill="publish"), publish_dot(centre, middle))
        case "late":
            drawing.put(replace(box, stroke="late"))
        case "delivery":
            drawing.put(delivery_mark(centre, middle))
        case "weekend":
            drawing.put(replace(box, fill="line"), replace(_within(box), fill=sign))
        case _:
            drawing.put(replace(box, fill=sign))


def _within(box: Box) -> Box:
    return replace(box, x=box.x + 1, y=box.y + 1, width=box.width - 2, height=box.height - 2)


def publish_dot(x: float, middle: float) -> Text:
    """The sign of the publish day."""
    return Text(x=x, y=middle, text="●", ink="on-publish", size=10, align="center")


def delivery_mark(x: float, middle: float) -> Line:
    """The sign of a delivery date, at the end of its day."""
    return Line(x=x, x2=x, y=middle - 11, y2=middle + 11, ink="ink", thickness=1.6)
