"""The Workload tab: who is how full on which day, and how much of each skill is booked week by week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from sheetflow.cells import CellRange, ComputedTab, Style, Value
from sheetflow.translate import palette
from sheetflow.translate.views.canvas import Canvas
from sheetflow.translate.views.facing import facing_left
from sheetflow.translate.views.loads import (
    Hours,
    Line,
    Pool,
    people_lines,
    pools,
    role_lines,
    total,
)
from sheetflow.translate.views.scene import Scene, one_decimal
from sheetflow.translate.views.weeks import DAY_ROW, by_week, draw_weeks, shown_days

TAB = "Workload"
FIRST_WORDS = PEOPLE, ROLES = "people", "roles"
MOST_WEEKS, LEAST_WEEKS = 6, 2
FIRST_ROW, FIRST_DAY = DAY_ROW + 1, 4
SHARE_WIDTH, DAY_WIDTH = 11.0, 5.4
LEAST_WIDTH, MOST_WIDTH = 16, 64
SHARE = replace(palette.DAY, number_format="0%")
OFF = Style(
    ink=palette.SOFT, fill=palette.OFF_FILL, size=palette.SMALL, align="center", under=palette.LINE
)
ROLE_FILL = "E6F0FA"


def workload_tab(scene: Scene) -> ComputedTab:
    """Hours by day on a heat map, and below it the skills; without a Team tab, the hours of each role."""
    days = _worked_days(scene)
    has_team = scene.workspace.people is not None
    lines = people_lines(scene.plan, scene.workspace, days) if has_team else role_lines(scene.plan)
    canvas = Canvas()
    _draw_head(canvas, scene, days, has_team=has_team)
    for row, line in enumerate(lines, start=FIRST_ROW):
        _draw_line(canvas, scene, row, line, days)
    merges = _draw_skills(canvas, scene, days, FIRST_ROW + len(lines) + 1) if has_team else ()
    tab = ComputedTab(
        sheet=scene.tab_name(TAB),
        rows=canvas.rows(),
        styles=canvas.styles,
        widths=(*_label_widths(canvas.rows()), SHARE_WIDTH, *(DAY_WIDTH,) * len(days)),
        header_row=DAY_ROW,
        frozen_rows=DAY_ROW,
        frozen_columns=FIRST_DAY - 1,
        merges=tuple(merges),
        footer=scene.footer(TAB),
    )
    return facing_left(tab) if scene.right_to_left else tab


def _label_widths(rows: Sequence[Sequence[Value]]) -> tuple[float, float]:
    first, second = (
        max(
            (len(str(row[column])) for row in rows if len(row) > FIRST_DAY and row[column]),
            default=0,
        )
        for column in (0, 1)
    )
    return _width(first), _width(second)


def _width(longest: int) -> float:
    return float(min(max(longest + 1, LEAST_WIDTH), MOST_WIDTH))


def _worked_days(scene: Scene) -> list[date]:
    """The days of the shown weeks on which the team, or somebody in it, works."""
    busy = {day.date for person in scene.plan.people for day in person.days}
    calendar = scene.workspace.calendar
    return [
        day
        for day in shown_days(scene, MOST_WEEKS, LEAST_WEEKS)
        if calendar.week[day.weekday()] or day in busy or day == scene.plan.today
    ]


def _draw_head(canvas: Canvas, scene: Scene, days: Sequence[date], *, has_team: bool) -> None:
    word = scene.tongue.word
    weeks = sum(1 for _ in by_week(days, scene.workspace.calendar))
    canvas.put(DAY_ROW, 1, word(PEOPLE if has_team else ROLES), palette.HEAD)
    canvas.put(DAY_ROW, 2, word("skills") if has_team else None, palette.HEAD)
    canvas.put(DAY_ROW, 3, word("weeks", weeks=weeks), palette.HEAD_RIGHT)
    draw_weeks(canvas, scene, days, FIRST_DAY)


def _draw_line(canvas: Canvas, scene: Scene, row: int, line: Line, days: Sequence[date]) -> None:
    has_team = scene.workspace.people is not None
    ahead = total(line, (day for day in days if day >= scene.plan.today))
    canvas.put(row, 1, scene.owner(line.name), palette.TEXT)
    skills = scene.tongue.names(scene.tongue.show("skill", skill) for skill in line.skills)
    canvas.put(row, 2, skills or None, palette.SOFT_TEXT)
    if has_team:
        canvas.put(row, 3, ahead.share or None, SHARE)
    else:
        canvas.put(row, 3, one_decimal(ahead.planned), palette.NUMBER)
    for column, day in enumerate(days, start=FIRST_DAY):
        hours = line.days.get(day, Hours())
        if day in line.off and not hours.planned:
            canvas.put(row, column, scene.tongue.word("off"), OFF)
            continue
        fill = palette.load_fill(hours.share or 0.0) if has_team else _role_fill(hours)
        canvas.put(row, column, one_decimal(hours.planned), _load_style(fill))


def _role_fill(hours: Hours) -> str | None:
    return ROLE_FILL if hours.planned else None


def _draw_skills(
    canvas: Canvas, scene: Scene, days: Sequence[date], first_row: int
) -> list[CellRange]:
    """A row a skill, a cell a week; the cells to merge."""
    weeks = list(by_week(days, scene.workspace.calendar))
    ahead = [day for day in days if day >= scene.plan.today]
    _draw_skills_head(canvas, scene, first_row, len(days))
    merges = []
    for row, pool in enumerate(pools(scene.plan), start=first_row + 1):
        _draw_pool(canvas, scene, row, pool)
        canvas.put(row, 3, pool.hours(ahead).share or None, SHARE)
        for first, last in weeks:
            hours = pool.hours(day for day in days[first : last + 1] if day >= scene.plan.today)
            _draw_week(canvas, scene, row, (FIRST_DAY + first, FIRST_DAY + last), hours)
            if last > first:
                merges.append(CellRange(row, FIRST_DAY + first, row, FIRST_DAY + last))
    return merges


def _draw_pool(canvas: Canvas, scene: Scene, row: int, pool: Pool) -> None:
    """A skill and who has it, or the skills that are looked at together."""
    tongue = scene.tongue
    skills = [tongue.show("skill", skill) for skill in pool.skills]
    together = len(skills) > 1
    first = tongue.word("skills_together", count=len(skills)) if together else skills[0]
    canvas.put(row, 1, first, palette.TEXT)
    canvas.put(row, 2, tongue.names(skills if together else pool.people), palette.SOFT_TEXT)


def _draw_skills_head(canvas: Canvas, scene: Scene, row: int, count: int) -> None:
    for column in range(1, FIRST_DAY + count):
        canvas.put(row, column, None, palette.HEAD)
    word = scene.tongue.word
    canvas.put(row, 1, f"{word('skills')}: {word('share_of_capacity')}", palette.HEAD)


def _draw_week(
    canvas: Canvas, scene: Scene, row: int, columns: tuple[int, int], hours: Hours
) -> None:
    """The share that the dates ask for; the bare hours where nobody is there."""
    first, last = columns
    share: Value = hours.share if round(hours.share or 0.0, 2) else None
    style = replace(_load_style(palette.load_fill(hours.share or 0.0)), number_format="0%")
    if share and hours.available <= palette.ROUNDING:
        share = scene.tongue.word("hours_short", hours=one_decimal(hours.planned))
    for column in range(first, last + 1):
        canvas.put(row, column, share if column == first else None, style)


@cache
def _load_style(fill: str | None) -> Style:
    ink = palette.ink_on(fill)
    return Style(
        ink=ink,
        fill=fill,
        size=palette.SMALL,
        align="center",
        number_format="General",
        under=palette.LINE,
    )
