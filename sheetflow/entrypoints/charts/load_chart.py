"""The load drawn: heat maps of hours and of shares, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sheetflow.entrypoints.charts.drawing import Box, Drawing, Line, Text
from sheetflow.entrypoints.charts.load import Cell, Head, LoadGrid, LoadRow
from sheetflow.entrypoints.charts.tokens import OFF, ink_on

ROW, BETWEEN = 24.0, 26.0
HEAD, WEEK_LINE = 22.0, 20.0
"""A grid of days has a line for its weeks above its head."""

NAMES, NOTES, SHARE, GAP = (90.0, 190.0), (90.0, 290.0), 72.0, 8.0
"""The least and the most that names, and the notes beside them, may take."""

WEEK, DAY = 74.0, 38.0
LETTER = 6.2
MIDDLE = HEAD / 2 + 1
SMALL = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The widths of the names and of the notes before the columns."""

    name: float
    note: float

    @property
    def width(self) -> float:
        """All that stands before the columns."""
        return self.name + self.note + SHARE + 3 * GAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a grid stands: the top of its head, what is before its first column, and the width of a column."""

    top: float
    labels: Labels | None
    column: float

    @property
    def left(self) -> float:
        """The left edge of the first column."""
        return self.labels.width if self.labels else 0.0


def load_drawing(
    grids: Sequence[tuple[LoadGrid, bool]], *, labels: bool, right_to_left: bool
) -> Drawing:
    """The grids below each other, each with whether its columns are days; all are as wide as the widest."""
    before = _labels(grids) if labels else None
    left = before.width if before else 0.0
    width = max(left + _column(by_day=by_day) * len(grid.heads) for grid, by_day in grids)
    height = sum(_height(grid, by_day=by_day) + BETWEEN for grid, by_day in grids) - BETWEEN + 1
    drawing = Drawing(width=width, height=height, right_to_left=right_to_left)
    top = 0.0
    for grid, by_day in grids:
        column = (width - left) / max(1, len(grid.heads))
        head = top + (WEEK_LINE if by_day else 0.0)
        _draw_grid(drawing, grid, Place(top=head, labels=before, column=column))
        top += _height(grid, by_day=by_day) + BETWEEN
    return drawing


def _height(grid: LoadGrid, *, by_day: bool) -> float:
    return (WEEK_LINE if by_day else 0.0) + HEAD + ROW * len(grid.rows)


def _labels(grids: Sequence[tuple[LoadGrid, bool]]) -> Labels:
    rows = [row for grid, _ in grids for row in grid.rows]
    return Labels(
        name=_fitting(NAMES, max((len(row.name) for row in rows), default=0)),
        note=_fitting(NOTES, max((len(row.note) for row in rows), default=0)),
    )


def _fitting(bounds: tuple[float, float], letters: int) -> float:
    least, most = bounds
    return min(most, max(least, letters * LETTER))


def _column(*, by_day: bool) -> float:
    return DAY if by_day else WEEK


def _draw_grid(drawing: Drawing, grid: LoadGrid, place: Place) -> None:
    if place.labels:
        _draw_corner(drawing, grid, place.top, place.labels)
    for number, head in enumerate(grid.heads):
        _draw_head(drawing, head, place.left + place.column * number, place)
    for number, row in enumerate(grid.rows):
        top = place.top + HEAD + ROW * number
        if place.labels:
            _draw_name(drawing, row, top, place.labels)
        drawing.put(Line(x=0, x2=drawing.width, y=top + ROW, y2=top + ROW, ink="line"))
        for column, cell in enumerate(row.cells):
            _draw_cell(drawing, cell, place.left + place.column * column, top, place.column)


def _draw_corner(drawing: Drawing, grid: LoadGrid, top: float, labels: Labels) -> None:
    line, right = top + MIDDLE, labels.width - GAP
    drawing.put(
        Box(x=0, y=top, width=labels.width, height=HEAD, fill="head"),
        Text(x=GAP, y=line, text=grid.first, bold=True, room=labels.name),
        Text(x=right, y=line, text=grid.over, bold=True, align="right", room=SHARE),
        Line(x=0, x2=labels.width, y=top + HEAD, y2=top + HEAD, ink="faint"),
    )


def _draw_head(drawing: Drawing, head: Head, left: float, place: Place) -> None:
    if head.week:
        above = place.top - WEEK_LINE / 2
        drawing.put(Text(x=left + 1, y=above, text=head.week, ink="accent", bold=True))
    if head.is_today:
        drawing.put(Box(x=left, y=place.top, width=place.column, height=HEAD, fill="accent"))
    ink = "on-accent" if head.is_today else "soft"
    middle = left + place.column / 2
    drawing.put(
        Text(x=middle, y=place.top + MIDDLE, text=head.label, ink=ink, size=SMALL, align="center")
    )


def _draw_name(drawing: Drawing, row: LoadRow, top: float, labels: Labels) -> None:
    middle, note, right = top + ROW / 2, labels.name + 2 * GAP, labels.width - GAP
    drawing.put(
        Text(x=GAP, y=middle, text=row.name, room=labels.name, told=row.name),
        Text(
            x=note, y=middle, text=row.note, ink="soft", size=SMALL, room=labels.note, told=row.note
        ),
        Text(x=right, y=middle, text=row.share, align="right", room=SHARE),
    )


def _draw_cell(drawing: Drawing, cell: Cell, left: float, top: float, width: float) -> None:
    if cell.fill:
        box = Box(x=left, y=top, width=width, height=ROW, fill=cell.fill, told=cell.told)
        drawing.put(box)
    if cell.text:
        ink = "soft" if cell.fill == OFF else ink_on(cell.fill)
        drawing.put(
            Text(
                x=left + width / 2,
                y=top + ROW / 2,
                text=cell.text,
                ink=ink,
                size=SMALL,
                align="center",
                room=width - 2,
                told=cell.told,
            )
        )
