"""The days that a grid of days shows, and the two rows of its header: the weeks, and the days in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from sheetflow.cells import Style
from sheetflow.domain.calendar import Calendar
from sheetflow.domain.plan import Plan
from sheetflow.domain.workflow import Kind
from sheetflow.translate import palette
from sheetflow.translate.views.canvas import Canvas
from sheetflow.translate.views.scene import Scene

DAYS_A_WEEK = 7
FOLLOW_UPS_SHOWN = timedelta(days=14)
WEEK_ROW, DAY_ROW = 1, 2
WEEK_HEAD = Style(ink=palette.ACCENT, bold=True, size=palette.SIZE)
TODAY_HEAD = Style(
    ink=palette.WHITE, fill=palette.ACCENT, bold=True, size=palette.SMALL, align="center"
)


def shown_days(scene: Scene, most_weeks: int, least_weeks: int = 1) -> tuple[date, ...]:
    """Whole weeks from the one of today to the one of the last planned day, at most so many."""
    first = week_start(scene.plan.today, scene.workspace.calendar)
    weeks = (_last_day(scene.plan) - first).days // DAYS_A_WEEK + 1
    count = DAYS_A_WEEK * min(max(weeks, least_weeks), most_weeks)
    return tuple(first + timedelta(days=i) for i in range(count))


def _last_day(plan: Plan) -> date:
    """The last day on which anything is planned; of what follows the last publishing, two weeks will do."""
    steps = [step for row in plan.publications for step in row.steps if step.due]
    before = (s.due for s in steps if s.due and s.kind is not Kind.FOLLOW_UP)
    published = max(before, default=plan.today)
    behind = max((step.due for step in steps if step.due), default=plan.today)
    return min(behind, published + FOLLOW_UPS_SHOWN)


def week_start(day: date, calendar: Calendar) -> date:
    """The first day of the day's week, as the team counts: the day after its longest rest."""
    return day - timedelta(days=calendar.day_of_week(day))


def by_week(days: Sequence[date], calendar: Calendar) -> Iterator[tuple[int, int]]:
    """The first and the last place of each week among the days, counted from 0."""
    first = 0
    for place, day in enumerate(days):
        is_last = place + 1 == len(days)
        if is_last or week_start(day, calendar) != week_start(days[place + 1], calendar):
            yield first, place
            first = place + 1


def draw_weeks(canvas: Canvas, scene: Scene, days: Sequence[date], first_column: int) -> None:
    """The header: the first day of each week, below it the initial of each weekday; today stands out."""
    for first, _ in by_week(days, scene.workspace.calendar):
        canvas.put(WEEK_ROW, first_column + first, day_and_month(scene, days[first]), WEEK_HEAD)
    for column, day in enumerate(days, start=first_column):
        is_off = not scene.workspace.calendar.quarters(day)
        style = TODAY_HEAD if day == scene.plan.today else _day_head(is_off=is_off)
        canvas.put(DAY_ROW, column, scene.tongue.weekday(day)[:1], style)


def day_and_month(scene: Scene, day: date) -> str:
    """The day without its weekday: `23 Nov`."""
    shown = scene.tongue.date(day)
    return shown.removeprefix(scene.tongue.weekday(day)).strip(" ,،")


@cache
def _day_head(*, is_off: bool) -> Style:
    fill = palette.WEEKEND_FILL if is_off else palette.HEAD_FILL
    return Style(
        ink=palette.SOFT, fill=fill, size=palette.SMALL, align="center", under=palette.FAINT
    )
