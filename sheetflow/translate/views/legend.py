"""The legend below the timeline: what its colours mean, and which working days are off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sheetflow.cells import Style
from sheetflow.translate import palette
from sheetflow.translate.views.canvas import Canvas
from sheetflow.translate.views.scene import Scene
from sheetflow.translate.views.weeks import day_and_month

PITCH, MOST_A_ROW = 7, 5
PLAIN = Style(ink=palette.SOFT, size=palette.SMALL)
BESIDE_SWATCH = replace(PLAIN, align="left", indent=1)
DOT = "●"


def draw_legend(
    canvas: Canvas,
    scene: Scene,
    days: Sequence[date],
    fills: Mapping[str, str],
    place: tuple[int, int],
) -> None:
    """From `place` (row, column) on: swatches and their words in as many rows as they need, then the holidays."""
    first_row, first_column = place
    a_row = min(MOST_A_ROW, max(1, len(days) // PITCH))
    for number, (sign, text, style) in enumerate(_entries(scene, fills)):
        row, column = first_row + number // a_row, first_column + PITCH * (number % a_row)
        canvas.put(row, column, sign, style)
        canvas.put(row, column + 1, text, BESIDE_SWATCH)
    free = _holidays(scene, days)
    if free:
        text = f"{scene.tongue.show('tab', 'Holidays')}: {scene.tongue.names(free)}"
        canvas.put(first_row, 2, text, PLAIN)


def _entries(scene: Scene, fills: Mapping[str, str]) -> list[tuple[str | None, str, Style]]:
    """The sign in the swatch, the words beside it, the look of the swatch."""
    entries: list[tuple[str | None, str, Style]] = [
        (None, scene.tongue.show("phase", phase), replace(PLAIN, fill=fill))
        for phase, fill in fills.items()
    ]
    dot = Style(ink=palette.WHITE, fill=palette.PUBLISH_FILL, size=palette.SMALL, align="center")
    word = scene.tongue.word
    return [
        *entries,
        (DOT, word("publish_day"), dot),
        (None, word("after_delivery"), replace(PLAIN, outline=palette.RED_INK)),
        (None, word("day_off"), replace(PLAIN, fill=palette.WEEKEND_FILL)),
    ]


def _holidays(scene: Scene, days: Sequence[date]) -> list[str]:
    calendar = scene.workspace.calendar
    return [
        day_and_month(scene, day)
        for day in days
        if calendar.week[day.weekday()] and not calendar.quarters(day)
    ]
