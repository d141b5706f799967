"""The Workload tab: who is how full on which day, and how much of each skill is booked week by week."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from sheetflow.cells import CellRange, Chart, ComputedTab, Rule, Value
from sheetflow.translate import palette
from sheetflow.translate.views.canvas import Canvas
from sheetflow.translate.views.facing import facing_left
from sheetflow.translate.views.heat import any_hours_rules, hours_rules
from sheetflow.translate.views.list_sizes import wrapped_heights
from sheetflow.translate.views.load_charts import HIDDEN_COLUMNS, POINTS_A_CHARACTER, LoadCharts
from sheetflow.translate.views.loads import Hours, Line, people_lines, role_lines, total
from sheetflow.translate.views.scene import Scene, one_decimal
from sheetflow.translate.views.skill_weeks import SHARE, SkillWeeks, shown_share
from sheetflow.translate.views.weeks import DAY_ROW, by_week, draw_weeks, shown_days

TAB = "Workload"
FIRST_WORDS = PEOPLE, ROLES = "people", "roles"
MOST_WEEKS, LEAST_WEEKS = 6, 2
FIRST_ROW, FIRST_DAY = DAY_ROW + 1, 4
SHARE_WIDTH, DAY_WIDTH = 11.0, 5.4
LEAST_WIDTH, MOST_WIDTH = 16, 72
POINTS_A_ROW = 20.0
SKILLS_COLUMN = 1
OFF = replace(palette.LOAD, ink=palette.SOFT, fill=palette.OFF_FILL)


def workload_tab(scene: Scene) -> ComputedTab:
    """Hours by day on a heat map, below it the skills, and charts; without a Team tab, the hours of each role."""
    days = _worked_days(scene)
    has_team = scene.workspace.people is not None
    lines = people_lines(scene.plan, scene.workspace, days) if has_team else role_lines(scene.plan)
    canvas = Canvas()
    _draw_head(canvas, scene, days, has_team=has_team)
    for row, line in enumerate(lines, start=FIRST_ROW):
        _draw_line(canvas, scene, row, line, days)
    merges: tuple[CellRange, ...] = ()
    rules = _rules(lines, days, has_team=has_team)
    below = FIRST_ROW + len(lines) + 1
    if has_team:
        skills = SkillWeeks(scene=scene, days=days, first_row=below, first_day=FIRST_DAY)
        merges, share_rules = skills.draw(canvas)
        rules += share_rules
    rows = canvas.rows()
    widths = (*_label_widths(rows, {below}), SHARE_WIDTH, *(DAY_WIDTH,) * len(days))
    load = LoadCharts(scene=scene, lines=lines, days=days, column=len(widths) + 1)
    load.write(canvas)
    tab = _tab(scene, canvas, widths, load.charts(len(rows) + 2, widths))
    tab = replace(tab, rules=rules, merges=merges)
    return facing_left(tab) if scene.right_to_left else tab


def _tab(
    scene: Scene, canvas: Canvas, widths: tuple[float, ...], charts: tuple[Chart, ...]
) -> ComputedTab:
    """The tab of what is drawn; on one page where it can be read there: a page's end would tear a chart apart."""
    rows = canvas.rows()
    heights = wrapped_heights(scene, (SKILLS_COLUMN,), widths, rows)
    last_row = charts[0].row if charts else len(rows)
    height = sum(heights.get(row, POINTS_A_ROW) for row in range(1, last_row + 1))
    height += max((chart.height for chart in charts), default=0.0)
    return ComputedTab(
        sheet=scene.tab_name(TAB),
        rows=rows,
        styles=canvas.styles,
        widths=(*widths, *(0.0,) * HIDDEN_COLUMNS),
        heights=heights,
        header_row=DAY_ROW,
        frozen_rows=DAY_ROW,
        frozen_columns=FIRST_DAY - 1,
        charts=charts,
        footer=scene.footer(TAB),
        tab_colour=palette.TAB,
        on_one_page=height <= sum(widths) * POINTS_A_CHARACTER,
    )


def _label_widths(rows: Sequence[Sequence[Value]], titles: Collection[int]) -> tuple[float, float]:
    """The widths of the names and of what stands beside them; the rows of `titles` may run on."""
    labels = [row[:2] for number, row in enumerate(rows, start=1) if number not in titles]
    first, second = (
        max((len(str(row[column] or "")) for row in labels if len(row) > column), default=0)
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
    canvas.put(row, 2, skills or None, palette.WRAPPED_TEXT)
    if has_team:
        canvas.put(row, 3, shown_share(ahead), SHARE)
    else:
        canvas.put(row, 3, one_decimal(ahead.planned), palette.NUMBER)
    for column, day in enumerate(days, start=FIRST_DAY):
        hours = line.days.get(day, Hours())
        if day in line.off and not hours.planned:
            canvas.put(row, column, scene.tongue.word("off"), OFF)
            continue
        canvas.put(row, column, one_decimal(hours.planned), palette.LOAD)


def _rules(lines: Sequence[Line], days: Sequence[date], *, has_team: bool) -> tuple[Rule, ...]:
    """The colours of the hours by day."""
    if not lines:
        return ()
    if not has_team:
        last_row, last_column = FIRST_ROW + len(lines) - 1, FIRST_DAY + len(days) - 1
        return any_hours_rules(CellRange(FIRST_ROW, FIRST_DAY, last_row, last_column))
    capacities = [
        [hours.available if (hours := line.days.get(day)) else None for day in days]
        for line in lines
    ]
    return hours_rules(capacities, FIRST_ROW, FIRST_DAY)
