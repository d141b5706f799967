"""The computed tabs: what stands where, in which colour, in which language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from hand_made import TEAM, TODAY, WORKSPACE
from hand_plan import FOUR, LOADS, ONE, PLAN
from sheetflow.cells import CellRange, ComputedTab, Rule, Style, StyleRows, Value
from sheetflow.domain.bottleneck import Bottleneck
from sheetflow.domain.calendar import Calendar, DateRange
from sheetflow.domain.change import Change, Moved
from sheetflow.domain.flag import Flag, Reason
from sheetflow.domain.history import Event, EventKind
from sheetflow.domain.plan import DayLoad, Plan, SkillDemand
from sheetflow.domain.publication import Status
from sheetflow.domain.settings import CalendarSystem, Language
from sheetflow.domain.workspace import Workspace
from sheetflow.errors import Problem, Severity
from sheetflow.translate import palette
from sheetflow.translate.language import Tongue
from sheetflow.translate.views.changes import changes_tab
from sheetflow.translate.views.history import history_tab
from sheetflow.translate.views.problems import problems_tab
from sheetflow.translate.views.scene import Scene, one_decimal
from sheetflow.translate.views.steps import steps_tab
from sheetflow.translate.views.timeline import timeline_tab
from sheetflow.translate.views.today import today_tab
from sheetflow.translate.views.weeks import week_start
from sheetflow.translate.views.workload import workload_tab

FIRST_DAY_COLUMN = 4
NO_STYLE = Style()


def scene(
    plan: Plan = PLAN,
    workspace: Workspace = WORKSPACE,
    language: Language = Language.EN,
    calendar: CalendarSystem = CalendarSystem.GREGORIAN,
    problems: tuple[Problem, ...] = (),
) -> Scene:
    """A scene of the plan made by hand, or of another."""
    tongue = Tongue(language, calendar, plan.today)
    return Scene(plan=plan, workspace=workspace, tongue=tongue, problems=problems)


def at(tab: ComputedTab, row: int, column: int) -> Value:
    """The value of a cell; None where nothing stands."""
    values = tab.rows[row - 1] if row <= len(tab.rows) else ()
    return values[column - 1] if column <= len(values) else None


def row_of(tab: ComputedTab, text: str, column: int = 2) -> int:
    """The number of the row with that text."""
    return next(n for n in range(1, len(tab.rows) + 1) if at(tab, n, column) == text)


def day_cell(tab: ComputedTab, row: int, day: date) -> tuple[Value, Style]:
    """Value and style of a day's cell in the timeline, whose first day is Monday, 23 November."""
    column = FIRST_DAY_COLUMN + (day - TODAY).days
    return at(tab, row, column), tab.styles.get((row, column), NO_STYLE)


def shown_fill(tab: ComputedTab, row: int, column: int) -> str | None:
    """The colour that a cell is seen in: that of the first rule which holds, else its own."""
    value = at(tab, row, column)
    for rule in tab.rules:
        areas = (rule.area, *rule.beside)
        if any(_within(area, row, column) for area in areas) and _holds(rule, value):
            return rule.style.fill
    return tab.styles.get((row, column), NO_STYLE).fill


def _within(area: CellRange, row: int, column: int) -> bool:
    return (
        area.first_row <= row <= area.last_row and area.first_column <= column <= area.last_column
    )


def _holds(rule: Rule, value: Value) -> bool:
    if rule.upper is None:
        return rule.operator == "equal" and value == rule.operand
    assert rule.operator == "between"
    # A spreadsheet takes a blank for 0, and every text for more than any number.
    number = float("inf") if isinstance(value, str) else value or 0
    assert isinstance(number, int | float)
    assert isinstance(rule.operand, float)
    return rule.operand <= number <= rule.upper


def test_steps_has_a_row_a_step() -> None:
    """Every step stands in the workflow's order; what is done has no dates and no hours."""
    tab = steps_tab(scene())
    assert tab.sheet == "Steps"
    assert tab.rows[0][:8] == (
        "ID",
        "Publication",
        "Step",
        "Phase",
        "Owner",
        "Start",
        "Due",
        "Days",
    )
    assert len(tab.rows) == 1 + sum(len(row.steps) for row in PLAN.publications)
    first = ("P-1", "One", "Text", "Creation", "Budi", date(2026, 12, 1), date(2026, 12, 1), 1, 3)
    assert tab.rows[1][:9] == first
    done = tab.rows[1 + len(ONE.steps)]
    assert done[:10] == ("P-2", "Two", "Text", "Creation", "Budi", None, None, None, None, "Done")
    assert tab.styles[2, 6].number_format == "[$-409]ddd d mmm"
    flags = {rule.operand for rule in tab.rules if rule.area.first_column == 11}
    assert flags == {"Green", "Amber", "Red", "Grey"}
    assert tab.filtered == CellRange(1, 1, len(tab.rows), len(tab.rows[0]))


def test_steps_have_the_colours_of_their_phases() -> None:
    """A rule a phase colours the word, as the timeline does; a team's own phase has its own tint."""
    own = replace(ONE, steps=(replace(ONE.steps[0], phase="Shoot"), *ONE.steps[1:]))
    tab = steps_tab(scene(replace(PLAN, publications=(own,))))
    assert at(tab, 2, 4) == "Shoot"
    assert shown_fill(tab, 2, 4) == palette.FURTHER_TINTS[0]
    assert shown_fill(tab, 3, 4) == palette.PHASES[str(at(tab, 3, 4))]


def test_today_ranks_each_persons_work() -> None:
    """Current steps first; below them, marked early, what waits for nothing and fits into the hours left."""
    rows = [row[:7] for row in today_tab(scene()).rows[1:]]
    assert rows == [
        ("Budi", 1, "P-2", "Two", "Picture", TODAY, 1.1),
        ("Budi", "early", "P-1", "One", "Text", date(2026, 12, 1), 3),
        ("Sari", 1, "P-4", "Four", "Draft", date(2026, 11, 24), 2),
    ]


def test_today_says_when_there_is_nothing() -> None:
    """A day without work has one line that says so."""
    quiet = replace(PLAN, publications=(), people=())
    assert today_tab(scene(quiet)).rows[1:] == (("Nothing is planned",),)


def test_timeline_shows_weeks_and_marks_today() -> None:
    """Weeks begin on the team's first day; today's column stands out; days off are grey."""
    tab = timeline_tab(scene())
    assert tab.rows[0][3::7] == ("23 Nov", "30 Nov", "7 Dec", "14 Dec")
    assert tab.rows[1][:10] == ("Flag", "Publication", "Delivery date", *"MTWTFSS")
    assert tab.styles[2, FIRST_DAY_COLUMN].fill == palette.ACCENT
    row = row_of(tab, "Three")
    assert day_cell(tab, row, TODAY)[1].left_edge == palette.ACCENT
    assert day_cell(tab, row, date(2026, 11, 28))[1].fill == palette.WEEKEND_FILL
    assert (tab.frozen_rows, tab.frozen_columns, tab.header_row) == (2, 3, 2)


def test_timeline_draws_bars_in_the_phases_colours() -> None:
    """A bar has its label in its first cell, its phase's colour in all, and a dot on the publish day."""
    tab = timeline_tab(scene())
    row = row_of(tab, "One")
    assert day_cell(tab, row, date(2026, 12, 1))[0] == "Text"
    assert day_cell(tab, row, date(2026, 12, 1))[1].fill == palette.PHASES["Creation"]
    assert day_cell(tab, row, date(2026, 12, 3))[1].fill == palette.PHASES["Approval"]
    dot, style = day_cell(tab, row, date(2026, 12, 4))
    assert (dot, style.fill, style.ink) == ("●", palette.PUBLISH_FILL, palette.WHITE)
    assert day_cell(tab, row, date(2026, 12, 8))[0] is None


def test_timeline_outlines_what_lies_after_the_delivery_date() -> None:
    """A late publish day is outlined in red; what follows publishing is not."""
    tab = timeline_tab(scene())
    row = row_of(tab, "Four")
    assert day_cell(tab, row, date(2026, 11, 24))[1].outline is None
    assert day_cell(tab, row, date(2026, 11, 25))[1].outline == palette.RED_INK
    follow_up = row_of(tab, "One")
    assert day_cell(tab, follow_up, date(2026, 12, 7))[1].outline is None


def test_timeline_leaves_out_what_is_over() -> None:
    """Rows that are done or cancelled take no space; rows on hold and faulty rows are shown."""
    over = tuple(replace(FOUR, status=s, title=s) for s in (Status.DONE, Status.CANCELLED))
    tab = timeline_tab(scene(replace(PLAN, publications=(*PLAN.publications, *over))))
    titles = [row[1] for row in tab.rows[2:8]]
    assert titles == ["One", "Two", "Three", "Four", "Five", "Six"]
    assert all("Done" not in row and "Cancelled" not in row for row in tab.rows)


def test_timeline_explains_its_colours_and_holidays() -> None:
    """The legend names every phase, the dot and the outline; a holiday is grey and named."""
    holiday = replace(TEAM, holidays=frozenset({date(2026, 12, 9)}))
    tab = timeline_tab(scene(workspace=replace(WORKSPACE, calendar=holiday)))
    texts = {value for row in tab.rows for value in row if isinstance(value, str)}
    assert {"Creation", "Follow-up", "publish day", "after the delivery date"} <= texts
    assert "Holidays: 9 Dec" in texts
    row = row_of(tab, "Three")
    assert day_cell(tab, row, date(2026, 12, 9))[1].fill == palette.WEEKEND_FILL


def test_timeline_ends_after_twelve_weeks() -> None:
    """However far the plan reaches, no more than twelve weeks are drawn."""
    last = ONE.steps[4]
    far = replace(last, due=TODAY + timedelta(days=400))
    tab = timeline_tab(scene(replace(PLAN, publications=(replace(ONE, steps=(far,)),))))
    assert len(tab.widths) == FIRST_DAY_COLUMN - 1 + 12 * 7


def test_workload_shows_hours_and_shares() -> None:
    """A row a person with the hours of each day, coloured by their share, and the share over all weeks."""
    tab = workload_tab(scene())
    row = row_of(tab, "Budi", column=1)
    assert at(tab, row, FIRST_DAY_COLUMN) == 1.1
    assert shown_fill(tab, row, FIRST_DAY_COLUMN) == "E6F0FA"
    assert shown_fill(tab, row, FIRST_DAY_COLUMN + 1) is None
    assert at(tab, row, FIRST_DAY_COLUMN + 1) is None
    share = at(tab, row, 3)
    assert isinstance(share, float)
    assert share == pytest.approx(sum(LOADS["Budi"].values()) / (15 * 6))
    assert tab.rows[1][:3] == ("People", "Skills", "3 weeks")


def test_workload_tells_who_is_off() -> None:
    """A day on which somebody does not work says so; a day over the capacity is red."""
    away = DateRange(first=date(2026, 11, 24), last=date(2026, 11, 24))
    people = tuple(
        replace(person, calendar=replace(person.calendar, away=(away,)))
        if person.name == "Budi"
        else person
        for person in WORKSPACE.people or ()
    )
    budi = next(person for person in PLAN.people if person.name == "Budi")
    crowded = replace(budi, days=(replace(budi.days[0], planned_hours=7.0), *budi.days[2:]))
    plan = replace(PLAN, people=(crowded,))
    tab = workload_tab(scene(plan, replace(WORKSPACE, people=people)))
    row = row_of(tab, "Budi", column=1)
    assert shown_fill(tab, row, FIRST_DAY_COLUMN) == palette.OVER_LOAD
    assert at(tab, row, FIRST_DAY_COLUMN + 1) == "off"
    assert shown_fill(tab, row, FIRST_DAY_COLUMN + 1) == palette.OFF_FILL


def asked(skill: str, **hours: float) -> SkillDemand:
    """The demand of a skill: `asked("Designer", d1201=6)` is asked for six hours on 1 December."""
    days = {date(2026, int(day[1:3]), int(day[3:])): part for day, part in hours.items()}
    load = tuple(DayLoad(date=day, hours=part) for day, part in days.items())
    return SkillDemand(skill=skill, days=load)


def test_workload_shows_what_each_skill_is_asked_for() -> None:
    """Below the people, a cell a week: the hours that the dates ask for over the hours of those who have the skill."""
    demand = (asked("Copywriter", d1124=4, d1201=30, d1203=42), asked("Designer", d1202=6))
    tab = workload_tab(scene(replace(PLAN, demand=demand)))
    row = row_of(tab, "Copywriter", column=1)
    assert at(tab, row, 2) == "Budi, Sari"
    first, second = at(tab, row, FIRST_DAY_COLUMN), at(tab, row, FIRST_DAY_COLUMN + 5)
    assert first == pytest.approx(4 / 60)
    assert second == pytest.approx(72 / 60)
    assert shown_fill(tab, row, FIRST_DAY_COLUMN) == palette.LOAD_STEPS[0][1]
    assert shown_fill(tab, row, FIRST_DAY_COLUMN + 5) == palette.OVER_LOAD
    assert CellRange(row, FIRST_DAY_COLUMN, row, FIRST_DAY_COLUMN + 4) in tab.merges
    assert at(tab, row_of(tab, "Publisher", column=1), FIRST_DAY_COLUMN) is None


def test_workload_shows_skills_that_are_short_together() -> None:
    """A bottleneck of several skills has a row of its own, over the hours of all who have any of them."""
    found = Bottleneck(
        skills=("Approver", "Designer"),
        first_week=TODAY,
        last_week=TODAY,
        booked_share=1.2,
        hours_over=12,
    )
    demand = (asked("Approver", d1124=36), asked("Designer", d1125=36))
    tab = workload_tab(scene(replace(PLAN, demand=demand, bottlenecks=(found,))))
    row = row_of(tab, "2 skills together", column=1)
    assert at(tab, row, 2) == "Approver, Designer"
    assert at(tab, row, FIRST_DAY_COLUMN) == pytest.approx(1.2)


def test_workload_tells_hours_where_nobody_is_there() -> None:
    """A share of nothing is no number: the hours stand there, in red."""
    budi = next(person for person in PLAN.people if person.name == "Budi")
    away = replace(budi, days=tuple(day for day in budi.days if day.date >= date(2026, 11, 30)))
    plan = replace(PLAN, people=(away,), demand=(asked("Designer", d1125=2.25),))
    tab = workload_tab(scene(plan))
    row = row_of(tab, "Designer", column=1)
    assert at(tab, row, FIRST_DAY_COLUMN) == "2.3 h"
    assert tab.styles[row, FIRST_DAY_COLUMN].fill == palette.OVER_LOAD


def test_workload_colours_by_the_capacity_of_the_day() -> None:
    """Three hours are a full load on a half day, and half of one on a day of six hours."""
    budi = next(person for person in PLAN.people if person.name == "Budi")
    full, half, *others = (replace(day, planned_hours=3.0) for day in budi.days)
    days = (full, replace(half, capacity_hours=3.0), *others)
    tab = workload_tab(scene(replace(PLAN, people=(replace(budi, days=days),))))
    row = row_of(tab, "Budi", column=1)
    places = (FIRST_DAY_COLUMN, FIRST_DAY_COLUMN + 1, FIRST_DAY_COLUMN + 2)
    fills = [shown_fill(tab, row, place) for place in places]
    assert fills == ["BBD7F0", palette.FULL_LOAD, "BBD7F0"]


def test_workload_charts_show_hours_by_person_and_by_week() -> None:
    """The charts show hidden cells: hours planned before hours available, of each person and of each week."""
    tab = workload_tab(scene())
    by_person, by_week = tab.charts
    assert (by_person.title, by_week.title) == (
        "Hours by person, 3 weeks",
        "Hours by week, all together",
    )
    assert cells(tab, by_person.categories) == [person.name for person in PLAN.people]
    assert cells(tab, by_week.categories) == ["23 Nov", "30 Nov", "7 Dec"]
    for chart in tab.charts:
        available, planned = chart.series
        assert (available.name, planned.name) == ("available hours", "planned hours")
        assert all(tab.widths[one.values.first_column - 1] == 0 for one in chart.series)
        hours = zip(cells(tab, planned.values), cells(tab, available.values), strict=True)
        assert all(0 <= some <= most for some, most in hours)
    budi = cells(tab, by_person.series[1].values)[cells(tab, by_person.categories).index("Budi")]
    assert budi == pytest.approx(sum(LOADS["Budi"].values()), abs=0.05)
    by_weeks = sum(cells(tab, by_week.series[1].values))
    assert by_weeks == pytest.approx(sum(cells(tab, by_person.series[1].values)), abs=0.2)
    assert by_person.row > max(row for row, _ in tab.styles)
    assert tab.on_one_page


def cells(tab: ComputedTab, area: CellRange) -> list[Any]:
    """What stands in a column of cells."""
    rows = range(area.first_row, area.last_row + 1)
    return [at(tab, row, area.first_column) for row in rows]


def test_charts_stand_side_by_side() -> None:
    """The second one begins right of the first, at the first day where the labels have room for the first one."""
    weekly = replace(TEAM, week=(4, 0, 0, 0, 0, 0, 0))
    monday = replace(PLAN.people[0].days[0], planned_hours=3.0)
    budi = replace(PLAN.people[0], skills=("Designer",), days=(monday,))
    plan = replace(PLAN, people=(budi,), publications=())
    narrow = workload_tab(scene(plan, replace(WORKSPACE, calendar=weekly)))
    wide = workload_tab(scene(replace(PLAN, people=(replace(budi, skills=("Long " * 12,)),))))
    assert wide.charts[1].column == FIRST_DAY_COLUMN
    for tab in (narrow, wide):
        first, second = tab.charts
        assert sum(tab.widths[: second.column - 1]) * 5.3 >= min(first.width, 5.3 * sum(tab.widths))


def test_workload_without_hours_has_no_charts() -> None:
    """Where nothing is planned there is nothing to compare."""
    idle = tuple(
        replace(person, days=tuple(replace(day, planned_hours=0.0) for day in person.days))
        for person in PLAN.people
    )
    assert workload_tab(scene(replace(PLAN, people=idle))).charts == ()


def test_the_names_of_skills_are_not_cut() -> None:
    """The column of names is as wide as the longest skill, though nothing is planned for it."""
    long = "Somebody who can do a very special thing"
    budi = replace(PLAN.people[0], skills=(long,))
    tab = workload_tab(scene(replace(PLAN, people=(budi,), demand=())))
    assert tab.widths[0] > len(long)


def test_many_skills_take_two_lines() -> None:
    """A list of skills that is longer than its column is wrapped, in a row that is high enough."""
    skills = tuple(f"Somebody for thing {number}" for number in range(5))
    budi = replace(PLAN.people[0], skills=skills)
    tab = workload_tab(scene(replace(PLAN, people=(budi, *PLAN.people[1:]))))
    row = row_of(tab, budi.name, column=1)
    assert tab.styles[row, 2].wrap
    assert tab.heights[row] > 30
    assert row + 1 not in tab.heights


def test_timeline_can_be_filtered_by_flag() -> None:
    """The filter buttons stand on the three columns that name a row, over all of its rows and not the legend."""
    tab = timeline_tab(scene())
    assert tab.filtered == CellRange(2, 1, 2 + len(PLAN.publications), 3)


def test_rows_that_look_the_same_share_their_styles() -> None:
    """However long a list is, there are few rows of styles."""
    many = tuple(replace(ONE, id=f"P-{number}") for number in range(50))
    tab = steps_tab(scene(replace(PLAN, publications=many), language=Language.FA))
    assert isinstance(tab.styles, StyleRows)
    assert len({id(row) for row in tab.styles.rows}) <= 6
    assert len(tab.styles) == len(list(tab.styles)) == len(tab.rows) * len(tab.rows[0])


def test_workload_without_a_team_shows_roles() -> None:
    """Without a Team tab the rows are roles with their hours, and there are no shares."""
    steps = tuple(replace(step, owner=step.skill or None) for step in ONE.steps)
    plan = replace(PLAN, publications=(replace(ONE, steps=steps),), people=())
    tab = workload_tab(scene(plan, replace(WORKSPACE, people=None)))
    assert [row[0] for row in tab.rows[2:]] == ["Approver", "Copywriter", "Designer", "Publisher"]
    row = row_of(tab, "Copywriter", column=1)
    assert at(tab, row, 3) == 4
    assert not tab.merges
    assert shown_fill(tab, row, FIRST_DAY_COLUMN + 6) == palette.LOAD_STEPS[0][1]
    assert [[one.name for one in chart.series] for chart in tab.charts] == [["planned hours"]] * 2


def test_problems_come_with_the_way_out() -> None:
    """Errors stand before warnings, each with its place, its sentence and what to do."""
    warning = Problem(
        code="delivery_past", sheet="Plan", cell="D2", severity=Severity.WARNING, facts={}
    )
    error = Problem(code="id_twice", sheet="Plan", cell="A3", facts={"value": "P-1"})
    tab = problems_tab(scene(problems=(warning, error)))
    assert [row[:3] for row in tab.rows[1:]] == [
        ("Plan", "A3", "Error"),
        ("Plan", "D2", "Warning"),
    ]
    assert problems_tab(scene()).rows[1:] == (("No problems",),)


def test_changes_tell_from_and_to() -> None:
    """A move of a date shows dates, a change of owner shows names."""
    why = Reason(code="owner_balance")
    moved = Change(
        id="P-1",
        step="Text",
        what=Moved.DUE,
        before=date(2026, 11, 27),
        after=date(2026, 12, 1),
        why=why,
    )
    given = replace(moved, what=Moved.OWNER, before="Sari", after="Budi")
    tab = changes_tab(scene(replace(PLAN, changes=(moved, given))))
    assert tab.rows[1][:6] == ("P-1", "One", "Text", "due", date(2026, 11, 27), date(2026, 12, 1))
    assert tab.rows[2][3:6] == ("owner", "Sari", "Budi")
    assert tab.rows[2][6]


def test_history_begins_with_its_first_events() -> None:
    """A new History tab holds the headers and the events of the run."""
    event = Event(
        when=TODAY, id="P-1", step="Text", kind=EventKind.STARTED, owner="Budi", due=TODAY
    )
    tab = history_tab(scene(), (event,))
    assert tab.rows == (
        ("When", "ID", "Step", "Event", "Owner", "Due", "Note"),
        (TODAY, "P-1", "Text", "started", "Budi", TODAY, None),
    )


@pytest.mark.parametrize("language", list(Language))
def test_tabs_speak_the_workbooks_language(language: Language) -> None:
    """Tab names, headers, flags and states are in the workbook's language; fa runs from right to left."""
    tab = steps_tab(scene(language=language))
    tongue = Tongue(language, CalendarSystem.GREGORIAN, TODAY)
    assert tab.sheet == tongue.show("tab", "Steps")
    assert tab.rows[0][4] == tongue.show("header:Steps", "Owner")
    assert tab.rows[1][9] == tongue.show("state", "Planned")
    assert tab.right_to_left is (language is Language.FA)
    assert tab.styles[2, 2].align == ("right" if language is Language.FA else None)
    assert tab.styles[2, 8].align == ("left" if language is Language.FA else "right")


def test_jalali_dates_are_texts() -> None:
    """In the Jalali calendar a date is a text that people there write, never a serial number."""
    tab = steps_tab(scene(language=Language.FA, calendar=CalendarSystem.JALALI))
    assert tab.rows[1][5] == "۱۴۰۵/۰۹/۱۰"
    assert tab.styles[2, 6].number_format is None


def test_another_year_is_told() -> None:
    """The year appears where it is not this one, and only there."""
    show = scene()
    assert show.day_format(date(2026, 12, 31)) == "[$-409]ddd d mmm"
    assert show.day_format(date(2027, 1, 1)) == "[$-409]ddd d mmm yyyy"


def test_history_tells_the_year() -> None:
    """What is still read in another year has its year always."""
    event = Event(when=TODAY, id="P-1", step="Text", kind=EventKind.STARTED, due=TODAY)
    tab = history_tab(scene(), (event,))
    assert tab.styles[2, 1].number_format == "[$-409]ddd d mmm yyyy"
    assert tab.widths[0] > len("Mon 23 Nov 2026")


def test_a_rule_closes_each_publication_and_each_person() -> None:
    """The last step of a publication, and the last task of a person, has a stronger line below it."""
    tab = steps_tab(scene())
    last = len(ONE.steps) + 1
    assert [tab.styles[row, 1].under for row in (last - 1, last)] == [palette.LINE, palette.FAINT]
    today = today_tab(scene())
    assert [today.styles[row, 4].under for row in (2, 3)] == [palette.LINE, palette.FAINT]


def test_numbers_and_their_headers_keep_clear_of_the_filter_button() -> None:
    """Dates and numbers are set in from the right as their headers are."""
    tab = steps_tab(scene())
    assert {tab.styles[row, column].indent for row in (1, 2) for column in (6, 7, 8, 9)} == {2}


def test_a_label_is_cut_where_another_bar_follows() -> None:
    """A long label is cut with a full stop beside another bar, or where it is white; else it runs on."""
    first, *others = ONE.steps
    long = replace(first, step="Illustrate")
    tab = timeline_tab(scene(replace(PLAN, publications=(replace(ONE, steps=(long, *others)),))))
    assert day_cell(tab, row_of(tab, "One"), date(2026, 12, 1))[0] == "Illus."
    tab = timeline_tab(scene(replace(PLAN, publications=(replace(ONE, steps=(long,)),))))
    assert day_cell(tab, row_of(tab, "One"), date(2026, 12, 1))[0] == "Illustr…"
    white = replace(long, phase="Delivery")
    tab = timeline_tab(scene(replace(PLAN, publications=(replace(ONE, steps=(white,)),))))
    assert day_cell(tab, row_of(tab, "One"), date(2026, 12, 1))[0] == "Illus."


def test_days_off_are_narrow() -> None:
    """Weekends take half the room of working days."""
    monday, saturday = FIRST_DAY_COLUMN - 1, FIRST_DAY_COLUMN + 4
    widths = timeline_tab(scene()).widths
    assert widths[saturday] < widths[monday]


def test_persian_tabs_have_persian_digits() -> None:
    """Numbers show Persian digits; a header that begins with a number is read from the right."""
    steps = steps_tab(scene(language=Language.FA))
    assert steps.styles[2, 9].number_format == "[$-3000429]General"
    assert steps.styles[2, 2].right_to_left
    weeks = workload_tab(scene(language=Language.FA)).rows[1][2]
    assert str(weeks).startswith("\N{RIGHT-TO-LEFT MARK}")


@pytest.mark.parametrize(
    ("week", "first"),
    [
        ((4, 4, 4, 4, 4, 0, 0), "2026-11-23"),
        ((4, 4, 4, 2, 0, 4, 4), "2026-11-21"),
        ((4, 0, 4, 0, 0, 0, 0), "2026-11-23"),
        ((4, 4, 4, 4, 4, 4, 4), "2026-11-23"),
        ((0, 0, 0, 0, 0, 0, 0), "2026-11-23"),
    ],
)
def test_weeks_begin_after_the_longest_rest(week: tuple[int, ...], first: str) -> None:
    """A Saturday to Thursday week begins on Saturday, the usual one on Monday."""
    calendar = Calendar(week=week)  # type: ignore[arg-type]
    assert week_start(date(2026, 11, 25), calendar) == date.fromisoformat(first)


@pytest.mark.parametrize(
    ("number", "shown"), [(0.25, 0.3), (0.04, None), (0.05, 0.1), (2.0, 2), (1.125, 1.1), (0, None)]
)
def test_numbers_have_one_decimal_at_most(number: float, shown: float | None) -> None:
    """Halves are rounded up, as people do; nothing is blank rather than zero."""
    assert one_decimal(number) == shown


def test_a_teams_own_phases_take_further_tints() -> None:
    """Phases that the palette does not know get colours of their own, in their order."""
    fills = palette.phase_fills(("Shoot", "Creation", "Cut", "Shoot"))
    assert fills["Creation"] == palette.PHASES["Creation"]
    assert (fills["Shoot"], fills["Cut"]) == palette.FURTHER_TINTS[:2]


def test_texts_can_be_read_on_their_colours() -> None:
    """Flags and phases have the contrast that print and tired eyes need."""
    for ink, fill in palette.FLAGS.values():
        assert _contrast(ink, fill) >= 4.5
    for fill in (*palette.PHASES.values(), *palette.FURTHER_TINTS, palette.OVER_LOAD):
        assert _contrast(palette.ink_on(fill), fill) >= 4.5
    for _, fill in palette.LOAD_STEPS:
        assert _contrast(palette.ink_on(fill), fill) >= 4.5
    assert set(palette.FLAGS) == set(Flag)


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
