"""Charts on a page: what Vega draws, the names beside it, and the table behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sheetflow.domain.plan import PublicationPlan
from sheetflow.entrypoints.charts.layers import spec_of
from sheetflow.entrypoints.charts.load import (
    LoadGrid,
    load_by_day,
    load_by_week,
    load_lines,
    skills_by_week,
)
from sheetflow.entrypoints.charts.load_chart import load_drawing
from sheetflow.entrypoints.charts.signs import timeline_words
from sheetflow.entrypoints.charts.timeline import Timeline, rows_between, timeline_of
from sheetflow.entrypoints.charts.timeline_chart import timeline_drawing
from sheetflow.entrypoints.charts.tokens import page_ink
from sheetflow.entrypoints.charts.whole import worked_days
from sheetflow.entrypoints.web.pages.choice import DAY, Choice
from sheetflow.entrypoints.web.pages.plan_tables import load_table, timeline_table
from sheetflow.entrypoints.web.pages.tables import Table
from sheetflow.entrypoints.web.pages.wording import Wording
from sheetflow.translate.views.scene import Scene
from sheetflow.translate.views.weeks import shown_days

ROWS_A_PAGE = 40
LEAST_WEEKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineFigure:
    """One page of the timeline: rows `first` to `last` of `count` that have something in these weeks."""

    timeline: Timeline
    spec: dict[str, Any]
    table: Table
    told: str
    first: int
    last: int
    count: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadFigure:
    """A heat map."""

    grid: LoadGrid
    by_day: bool
    spec: dict[str, Any]
    table: Table
    told: str


def timeline_figure(scene: Scene, words: Wording, choice: Choice) -> TimelineFigure:
    """The page that was asked for; the last one where there are not so many."""
    days = shown_days(scene, choice.weeks, LEAST_WEEKS)
    rows = rows_between(scene.plan.publications, days[0], days[-1])
    pages = max(1, -(-len(rows) // ROWS_A_PAGE))
    page = min(choice.page, pages)
    first = (page - 1) * ROWS_A_PAGE
    shown = rows[first : first + ROWS_A_PAGE]
    timeline = timeline_of(scene, shown, days)
    told = _told(scene, words, shown, days)
    drawing = timeline_drawing(
        timeline, timeline_words(scene), labels=False, right_to_left=scene.right_to_left
    )
    return TimelineFigure(
        timeline=timeline,
        spec=spec_of(drawing, page_ink, told),
        table=timeline_table(scene, words, shown),
        told=told,
        first=first + 1 if shown else 0,
        last=first + len(shown),
        count=len(rows),
        page=page,
        pages=pages,
    )


def _told(
    scene: Scene, words: Wording, rows: Sequence[PublicationPlan], days: Sequence[date]
) -> str:
    first, last = (scene.tongue.date(day) for day in (days[0], days[-1]))
    return words("timeline_told", count=len(rows), first=first, last=last)


def load_figures(scene: Scene, words: Wording, choice: Choice) -> list[LoadFigure]:
    """The load of people or roles; of a team also that of its skills."""
    days = worked_days(scene, choice.weeks)
    lines = load_lines(scene, days, choice.person)
    by_day = choice.by == DAY
    grid = (load_by_day if by_day else load_by_week)(scene, days, lines)
    figures = [_load_figure(scene, grid, words("load_told"), by_day=by_day)]
    if scene.workspace.people is not None:
        skills = skills_by_week(scene, days, choice.person)
        figures.append(_load_figure(scene, skills, words("skills_told"), by_day=False))
    return [figure for figure in figures if figure.grid.rows]


def _load_figure(scene: Scene, grid: LoadGrid, told: str, *, by_day: bool) -> LoadFigure:
    drawing = load_drawing([(grid, by_day)], labels=False, right_to_left=scene.right_to_left)
    table = load_table(grid, scene, told)
    return LoadFigure(
        grid=grid, by_day=by_day, spec=spec_of(drawing, page_ink, told), table=table, told=told
    )
