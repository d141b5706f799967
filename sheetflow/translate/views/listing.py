"""Computed tabs that are plain lists: a header row, a record a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from sheetflow.cells import CellRange, ComputedTab, Rule, Style, StyleRow, StyleRows, Value
from sheetflow.domain.settings import CalendarSystem
from sheetflow.translate import palette
from sheetflow.translate.views.column_looks import DAYS, HEADS, Column, Look, row_styler
from sheetflow.translate.views.facing import facing_left
from sheetflow.translate.views.list_sizes import column_width, row_heights
from sheetflow.translate.views.scene import Scene

EMPTY = Style(ink=palette.SOFT, size=palette.SIZE)

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
    styles: list[StyleRow] = [tuple(HEADS.get(c.look, palette.HEAD) for c in columns)]
    styles_of, shown = row_styler(scene, columns), _shown_days(scene)
    for record in records:
        styles.append(styles_of(record))
        rows.append(shown(record))
    if ruled_by is not None:
        _rule_off(rows, styles, ruled_by)
    filled = len(rows) > 1
    if empty and not filled:
        rows.append((scene.tongue.word(empty),))
        styles.append((EMPTY,))
    widths = tuple(column_width(scene, column, i, rows) for i, column in enumerate(columns))
    drawn = ComputedTab(
        sheet=scene.tab_name(tab),
        rows=tuple(rows),
        styles=StyleRows(tuple(styles)),
        widths=widths,
        heights=row_heights(scene, columns, widths, rows),
        frozen_columns=frozen_columns,
        filtered=CellRange(1, 1, len(rows), len(columns)) if filled else None,
        rules=tuple(_rules(scene, columns, max(2, len(rows)))),
        footer=scene.footer(tab),
        tab_colour=palette.TAB,
        body=styles_of([scene.plan.today if c.look in DAYS else None for c in columns]),
        read_again=tuple(n for n, c in enumerate(columns, start=1) if c.is_read_again),
    )
    return facing_left(drawn) if scene.right_to_left else drawn


def _shown_days(scene: Scene) -> Callable[[Record], tuple[Value, ...]]:
    """Puts the dates of a record into the scene's calendar."""
    if scene.tongue.calendar is CalendarSystem.GREGORIAN:
        return tuple
    return lambda record: tuple(scene.day(v) if isinstance(v, date) else v for v in record)


def _rules(scene: Scene, columns: Sequence[Column], last_row: int) -> Iterator[Rule]:
    """The colours of flags and phases: by rules, so that they follow the words wherever people sort them to."""
    for number, column in enumerate(columns, start=1):
        area = CellRange(2, number, last_row, number)
        if column.look is Look.FLAG:
            yield from scene.flag_rules(area)
        elif column.look is Look.PHASE:
            yield from scene.phase_rules(area)


def _rule_off(rows: Sequence[Record], styles: list[StyleRow], column: int) -> None:
    """Draw a stronger rule below the last row of each run."""
    # The ruled styles are shared among rows as the plain ones are: that keeps large tabs quick.
    ruled: dict[int, StyleRow] = {}
    for place in range(1, len(rows)):
        if place + 1 < len(rows) and rows[place + 1][column] == rows[place][column]:
            continue
        plain = styles[place]
        if id(plain) not in ruled:
            ruled[id(plain)] = tuple(s and replace(s, under=palette.FAINT) for s in plain)
        styles[place] = ruled[id(plain)]
