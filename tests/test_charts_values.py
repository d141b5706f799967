"""What the charts show, as values: bars on days, hours of people, shares of skills."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from textwrap import dedent

import pytest

from hand_made import TEAM, TODAY, WORKSPACE
from hand_plan import PLAN
from sheetflow.domain.calendar import Calendar
from sheetflow.domain.plan import DayLoad, Plan, SkillDemand
from sheetflow.domain.settings import CalendarSystem, Language
from sheetflow.domain.workspace import Workspace
from sheetflow.entrypoints.charts.load import (
    LoadGrid,
    load_by_day,
    load_by_week,
    load_lines,
    skills_by_week,
    tone,
)
from sheetflow.entrypoints.charts.timeline import Timeline, rows_between, timeline_of
from sheetflow.entrypoints.charts.tokens import (
    DARK,
    LIGHT,
    TEXTS,
    ink_on,
    phase_tokens,
    style_sheet,
)
from sheetflow.translate import palette
from sheetflow.translate.language import Tongue
from sheetflow.translate.views.loads import Hours
from sheetflow.translate.views.scene import Scene

DAYS = tuple(TODAY + timedelta(days=i) for i in range(14))
WORKDAYS = [day for day in DAYS if day.weekday() < 5]
READABLE = 4.5


def scene(
    plan: Plan = PLAN, workspace: Workspace = WORKSPACE, language: Language = Language.EN
) -> Scene:
    """The plan made by hand in a language."""
    calendar = CalendarSystem.JALALI if language is Language.FA else CalendarSystem.GREGORIAN
    return Scene(plan=plan, workspace=workspace, tongue=Tongue(language, calendar, plan.today))


def bars(timeline: Timeline) -> str:
    """The rows as text: ID, delivery, and each bar as `label first-last fill`, `*` publishes, `!` is late."""
    lines = []
    for row in timeline.rows:
        drawn = [
            f"{bar.label or '.'} {bar.first}-{bar.last} {bar.fill}"
            f"{'*' if bar.publishes else ''}{'!' if bar.is_late else ''}"
            for bar in row.bars
        ]
        lines.append(f"{row.id} {row.flag} @{row.delivery_at}: {', '.join(drawn) or 'none'}")
    return "\n".join(lines)


def cells(grid: LoadGrid) -> str:
    """The grid as text: each row's name and share, then `text:fill` of its cells."""
    heads = " | ".join(
        f"{head.week}{head.label}{'<' if head.is_today else ''}" for head in grid.heads
    )
    rows = (
        f"{row.name} {row.share} | " + " | ".join(f"{cell.text}:{cell.fill}" for cell in row.cells)
        for row in grid.rows
    )
    return "\n".join([heads, *rows])


def test_a_timeline_is_rows_of_bars() -> None:
    """Bars stop at weekends, the publish day ends in its sign, what is behind the delivery date is late."""
    shown = rows_between(PLAN.publications, DAYS[0], DAYS[-1])
    drawn = bars(timeline_of(scene(), shown, DAYS))
    assert (
        drawn
        == dedent("""
        P-1 Green @11: Text 8-8 phase-1, Picture 9-9 phase-1, Client 10-10 phase-2, . 11-11 publish*
        P-2 Green @4: Picture 0-0 phase-1, Check 2-2 phase-2, Client 3-3 phase-2, . 4-4 publish*, Care 7-7 phase-5
        P-3 Grey @8: none
        P-4 Red @1: Draft 0-1 phase-1, . 2-2 publish*!
        P-5 Green @13: Draft 9-10 phase-1, . 13-13 publish*
    """).strip()
    ), drawn


def test_days_of_a_timeline() -> None:
    """Weeks are named at their first day, days off and today are marked."""
    days = timeline_of(scene(), [], DAYS).days
    assert [day.week for day in days if day.week] == ["23 Nov", "30 Nov"]
    assert [place for place, day in enumerate(days) if day.is_off] == [5, 6, 12, 13]
    assert [day.is_today for day in days].count(True) == 1
    assert days[0].is_today
    assert "".join(day.initial for day in days[:7]) == "MTWTFSS"


def test_a_timeline_in_persian_has_jalali_weeks() -> None:
    """Weeks and delivery dates are those of the reader's calendar and language."""
    timeline = timeline_of(scene(language=Language.FA), PLAN.publications[:1], DAYS)
    assert timeline.days[0].week == "۲ آذر"
    assert timeline.rows[0].delivery == "جمعه ۱۳ آذر"
    assert timeline.rows[0].word == "سبز"


def test_rows_with_nothing_to_see_are_left_out() -> None:
    """Only what has a step or its delivery date in these days is shown."""
    later = [day + timedelta(days=60) for day in DAYS]
    assert rows_between(PLAN.publications, later[0], later[-1]) == []


def test_hours_by_day() -> None:
    """A cell a working day: hours, coloured by their share of the capacity; days off and days without work are blank."""
    days = WORKDAYS[:5]
    grid = load_by_day(scene(), days, load_lines(scene(), days))
    assert (
        cells(grid)
        == dedent("""
        23 NovM< | T | W | T | F
        Ana 2% | : | : | 0.3:load-0 | : | 0.3:load-0
        Budi 4% | 1.1:load-0 | : | : | : | :
        Sari 15% | 2:load-0 | 2:load-0 | 0.5:load-0 | : | :
        Tono  | : | : | : | : | :
    """).strip()
    )


def test_hours_by_week() -> None:
    """Hours planned of the hours there are; only one person where one is asked for."""
    grid = load_by_week(scene(), WORKDAYS, load_lines(scene(), WORKDAYS, "Budi"))
    assert cells(grid) == "23 Nov< | 30 Nov\nBudi 12% | 1.1 / 30:load-0 | 6.3 / 30:load-0"


def test_somebody_away_is_off() -> None:
    """A week in which somebody is not there at all says so."""
    resting = Calendar(week=TEAM.week, holidays=frozenset(WORKDAYS[5:]))
    away = replace(
        WORKSPACE,
        people=tuple(replace(person, calendar=resting) for person in WORKSPACE.people or ()),
    )
    idle = replace(
        PLAN,
        people=tuple(
            replace(p, days=tuple(d for d in p.days if d.date not in WORKDAYS[5:]))
            for p in PLAN.people
        ),
    )
    shown = scene(idle, away)
    grid = load_by_week(shown, WORKDAYS, load_lines(shown, WORKDAYS, "Tono"))
    assert cells(grid).splitlines()[1] == "Tono  | : | off:off"


def test_roles_have_hours_without_limits() -> None:
    """Where there is no team, the hours of each role are shown, and no capacity."""
    alone = scene(replace(PLAN, people=()), replace(WORKSPACE, people=None))
    grid = load_by_week(alone, WORKDAYS, load_lines(alone, WORKDAYS))
    assert grid.first == "Roles"
    assert cells(grid).splitlines()[2] == "Budi 7.4 h | 1.1:load-0 | 6.3:load-0"


def test_skills_by_week_show_what_the_dates_ask_for() -> None:
    """More than there is time for is red; one person's skills alone where one is asked for."""
    asked = (
        SkillDemand(skill="Designer", days=(DayLoad(date=WORKDAYS[2], hours=15.0),)),
        SkillDemand(skill="Approver", days=(DayLoad(date=WORKDAYS[6], hours=45.0),)),
    )
    shown = scene(replace(PLAN, demand=asked))
    rows = {row.name: row.cells for row in skills_by_week(shown, WORKDAYS).rows}
    assert [(cell.text, cell.fill) for cell in rows["Designer"]] == [("50%", "load-1"), ("", "")]
    assert [(cell.text, cell.fill) for cell in rows["Approver"]] == [
        ("", ""),
        ("150%", "load-over"),
    ]
    mine = skills_by_week(shown, WORKDAYS, "Ana").rows
    assert [row.name for row in mine] == ["Publisher"]


@pytest.mark.parametrize(
    ("planned", "available", "expected"),
    [
        (0.0, 6.0, ""),
        (2.4, 6.0, "load-0"),
        (2.5, 6.0, "load-1"),
        (5.0, 6.0, "load-2"),
        (6.0, 6.0, "load-3"),
        (6.04, 6.0, "load-3"),
        (6.2, 6.0, "load-over"),
        (1.0, 0.0, "load-over"),
    ],
)
def test_a_load_has_the_colour_of_its_share(
    planned: float, available: float, expected: str
) -> None:
    """The steps are those of the palette; what only rounding makes more than full is full."""
    assert tone(Hours(planned=planned, available=available), 0.05) == expected


def test_every_token_has_a_light_and_a_dark_value() -> None:
    """Neither mode lacks a colour, and the light ones are the palette's."""
    assert LIGHT.keys() == DARK.keys()
    assert LIGHT["publish"] == palette.PUBLISH_FILL
    sheet = style_sheet()
    assert sheet.count("--ink:#") == 2
    assert f"--ink:#{palette.INK};" in sheet


@pytest.mark.parametrize("mode", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read(mode: dict[str, str]) -> None:
    """Each pair of a text and its ground has a contrast of at least 4.5 to 1."""
    poor = {
        (text, ground): round(contrast(mode[text], mode[ground]), 2)
        for text, ground in TEXTS
        if contrast(mode[text], mode[ground]) < READABLE
    }
    assert not poor


def contrast(one: str, other: str) -> float:
    """The contrast of two colours; source: WCAG 2.2, relative luminance."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of six hex digits."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_team_s_own_phases_have_tints() -> None:
    """Further phases take further tokens in their order, and dark letters."""
    tokens = phase_tokens(palette.phase_fills(["Creation", "Printing", "Posting"]))
    assert tokens["Creation"] == "phase-1"
    assert (tokens["Printing"], tokens["Posting"]) == ("tint-0", "tint-1")
    assert ink_on(tokens["Delivery"]) == "on-publish"
    assert ink_on("tint-0") == "ink"


def test_a_step_is_told_in_a_line() -> None:
    """What a bar says where somebody points at it: the step, who does it, from when to when."""
    row = timeline_of(scene(), PLAN.publications[:1], DAYS).rows[0]
    assert row.bars[0].told == "Text, Budi: Tue 1 Dec"
    assert row.bars[2].told == "Client, Nobody: Thu 3 Dec"
    assert date(2026, 12, 1) == DAYS[8]
