"""A small picture of somebody's next working days: planned hours before those that there are, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from sheetflow.domain.plan import PersonDay
from sheetflow.translate.palette import (
    FULL_LOAD,
    INK,
    OVER_LOAD,
    ROOM_FILL,
    ROUNDING,
    SOFT,
    WHITE,
)
from sheetflow.translate.views.scene import Scene

WIDTH, HEIGHT = 560, 164
TOP, FLOOR, WEEKDAYS, NUMBERS = 26, 112, 130, 148
GAP = 10
FONTS = {False: "Noto Sans, DejaVu Sans, Arial, sans-serif", True: "DejaVu Sans, Tahoma, Arial"}


def load_picture(scene: Scene, days: Sequence[PersonDay]) -> str:
    """The picture; blank where there is nothing to see. Where people read from the right, time runs to the left."""
    most = max((max(day.capacity_hours, day.planned_hours) for day in days), default=0.0)
    if most <= ROUNDING:
        return ""
    shown = list(reversed(days)) if scene.right_to_left else list(days)
    parts = [
        part
        for place, day in enumerate(shown)
        for part in _bar(scene, day, place, most, len(shown))
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="{FONTS[scene.right_to_left]}" font-size="11">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#{WHITE}"/>{"".join(parts)}</svg>'
    )


def _bar(scene: Scene, day: PersonDay, place: int, most: float, count: int) -> Iterator[str]:
    room = WIDTH / count
    left, width = place * room + GAP / 2, room - GAP
    is_over = day.planned_hours > day.capacity_hours + ROUNDING
    fill = OVER_LOAD if is_over else FULL_LOAD
    yield _box(left, width, day.capacity_hours / most, ROOM_FILL)
    yield _box(left, width, day.planned_hours / most, fill)
    middle, tongue = left + width / 2, scene.tongue
    highest = max(day.capacity_hours, day.planned_hours) / most
    above = FLOOR - (FLOOR - TOP) * highest - 6
    is_today = day.date == scene.plan.today
    if day.planned_hours > ROUNDING:
        yield _text(middle, above, tongue.number(day.planned_hours), INK, is_bold=is_today)
    yield _text(middle, WEEKDAYS, tongue.weekday(day.date), SOFT, is_bold=is_today)
    yield _text(middle, NUMBERS, tongue.day_number(day.date), SOFT, is_bold=is_today)


def _box(left: float, width: float, share: float, fill: str) -> str:
    height = (FLOOR - TOP) * share
    return (
        f'<rect x="{left:.1f}" y="{FLOOR - height:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}" fill="#{fill}"/>'
    )


def _text(x: float, y: float, text: str, ink: str, *, is_bold: bool) -> str:
    weight = "bold" if is_bold else "normal"
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-weight="{weight}" '
        f'fill="#{ink}">{escape(text)}</text>'
    )
