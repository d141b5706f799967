"""Computed tabs that are plain lists: a header row, a record a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import ceil

from sheetflow.cells import CellRange, ComputedTab, Style, Value
from sheetflow.translate import palette
from sheetflow.translate.views.facing import facing_left
from sheetflow.translate.views.scene import Scene

LEAST_WIDTH, MOST_WIDTH = 6.0, 40.0
LONG_WIDTH, LEAST_LONG_WIDTH = 70.0, 40.0
BUTTON_WIDTH, CELL_PADDING, INDENT_WIDTH = 4, 2, 2
DATE_LENGTH = len("Wed 30 Dec 2026")
LETTERS_PER_WIDTH = 1.1
HEAD_HEIGHT, LINE_HEIGHT, PERSIAN_LINE_HEIGHT, ROW_PADDING = 22.0, 13.5, 18.0, 6.5


class Look(StrEnum):
    """How a column of a list is drawn."""

    TEXT = "text"
    SOFT = "soft"
    LONG = "long"
    DAY = "day"
    SOFT_DAY = "soft_day"
    DATE = "date"
    SOFT_DATE = "soft_date"
    NUMBER = "number"
    FLAG = "flag"
    HIDDEN = "hidden"


STYLES = {
    Look.TEXT: palette.TEXT,
    Look.SOFT: palette.SOFT_TEXT,
    Look.LONG: palette.LONG_TEXT,
    Look.DAY: palette.DAY,
    Look.SOFT_DAY: palette.SOFT_DAY,
    Look.DATE: palette.DAY,
    Look.SOFT_DATE: palette.SOFT_DAY,
    Look.NUMBER: palette.NUMBER,
    Look.FLAG: palette.FLAG,
    Look.HIDDEN: palette.SOFT_TEXT,
}
EMPTY = Style(ink=palette.SOFT, size=palette.SIZE)
DATES = {Look.DATE, Look.SOFT_DATE}
"""Days with their year, for what is still read in another one."""

TO_THE_RIGHT = {Look.DAY, Look.SOFT_DAY, *DATES, Look.NUMBER}
HEADS = {
    **dict.fromkeys(TO_THE_RIGHT, palette.HEAD_RIGHT),
    Look.FLAG: palette.HEAD_CENTRE,
    Look.LONG: palette.HEAD_LONG,
}


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
    ruled_by: int | None = None,
) -> ComputedTab:
    """The list as a tab; dates in the records are shown in the scene's calendar, rows keep their order.

    `empty` is the word to show where there are no records; a stronger rule closes each run of records
    that have the same in the column `ruled_by`, counted from 0.
    """
    rows: list[tuple[Value, ...]] = [tuple(scene.header(tab, c.header) for c in columns)]
    styles = {(1, i): HEADS.get(c.look, palette.HEAD) for i, c in enumerate(columns, start=1)}
    style_of = styler(scene)
    for row, record in enumerate(records, start=2):
        for column, (value, kind) in enumerate(zip(record, columns, strict=True), start=1):
            styles[row, column] = style_of(kind.look, value)
        rows.append(tuple(scene.day(v) if isinstance(v, date) else v for v in record))
    if ruled_by is not None:
        _rule_off(rows, styles, ruled_by)
    filled = len(rows) > 1
    if empty and not filled:
        rows.append((scene.tongue.word(empty),))
        styles[2, 1] = EMPTY
    widths = tuple(_width(scene, column, i, rows) for i, column in enumerate(columns))
    drawn = ComputedTab(
        sheet=scene.tab_name(tab),
        rows=tuple(rows),
        styles=styles,
        widths=widths,
        heights=_heights(scene, columns, widths, rows),
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


def _rule_off(rows: Sequence[Record], styles: dict[tuple[int, int], Style], column: int) -> None:
    """Draw a stronger rule below the last row of each run."""
    # The ruled styles are shared among cells as the plain ones are: that keeps large tabs quick.
    ruled: dict[int, Style] = {}
    for row in range(2, len(rows) + 1):
        if row < len(rows) and rows[row][column] == rows[row - 1][column]:
            continue
        for place in ((row, i) for i in range(1, len(rows[0]) + 1)):
            plain = styles[place]
            if id(plain) not in ruled:
                ruled[id(plain)] = replace(plain, under=palette.FAINT)
            styles[place] = ruled[id(plain)]


def styler(scene: Scene) -> Callable[[Look, Value], Style]:
    """Chooses a cell's style; the same object for the same look, so that large tabs stay quick."""
    days: dict[tuple[Look, str | None], Style] = {}

    def style_of(look: Look, value: Value) -> Style:
        if not isinstance(value, date):
            return STYLES[look]
        key = (look, scene.day_format(value, with_year=look in DATES))
        if key not in days:
            days[key] = replace(STYLES[look], number_format=key[1])
        return days[key]

    return style_of


def _width(scene: Scene, column: Column, index: int, rows: Sequence[Record]) -> float:
    if column.look is Look.HIDDEN:
        return 0.0
    values = {row[index] for row in rows[1:] if len(row) == len(rows[0])} - {None}
    longest = max((_length(scene, value) for value in values), default=0)
    if column.look in DATES:
        longest = DATE_LENGTH
    if column.look in TO_THE_RIGHT:
        longest += INDENT_WIDTH
    is_long = column.look is Look.LONG
    least, most = (LEAST_LONG_WIDTH, LONG_WIDTH) if is_long else (LEAST_WIDTH, MOST_WIDTH)
    filter_button = len(str(rows[0][index])) + BUTTON_WIDTH
    return float(min(most, max(least, filter_button, longest + CELL_PADDING)))


def _length(scene: Scene, value: Value) -> int:
    return len(scene.tongue.date(value) if isinstance(value, date) else str(value))


def _heights(
    scene: Scene, columns: Sequence[Column], widths: Sequence[float], rows: Sequence[Record]
) -> dict[int, float]:
    """The heights of the rows whose long texts take more than one line."""
    long = [i for i, column in enumerate(columns) if column.look is Look.LONG]
    line_height = PERSIAN_LINE_HEIGHT if scene.right_to_left else LINE_HEIGHT
    heights = {1: HEAD_HEIGHT}
    for number, row in enumerate(rows[1:], start=2):
        texts = ((str(row[i] or ""), widths[i]) for i in long if i < len(row))
        lines = max(
            (ceil(len(text) / (width * LETTERS_PER_WIDTH)) for text, width in texts), default=1
        )
        if lines > 1:
            heights[number] = lines * line_height + ROW_PADDING
    return heights
