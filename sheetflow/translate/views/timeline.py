"""The Timeline tab: a row a publication, a column a day, a bar a step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from sheetflow.cells import CellRange, ComputedTab, Style
from sheetflow.domain.plan import PublicationPlan
from sheetflow.domain.publication import Status
from sheetflow.domain.workflow import Kind
from sheetflow.translate import palette
from sheetflow.translate.builtin import short_step
from sheetflow.translate.views.bars import BarCell, bars
from sheetflow.translate.views.canvas import Canvas
from sheetflow.translate.views.facing import facing_left
from sheetflow.translate.views.legend import DOT, draw_legend
from sheetflow.translate.views.scene import Scene, day_style
from sheetflow.translate.views.weeks import DAY_ROW, draw_weeks, shown_days

TAB = "Timeline"
HEADERS = {
    "Flag": palette.HEAD_CENTRE,
    "Publication": palette.HEAD_LONG,
    "Delivery date": palette.HEAD_RIGHT,
}
MOST_WEEKS, LEAST_WEEKS = 12, 4
FIRST_ROW, FIRST_DAY = DAY_ROW + 1, 4
FLAG_WIDTH, DATE_WIDTH = 9.0, 18.0
DAY_WIDTH, DAY_OFF_WIDTH = 5.2, 2.6
LEAST_TITLE, MOST_TITLE = 18, 44
MANY_ROWS = 300
ONE_DAY = timedelta(days=1)
LETTERS_A_DAY = 6
LEFT_OUT = {Status.DONE, Status.CANCELLED}


def timeline_tab(scene: Scene) -> ComputedTab:
    """The bars of all publications but those done or cancelled, in the order of the sheet."""
    shown = [row for row in scene.plan.publications if row.status not in LEFT_OUT]
    days = shown_days(scene, MOST_WEEKS, LEAST_WEEKS)
    fills = palette.phase_fills(step.phase for row in shown for step in row.steps)
    canvas = Canvas()
    _draw_head(canvas, scene, days)
    for number, row in enumerate(shown, start=FIRST_ROW):
        _draw_label(canvas, scene, number, row)
        _draw_bars(canvas, scene, number, row, days, fills, ruled=len(shown) <= MANY_ROWS)
    draw_legend(canvas, scene, days, fills, (FIRST_ROW + len(shown) + 1, FIRST_DAY))
    title = max((len(row.title) for row in shown), default=0)
    week = scene.workspace.calendar.week
    last_row = DAY_ROW + len(shown)
    tab = ComputedTab(
        sheet=scene.tab_name(TAB),
        rows=canvas.rows(),
        styles=canvas.styles,
        widths=(
            *(FLAG_WIDTH, float(min(max(title + 2, LEAST_TITLE), MOST_TITLE)), DATE_WIDTH),
            *(DAY_WIDTH if week[day.weekday()] else DAY_OFF_WIDTH for day in days),
        ),
        header_row=DAY_ROW,
        frozen_rows=DAY_ROW,
        frozen_columns=FIRST_DAY - 1,
        filtered=CellRange(DAY_ROW, 1, last_row, len(HEADERS)) if shown else None,
        rules=scene.flag_rules(CellRange(FIRST_ROW, 1, max(FIRST_ROW, last_row), 1)),
        footer=scene.footer(TAB),
        tab_colour=palette.TAB,
    )
    return facing_left(tab) if scene.right_to_left else tab


def _draw_head(canvas: Canvas, scene: Scene, days: Sequence[date]) -> None:
    for column, (header, style) in enumerate(HEADERS.items(), start=1):
        canvas.put(DAY_ROW, column, scene.header(TAB, header), style)
    draw_weeks(canvas, scene, days, FIRST_DAY)


def _draw_label(canvas: Canvas, scene: Scene, number: int, row: PublicationPlan) -> None:
    canvas.put(number, 1, scene.flag(row.flag), palette.FLAG)
    canvas.put(number, 2, row.title, palette.SET_IN_TEXT)
    canvas.put(number, 3, scene.day(row.delivery), day_style(scene, row.delivery, palette.DAY))


def _draw_bars(
    canvas: Canvas,
    scene: Scene,
    number: int,
    row: PublicationPlan,
    days: Sequence[date],
    fills: dict[str, str],
    *,
    ruled: bool,
) -> None:
    cells = bars(row, days, scene.workspace.calendar)
    for column, day in enumerate(days, start=FIRST_DAY):
        is_today = day == scene.plan.today
        cell = cells.get(day)
        if cell is not None:
            edge = palette.ACCENT if is_today else palette.WHITE if cell.is_first else None
            fill = fills[cell.step.phase]
            label = _label(scene, cell, day, cells.get(day + ONE_DAY), fill)
            canvas.put(number, column, label, _bar_style(fill, cell.step.kind, edge, cell.is_late))
        elif is_today or ruled or not scene.workspace.calendar.quarters(day):
            is_off = not scene.workspace.calendar.quarters(day)
            canvas.put(number, column, None, _blank_style(is_off, is_today))


def _label(
    scene: Scene, cell: BarCell, day: date, following: BarCell | None, fill: str
) -> str | None:
    """The label at a bar's first cell, cut where it has no room beside it."""
    if cell.step.kind is Kind.PUBLISH:
        return DOT if day == cell.step.due else None
    if not cell.is_first:
        return None
    label = short_step(cell.step.step, scene.tongue.language)
    # A white label could not be read where it runs on beside its bar.
    is_short = following.is_first if following else palette.ink_on(fill) == palette.WHITE
    if len(label) <= LETTERS_A_DAY or not is_short:
        return label
    return f"{label[: LETTERS_A_DAY - 1].rstrip(' -')}."


@cache
def _bar_style(fill: str, kind: Kind, edge: str | None, is_late: bool) -> Style:  # noqa: FBT001 - a cache's key
    is_publish = kind is Kind.PUBLISH
    colour = palette.PUBLISH_FILL if is_publish else fill
    return Style(
        ink=palette.ink_on(colour),
        fill=colour,
        size=palette.SMALL,
        align="center" if is_publish else None,
        outline=palette.RED_INK if is_late else None,
        left_edge=edge,
        under=palette.LINE,
    )


@cache
def _blank_style(is_off: bool, is_today: bool) -> Style:  # noqa: FBT001 - a cache's key
    blank = Style(under=palette.LINE, fill=palette.WEEKEND_FILL if is_off else None)
    return replace(blank, left_edge=palette.ACCENT) if is_today else blank
