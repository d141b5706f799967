"""How the columns of a list look, and the styles of whole rows made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sheetflow.cells import Style, StyleRow, Value
from sheetflow.translate import palette
from sheetflow.translate.views.scene import Scene


class Look(StrEnum):
    """How a column of a list is drawn."""

    TEXT = "text"
    SET_IN = "set_in"
    SOFT = "soft"
    LONG = "long"
    DAY = "day"
    SOFT_DAY = "soft_day"
    DATE = "date"
    SOFT_DATE = "soft_date"
    NUMBER = "number"
    FLAG = "flag"
    PHASE = "phase"
    HIDDEN = "hidden"


STYLES = {
    Look.TEXT: palette.TEXT,
    Look.SET_IN: palette.SET_IN_TEXT,
    Look.SOFT: palette.SOFT_TEXT,
    Look.LONG: palette.LONG_TEXT,
    Look.DAY: palette.DAY,
    Look.SOFT_DAY: palette.SOFT_DAY,
    Look.DATE: palette.DAY,
    Look.SOFT_DATE: palette.SOFT_DAY,
    Look.NUMBER: palette.NUMBER,
    Look.FLAG: palette.FLAG,
    Look.PHASE: palette.SET_IN_TEXT,
    Look.HIDDEN: palette.SOFT_TEXT,
}
DATES = {Look.DATE, Look.SOFT_DATE}
"""Days with their year, for what is still read in another one."""

DAYS = {Look.DAY, Look.SOFT_DAY, *DATES}
TO_THE_RIGHT = {*DAYS, Look.NUMBER}
HEADS = {
    **dict.fromkeys(TO_THE_RIGHT, palette.HEAD_RIGHT),
    Look.FLAG: palette.HEAD_CENTRE,
    Look.LONG: palette.HEAD_LONG,
    Look.PHASE: palette.HEAD_LONG,
    Look.SET_IN: palette.HEAD_LONG,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a list: its canonical header, its look, and whether a later run reads it."""

    header: str
    look: Look = Look.TEXT
    is_read_again: bool = False


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


def row_styler(scene: Scene, columns: Sequence[Column]) -> Callable[[Sequence[Value]], StyleRow]:
    """Chooses the styles of a record; the same tuple for records that look the same."""
    style_of = styler(scene)
    dated = [i for i, column in enumerate(columns) if column.look in DAYS]
    made: dict[tuple[int, ...], StyleRow] = {}

    def styles_of(record: Sequence[Value]) -> StyleRow:
        key = tuple(id(style_of(columns[i].look, record[i])) for i in dated)
        if key not in made:
            looks = (column.look for column in columns)
            made[key] = tuple(map(style_of, looks, record))
        return made[key]

    return styles_of
