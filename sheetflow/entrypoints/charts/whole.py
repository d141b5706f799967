"""Charts that stand by themselves, with names, heads and legend: for files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sheetflow.entrypoints.charts.layers import Spec, spec_of
from sheetflow.entrypoints.charts.load import load_by_day, load_lines, skills_by_week
from sheetflow.entrypoints.charts.load_chart import load_drawing
from sheetflow.entrypoints.charts.signs import timeline_words
from sheetflow.entrypoints.charts.timeline import rows_between, timeline_of
from sheetflow.entrypoints.charts.timeline_chart import timeline_drawing
from sheetflow.entrypoints.charts.tokens import light_ink
from sheetflow.translate.views.scene import Scene
from sheetflow.translate.views.weeks import shown_days

LEAST_WEEKS = 2
MOST_ROWS = 150
"""A longer picture could neither be drawn nor looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeChart:
    """A chart, and how many rows of all that there are it shows."""

    spec: Spec
    shown: int
    count: int


def timeline_chart(scene: Scene, weeks: int) -> WholeChart:
    """The publications with something to see in the coming weeks, in the order of the sheet."""
    days = shown_days(scene, weeks, LEAST_WEEKS)
    rows = rows_between(scene.plan.publications, days[0], days[-1])
    timeline = timeline_of(scene, rows[:MOST_ROWS], days)
    drawing = timeline_drawing(
        timeline, timeline_words(scene), labels=True, right_to_left=scene.right_to_left
    )
    spec = spec_of(drawing, light_ink, scene.footer("Timeline"))
    return WholeChart(spec=spec, shown=len(timeline.rows), count=len(rows))


def load_chart(scene: Scene, weeks: int) -> WholeChart:
    """Everybody's hours by day, below them what share of each skill the delivery dates ask for week by week."""
    days = worked_days(scene, weeks)
    lines = load_lines(scene, days)
    grids = [(load_by_day(scene, days, lines[:MOST_ROWS]), True)]
    if scene.workspace.people is not None:
        grids.append((skills_by_week(scene, days), False))
    drawing = load_drawing(grids, labels=True, right_to_left=scene.right_to_left)
    spec = spec_of(drawing, light_ink, scene.footer("Workload"))
    return WholeChart(spec=spec, shown=len(grids[0][0].rows), count=len(lines))


CHARTS: Mapping[str, Callable[[Scene, int], WholeChart]] = {
    "timeline": timeline_chart,
    "load": load_chart,
}
"""What draws each kind of chart of so many weeks at most."""


def worked_days(scene: Scene, weeks: int) -> list[date]:
    """The days of the coming weeks on which the team, or somebody in it, works."""
    busy = {day.date for person in scene.plan.people for day in person.days}
    week = scene.workspace.calendar.week
    return [
        day
        for day in shown_days(scene, weeks, LEAST_WEEKS)
        if week[day.weekday()] or day in busy or day == scene.plan.today
    ]
