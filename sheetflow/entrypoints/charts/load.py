"""The load as values: hours of each person, or of each role, by day or by week, and of each skill by week."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sheetflow.entrypoints.charts.tokens import LOAD_TOKENS, OFF, OVER
from sheetflow.translate.palette import LOAD_STEPS, ROUNDING
from sheetflow.translate.views.heat import SHOWN_HOURS
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
from sheetflow.translate.views.weeks import by_week, day_and_month

PERSIAN_PERCENT = "٪"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of one column; `week` where a week begins."""

    label: str
    week: str = ""
    is_today: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a cell shows, the token of its colour (blank for none), and all of it in words."""

    text: str
    fill: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadRow:
    """One person, role or skill; `share` is that of all shown days ahead."""

    name: str
    note: str
    share: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadGrid:
    """A heat map: `first` heads the names, `over` the shares."""

    first: str
    over: str
    heads: tuple[Head, ...]
    rows: tuple[LoadRow, ...]


def load_lines(scene: Scene, days: Sequence[date], person: str = "") -> list[Line]:
    """A line a person, or a role where there is no team; that of `person` alone where one is named."""
    has_team = scene.workspace.people is not None
    lines = people_lines(scene.plan, scene.workspace, days) if has_team else role_lines(scene.plan)
    return [line for line in lines if not person or line.name == person]


def load_by_day(scene: Scene, days: Sequence[date], lines: Iterable[Line]) -> LoadGrid:
    """A column a day."""
    firsts = {days[first] for first, _ in by_week(days, scene.workspace.calendar)}
    heads = (
        Head(
            label=scene.tongue.weekday(day)[:1],
            week=day_and_month(scene, day) if day in firsts else "",
            is_today=day == scene.plan.today,
        )
        for day in days
    )
    return _grid(scene, days, tuple(heads), ((line, [(day,) for day in days]) for line in lines))


def load_by_week(scene: Scene, days: Sequence[date], lines: Iterable[Line]) -> LoadGrid:
    """A column a week; of this week what is left of it."""
    weeks = _weeks(scene, days)
    spans = [week.ahead for week in weeks]
    return _grid(scene, days, _week_heads(scene, weeks), ((line, spans) for line in lines))


def skills_by_week(scene: Scene, days: Sequence[date], person: str = "") -> LoadGrid:
    """What share of each skill's hours the delivery dates ask for, week by week; the skills of `person` alone."""
    weeks = _weeks(scene, days)
    ahead = _ahead(scene, days)
    found = (pool for pool in pools(scene.plan) if not person or person in pool.people)
    rows = (
        LoadRow(
            name=_skills(scene, pool),
            note=scene.tongue.names(pool.people),
            share=_percent(scene, pool.hours(ahead)),
            cells=tuple(_share_cell(scene, pool.hours(week.ahead)) for week in weeks),
        )
        for pool in found
    )
    word = scene.tongue.word
    over = word("weeks", weeks=len(weeks))
    return LoadGrid(
        first=word("skills"), over=over, heads=_week_heads(scene, weeks), rows=tuple(rows)
    )


def _grid(
    scene: Scene,
    days: Sequence[date],
    heads: tuple[Head, ...],
    lines: Iterable[tuple[Line, Sequence[Sequence[date]]]],
) -> LoadGrid:
    has_team = scene.workspace.people is not None
    word = scene.tongue.word
    ahead = _ahead(scene, days)
    rows = (
        LoadRow(
            name=scene.owner(line.name) or "",
            note=scene.tongue.names(scene.tongue.show("skill", skill) for skill in line.skills),
            share=_total(scene, total(line, ahead)),
            cells=tuple(_hours_cell(scene, line, spans) for spans in columns),
        )
        for line, columns in lines
    )
    weeks = sum(1 for _ in by_week(days, scene.workspace.calendar))
    return LoadGrid(
        first=word("people" if has_team else "roles"),
        over=word("weeks", weeks=weeks),
        heads=heads,
        rows=tuple(rows),
    )


def _hours_cell(scene: Scene, line: Line, days: Sequence[date]) -> Cell:
    hours = total(line, days)
    word, number = scene.tongue.word, scene.tongue.number
    if days and all(day in line.off for day in days) and hours.planned <= ROUNDING:
        return Cell(text=word("off"), fill=OFF, told=word("off"))
    if scene.workspace.people is None:
        text = number(hours.planned) if one_decimal(hours.planned) else ""
        return Cell(text=text, fill=LOAD_TOKENS[0] if text else "", told=text)
    told = f"{number(hours.planned)} / {number(hours.available)}"
    shown = number(hours.planned) if one_decimal(hours.planned) else ""
    if len(days) != 1:
        shown = told if shown else ""
    return Cell(text=shown, fill=tone(hours, SHOWN_HOURS), told=told)


def _share_cell(scene: Scene, hours: Hours) -> Cell:
    number, word = scene.tongue.number, scene.tongue.word
    told = f"{number(hours.planned)} / {number(hours.available)}"
    if hours.planned > ROUNDING >= hours.available:
        return Cell(text=word("hours_short", hours=number(hours.planned)), fill=OVER, told=told)
    return Cell(text=_percent(scene, hours), fill=tone(hours, ROUNDING), told=told)


def tone(hours: Hours, tolerance: float) -> str:
    """The token for hours of a capacity; blank for none."""
    if hours.planned <= ROUNDING:
        return ""
    for token, (share, _) in zip(LOAD_TOKENS, LOAD_STEPS, strict=True):
        slack = tolerance if share == 1 else ROUNDING
        if hours.available > ROUNDING and hours.planned <= share * hours.available + slack:
            return token
    return OVER


def _total(scene: Scene, hours: Hours) -> str:
    if scene.workspace.people is not None:
        return _percent(scene, hours)
    number = scene.tongue.number(hours.planned)
    return scene.tongue.word("hours_short", hours=number) if hours.planned > ROUNDING else ""


def _percent(scene: Scene, hours: Hours) -> str:
    share = round((hours.share or 0.0) * 100)
    sign = PERSIAN_PERCENT if scene.right_to_left else "%"
    return f"{scene.tongue.number(share)}{sign}" if share else ""


def _skills(scene: Scene, pool: Pool) -> str:
    return scene.tongue.names(scene.tongue.show("skill", skill) for skill in pool.skills)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Week:
    """A week by its first day, and its days that are not over."""

    first: date
    ahead: list[date]


def _weeks(scene: Scene, days: Sequence[date]) -> list[_Week]:
    return [
        _Week(first=days[first], ahead=_ahead(scene, days[first : last + 1]))
        for first, last in by_week(days, scene.workspace.calendar)
    ]


def _week_heads(scene: Scene, weeks: Iterable[_Week]) -> tuple[Head, ...]:
    today = scene.plan.today
    return tuple(
        Head(label=day_and_month(scene, week.first), is_today=today in week.ahead) for week in weeks
    )


def _ahead(scene: Scene, days: Iterable[date]) -> list[date]:
    return [day for day in days if day >= scene.plan.today]
