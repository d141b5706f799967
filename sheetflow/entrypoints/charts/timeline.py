"""The timeline as values: a row a publication, a bar a step, a column a day; drawn by others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sheetflow.domain.flag import Flag
from sheetflow.domain.plan import PlannedStep, PublicationPlan
from sheetflow.domain.workflow import Kind
from sheetflow.entrypoints.charts.tokens import phase_tokens
from sheetflow.translate import palette
from sheetflow.translate.builtin import short_step
from sheetflow.translate.views.bars import BarCell, bars
from sheetflow.translate.views.scene import Scene
from sheetflow.translate.views.timeline import LEFT_OUT
from sheetflow.translate.views.weeks import day_and_month, week_start


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One column: the initial of its weekday, and the label of its week where one begins."""

    initial: str
    week: str
    is_off: bool
    is_today: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Days `first` to `last` of one step, counted from 0; `label` where the step begins.

    `publishes` where its last day is the publish day, `is_late` where it lies after the delivery date.
    """

    first: int
    last: int
    label: str
    fill: str
    publishes: bool
    is_late: bool
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One publication; `delivery_at` is the place of its delivery date among the days, None outside of them."""

    id: str
    title: str
    flag: Flag
    word: str
    delivery: str
    delivery_at: int | None
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """All that the chart shows; `phases` are the tokens and words of its legend."""

    days: tuple[Day, ...]
    rows: tuple[Row, ...]
    phases: tuple[tuple[str, str], ...]


def rows_between(rows: Sequence[PublicationPlan], first: date, last: date) -> list[PublicationPlan]:
    """Publications with something to see in these days: a step, or a delivery date; done and cancelled ones never."""
    return [row for row in rows if row.status not in LEFT_OUT and _shows(row, first, last)]


def _shows(row: PublicationPlan, first: date, last: date) -> bool:
    if row.delivery and first <= row.delivery <= last:
        return True
    return any(
        step.start and step.due and step.start <= last and step.due >= first for step in row.steps
    )


def timeline_of(scene: Scene, rows: Sequence[PublicationPlan], days: Sequence[date]) -> Timeline:
    """The rows on these days; colours are those of the whole plan."""
    everything = (step.phase for row in scene.plan.publications for step in row.steps)
    tokens = phase_tokens(palette.phase_fills(everything))
    seen = {step.phase for row in rows for step in row.steps}
    return Timeline(
        days=tuple(_day(scene, day, place) for place, day in enumerate(days)),
        rows=tuple(_row(scene, row, days, tokens) for row in rows),
        phases=tuple(
            (token, scene.tongue.show("phase", phase))
            for phase, token in tokens.items()
            if phase in seen
        ),
    )


def _day(scene: Scene, day: date, place: int) -> Day:
    calendar = scene.workspace.calendar
    begins = place == 0 or week_start(day, calendar) == day
    return Day(
        initial=scene.tongue.weekday(day)[:1],
        week=day_and_month(scene, day) if begins else "",
        is_off=not calendar.quarters(day),
        is_today=day == scene.plan.today,
    )


def _row(
    scene: Scene, row: PublicationPlan, days: Sequence[date], tokens: Mapping[str, str]
) -> Row:
    inside = row.delivery is not None and days[0] <= row.delivery <= days[-1]
    return Row(
        id=row.id,
        title=row.title,
        flag=row.flag,
        word=scene.flag(row.flag),
        delivery=scene.tongue.date(row.delivery) if row.delivery else "",
        delivery_at=(row.delivery - days[0]).days if inside and row.delivery else None,
        bars=tuple(_bars(scene, row, days, tokens)),
    )


def _bars(
    scene: Scene, row: PublicationPlan, days: Sequence[date], tokens: Mapping[str, str]
) -> Iterator[Bar]:
    cells = bars(row, days, scene.workspace.calendar)
    places = {day: place for place, day in enumerate(days)}
    for run in _runs([(places[day], cell) for day, cell in sorted(cells.items())]):
        (first, cell), (last, _) = run[0], run[-1]
        step = cell.step
        is_publish = step.kind is Kind.PUBLISH
        labelled = cell.is_first and not is_publish
        yield Bar(
            first=first,
            last=last,
            label=short_step(step.step, scene.tongue.language) if labelled else "",
            fill="publish" if is_publish else tokens[step.phase],
            publishes=is_publish and days[last] == step.due,
            is_late=cell.is_late,
            told=told_step(scene, step),
        )


def _runs(cells: Sequence[tuple[int, BarCell]]) -> list[list[tuple[int, BarCell]]]:
    """Days one after another that look the same."""
    runs: list[list[tuple[int, BarCell]]] = []
    for place, cell in cells:
        if runs and _goes_on(runs[-1][-1], place, cell):
            runs[-1].append((place, cell))
        else:
            runs.append([(place, cell)])
    return runs


def _goes_on(before: tuple[int, BarCell], place: int, cell: BarCell) -> bool:
    return (before[0] + 1, before[1].step, before[1].is_late) == (place, cell.step, cell.is_late)


def told_step(scene: Scene, step: PlannedStep) -> str:
    """A step in a line: `Design, Sari: Mon 23 Nov - Wed 25 Nov`."""
    if step.start is None or step.due is None:
        return scene.tongue.show("step", step.step)
    owner = scene.owner(step.owner) or scene.tongue.word("nobody")
    first, last = scene.tongue.date(step.start), scene.tongue.date(step.due)
    when = first if first == last else f"{first} – {last}"
    return f"{scene.tongue.names([scene.tongue.show('step', step.step), owner])}: {when}"
