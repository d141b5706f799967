"""The timeline drawn: a Gantt chart with today's line, delivery dates, late bars outlined and days off greyed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from sheetflow.entrypoints.charts.drawing import Box, Drawing, Line, Text
from sheetflow.entrypoints.charts.signs import (
    Words,
    delivery_mark,
    draw_legend,
    legend_height,
    publish_dot,
)
from sheetflow.entrypoints.charts.timeline import Bar, Day, Row, Timeline
from sheetflow.entrypoints.charts.tokens import ink_on

DAY, DAY_OFF = 30.5, 11.0
ROW, HEAD, WEEK_LINE, DAY_LINE = 24.0, 40.0, 9.0, 29.0
FLAG, TITLE, DATE, GAP = 64.0, 210.0, 96.0, 8.0
SMALL = 9.5
LABELS = FLAG + TITLE + DATE + 3 * GAP


def timeline_drawing(
    timeline: Timeline, words: Words, *, labels: bool, right_to_left: bool
) -> Drawing:
    """With `labels` it stands by itself: names before the bars, the legend below them."""
    before = LABELS if labels else 0.0
    edges = [before, *accumulate((_width(day) for day in timeline.days), initial=before)][1:]
    below = HEAD + ROW * len(timeline.rows)
    legend = legend_height(timeline, words, edges[-1])
    drawing = Drawing(
        width=edges[-1],
        height=below + (legend if labels else 1),
        right_to_left=right_to_left,
    )
    _draw_days(drawing, timeline.days, edges, below)
    for number, row in enumerate(timeline.rows):
        _draw_row(drawing, row, edges, HEAD + ROW * number)
    _draw_today(drawing, timeline.days, edges, below)
    if labels:
        _draw_labels(drawing, timeline.rows, words)
        draw_legend(drawing, timeline, words, below)
    return drawing


def _width(day: Day) -> float:
    return DAY_OFF if day.is_off else DAY


def _draw_days(drawing: Drawing, days: Sequence[Day], edges: Sequence[float], below: float) -> None:
    for place, day in enumerate(days):
        left, width = edges[place], edges[place + 1] - edges[place]
        if day.is_off:
            drawing.put(
                Box(x=left, y=HEAD - 20, width=width, height=below - HEAD + 20, fill="weekend")
            )
        if day.week:
            drawing.put(Text(x=left + 1, y=WEEK_LINE, text=day.week, ink="accent", bold=True))
        ink = "on-accent" if day.is_today else "soft"
        middle = left + width / 2
        drawing.put(
            Text(x=middle, y=DAY_LINE, text=day.initial, ink=ink, size=SMALL, align="center")
        )


def _draw_today(
    drawing: Drawing, days: Sequence[Day], edges: Sequence[float], below: float
) -> None:
    for place, day in enumerate(days):
        if day.is_today:
            left, width = edges[place], edges[place + 1] - edges[place]
            drawing.put(Box(x=left, y=HEAD - 20, width=width, height=20, fill="accent"))
            drawing.put(Line(x=left, x2=left, y=HEAD, y2=below, ink="accent", thickness=2))


def _draw_row(drawing: Drawing, row: Row, edges: Sequence[float], top: float) -> None:
    drawing.put(Line(x=0, x2=drawing.width, y=top + ROW, y2=top + ROW, ink="line"))
    for place, bar in enumerate(row.bars):
        following = row.bars[place + 1] if place + 1 < len(row.bars) else None
        _draw_bar(drawing, bar, following, edges, top)
    if row.delivery_at is not None:
        right = edges[row.delivery_at + 1] - 1
        drawing.put(delivery_mark(right, top + ROW / 2))


def _draw_bar(
    drawing: Drawing, bar: Bar, following: Bar | None, edges: Sequence[float], top: float
) -> None:
    left, right, middle = edges[bar.first], edges[bar.last + 1], top + ROW / 2
    box = Box(
        x=left + 0.75, y=top + 2.5, width=right - left - 1.5, height=ROW - 5, told=bar.told, round=2
    )
    drawing.put(replace(box, fill=bar.fill))
    if bar.is_late:
        drawing.put(replace(box, stroke="late"))
    if bar.publishes:
        drawing.put(replace(publish_dot((edges[bar.last] + right) / 2, middle), told=bar.told))
    if bar.label:
        ink = ink_on(bar.fill)
        runs_on = edges[following.first] if following else edges[-1]
        # A white label could not be read where it runs on beside its bar.
        room = (runs_on if ink == "ink" else right) - left - 4
        label = Text(x=left + 3, y=middle, text=bar.label, ink=ink, size=SMALL, room=room)
        drawing.put(replace(label, told=bar.told))


def _draw_labels(drawing: Drawing, rows: Sequence[Row], words: Words) -> None:
    title, date = FLAG + 2 * GAP, LABELS - GAP
    flag_head, title_head, date_head = words.heads
    drawing.put(
        Line(x=0, x2=LABELS, y=HEAD, y2=HEAD, ink="faint"),
        Box(x=0, y=HEAD - 20, width=LABELS, height=20, fill="head"),
        Text(x=GAP, y=DAY_LINE, text=flag_head, bold=True, room=FLAG),
        Text(x=title, y=DAY_LINE, text=title_head, bold=True, room=TITLE),
        Text(x=date, y=DAY_LINE, text=date_head, bold=True, room=DATE, align="right"),
    )
    for number, row in enumerate(rows):
        top = HEAD + ROW * number
        middle = top + ROW / 2
        tone = row.flag.value.lower()
        drawing.put(
            Box(x=0, y=top + 0.5, width=FLAG, height=ROW - 1, fill=f"{tone}-fill"),
            Text(x=FLAG / 2, y=middle, text=row.word, ink=f"{tone}-ink", bold=True, align="center"),
            Text(x=title, y=middle, text=row.title, room=TITLE),
            Text(x=date, y=middle, text=row.delivery, align="right", ink="soft"),
        )
