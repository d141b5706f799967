"""Computed tabs that are plain lists: a header row, a record a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil

from sheetflow.cells import CellRange, ComputedTab, Style, Value
from sheetflow.translate import palette
from sheetflow.translate.views.facing import facing_left
from sheetflow.translate.views.scene import Scene, day_style

DATE_WIDTH, LEAST_WIDTH, MOST_WIDTH = 13.0, 6.0, 40.0
LONG_WIDTH = 70.0
BUTTON_WIDTH, CELL_PADDING = 4, 2
LETTERS_PER_WIDTH = 1.1
HEAD_HEIGHT, LINE_HEIGHT, ROW_PADDING = 22.0, 13.5, 6.5


class Look(StrEnum):
    """How a column of a list is drawn."""

    TEXT = "text"
    SOFT = "soft"
    LONG = "long"
    DAY = "day"
    NUMBER = "number"
    RANK = "rank"
    FLAG = "flag"


STYLES = {
    Look.TEXT: palette.TEXT,
    Look.SOFT: palette.SOFT_TEXT,
    Look.LONG: palette.LONG_TEXT,
    Look.DAY: palette.TEXT,
    Look.NUMBER: palette.NUMBER,
    Look.RANK: palette.RANK,
    Look.FLAG: palette.FLAG,
}
EMPTY = Style(ink=palette.SOFT, size=palette.SIZE)
TO_THE_RIGHT = {Look.DAY, Look.NUMBER, Look.RANK}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its canonical header and its look."""

    header: str
    look: Look = Look.TEXT


Record = Sequence[Value]


def listing(
    scene: Scene,
    tab: str,
    columns: Sequence[Column],
    records: Iterable[Record],
    frozen_columns: int = 0,
    empty: str = "",
) -> ComputedTab:
    """The list as a tab; dates in the records are shown in the scene's calendar, rows keep their order.

    `empty` is the word to show where there are no records.
    """
    rows: list[tuple[Value, ...]] = [tuple(scene.header(tab, c.header) for c in columns)]
    styles = {(1, i): _head_style(column) for i, column in enumerate(columns, start=1)}
    style_of = styler(scene)
    for row, record in enumerate(records, start=2):
        for column, (value, kind) in enumerate(zip(record, columns, strict=True), start=1):
            styles[row, column] = style_of(kind.look, value)
        rows.append(tuple(scene.day(v) if isinstance(v, date) else v for v in record))
    filled = len(rows) > 1
    if empty and not filled:
        rows.append((scene.tongue.word(empty),))
        styles[2, 1] = EMPTY
    widths = tuple(_width(column, i, rows) for i, column in enumerate(columns))
    drawn = ComputedTab(
        sheet=scene.tab_name(tab),
        rows=tuple(rows),
        styles=styles,
        widths=widths,
        heights=_heights(columns, widths, rows),
        frozen_columns=frozen_columns,
        filtered=filled,
        rules=tuple(
            rule
            for i, column in enumerate(columns, start=1)
            if column.look is Look.FLAG and filled
            for rule in scene.flag_rules(CellRange(2, i, len(rows), i))
        ),
        footer=scene.footer(tab),
    )
    return facing_left(drawn) if scene.right_to_left else drawn


def _head_style(column: Column) -> Style:
    if column.look in TO_THE_RIGHT:
        return palette.HEAD_RIGHT
    return palette.HEAD_CENTRE if column.look is Look.FLAG else palette.HEAD


def styler(scene: Scene) -> Callable[[Look, Value], Style]:
    """Chooses a cell's style; the same object for the same look, so that large tabs stay quick."""
    days: dict[str | None, Style] = {}

    def style_of(look: Look, value: Value) -> Style:
        if not isinstance(value, date):
            return palette.RANK if look is Look.DAY else STYLES[look]
        number_format = scene.day_format(value)
        if number_format not in days:
            days[number_format] = day_style(scene, value, palette.TEXT)
        return days[number_format]

    return style_of


def _width(column: Column, index: int, rows: Sequence[Record]) -> float:
    if column.look is Look.DAY:
        return DATE_WIDTH
    texts = (str(row[index]) for row in rows if len(row) == len(rows[0]) and row[index] is not None)
    longest = max(map(len, texts))
    most = LONG_WIDTH if column.look is Look.LONG else MOST_WIDTH
    filter_button = len(str(rows[0][index])) + BUTTON_WIDTH
    return float(min(most, max(LEAST_WIDTH, filter_button, longest + CELL_PADDING)))


def _heights(
    columns: Sequence[Column], widths: Sequence[float], rows: Sequence[Record]
) -> dict[int, float]:
    """The heights of the rows whose long texts take more than one line."""
    long = [i for i, column in enumerate(columns) if column.look is Look.LONG]
    heights = {1: HEAD_HEIGHT}
    for number, row in enumerate(rows[1:], start=2):
        texts = ((str(row[i] or ""), widths[i]) for i in long if i < len(row))
        lines = max(
            (ceil(len(text) / (width * LETTERS_PER_WIDTH)) for text, width in texts), default=1
        )
        if lines > 1:
            heights[number] = lines * LINE_HEIGHT + ROW_PADDING
    return heights
