"""How wide the columns of a list are, and how high its rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil

from sheetflow.cells import Value
from sheetflow.translate.views.column_looks import DATES, TO_THE_RIGHT, Column, Look
from sheetflow.translate.views.scene import Scene

LEAST_WIDTH, MOST_WIDTH = 6.0, 40.0
LONG_WIDTH, LEAST_LONG_WIDTH = 70.0, 40.0
BUTTON_WIDTH, CELL_PADDING, INDENT_WIDTH = 4, 2, 2
DATE_LENGTH = len("Wed 30 Dec 2026")
LETTERS_PER_WIDTH = 1.1
HEAD_HEIGHT, LINE_HEIGHT, PERSIAN_LINE_HEIGHT, ROW_PADDING = 22.0, 13.5, 18.0, 6.5


def column_width(
    scene: Scene, column: Column, index: int, rows: Sequence[Sequence[Value]]
) -> float:
    """The width in characters that fits the header, its filter button, and the values; 0 for a hidden column."""
    if column.look is Look.HIDDEN:
        return 0.0
    values = {row[index] for row in rows[1:] if len(row) == len(rows[0])} - {None}
    longest = max((_length(scene, value) for value in values), default=0)
    if column.look in DATES:
        longest = DATE_LENGTH
    if column.look in TO_THE_RIGHT or column.look is Look.SET_IN:
        longest += INDENT_WIDTH
    is_long = column.look is Look.LONG
    least, most = (LEAST_LONG_WIDTH, LONG_WIDTH) if is_long else (LEAST_WIDTH, MOST_WIDTH)
    filter_button = len(str(rows[0][index])) + BUTTON_WIDTH
    return float(min(most, max(least, filter_button, longest + CELL_PADDING)))


def _length(scene: Scene, value: Value) -> int:
    return len(scene.tongue.date(value) if isinstance(value, date) else str(value))


def row_heights(
    scene: Scene,
    columns: Sequence[Column],
    widths: Sequence[float],
    rows: Sequence[Sequence[Value]],
) -> dict[int, float]:
    """The heights, in points, of the header and of the rows whose long texts take more than one line."""
    long = [i for i, column in enumerate(columns) if column.look is Look.LONG]
    return {1: HEAD_HEIGHT, **wrapped_heights(scene, long, widths, rows)}


def wrapped_heights(
    scene: Scene, long: Sequence[int], widths: Sequence[float], rows: Sequence[Sequence[Value]]
) -> dict[int, float]:
    """The heights, in points, of the rows below the first whose texts in the `long` columns need several lines."""
    line_height = PERSIAN_LINE_HEIGHT if scene.right_to_left else LINE_HEIGHT
    heights = {}
    for number, row in enumerate(rows[1:], start=2):
        texts = ((str(row[i] or ""), widths[i]) for i in long if i < len(row))
        lines = max(
            (ceil(len(text) / (width * LETTERS_PER_WIDTH)) for text, width in texts), default=1
        )
        if lines > 1:
            heights[number] = lines * line_height + ROW_PADDING
    return heights
