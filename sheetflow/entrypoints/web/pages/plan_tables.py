"""The tables of a plan: what needs attention, what moved, what is wrong, and the timeline for those who read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sheetflow.domain.flag import Flag
from sheetflow.domain.plan import PublicationPlan, State
from sheetflow.entrypoints.charts.load import LoadGrid
from sheetflow.entrypoints.charts.timeline import told_step
from sheetflow.entrypoints.charts.tokens import OVER
from sheetflow.entrypoints.web.pages.tables import (
    CODE,
    DAY,
    FLAG,
    LONG,
    NUMBER,
    SOFT,
    Cell,
    Head,
    Table,
    flag_cell,
    texts,
)
from sheetflow.entrypoints.web.pages.wording import Wording
from sheetflow.errors import Severity
from sheetflow.translate.last_changes import ShownChange
from sheetflow.translate.views.scene import Scene

URGENCY = (Flag.RED, Flag.AMBER)
SEVERITIES = tuple(Severity)
SEVERITY_TONES = {Severity.ERROR: "red", Severity.WARNING: "amber", Severity.NOTE: "grey"}


def attention_table(scene: Scene, words: Wording) -> Table:
    """Red rows, then amber ones, each with its Why and its place in the workbook."""
    show = scene.tongue.show
    urgent = [row for row in scene.plan.publications if row.flag in URGENCY]
    urgent.sort(key=lambda row: (URGENCY.index(row.flag), row.delivery or date.max))
    heads = (
        Head(show("header", "Flag"), FLAG),
        Head(show("header", "ID"), CODE),
        Head(show("header", "Publication")),
        Head(show("header", "Client"), SOFT),
        Head(show("header", "Why"), LONG),
        Head(show("header", "Delivery date"), DAY),
        Head(show("header", "Forecast"), DAY),
    )
    return Table(
        caption=words("attention"),
        heads=heads,
        rows=tuple(_attention(scene, row) for row in urgent),
        empty=words("no_attention"),
    )


def _attention(scene: Scene, row: PublicationPlan) -> tuple[Cell, ...]:
    return (
        flag_cell(row.flag, scene.flag(row.flag)),
        *texts([row.id, row.title, row.client, scene.tongue.reason(row.why)]),
        *texts(shown_day(scene, day) for day in (row.delivery, row.forecast)),
    )


def shown_day(scene: Scene, day: date | None) -> str:
    """The day as people say it; blank for none."""
    return scene.tongue.date(day) if day else ""


def problems_table(scene: Scene, words: Wording) -> Table:
    """What is wrong, errors first, each with its cell and what to do."""
    header = scene.header
    by_severity = sorted(scene.problems, key=lambda one: SEVERITIES.index(one.severity))
    rows = []
    for problem in by_severity:
        sentence, remedy = scene.tongue.problem(problem)
        severity = scene.tongue.show("severity", problem.severity)
        rows.append(
            (
                Cell(severity, tone=SEVERITY_TONES[problem.severity]),
                *texts([problem.sheet, problem.cell, sentence, remedy]),
            )
        )
    return Table(
        caption=words("problems"),
        heads=(
            Head(header("Problems", "Severity"), FLAG),
            Head(header("Problems", "Sheet"), SOFT),
            Head(header("Problems", "Cell"), CODE),
            Head(header("Problems", "Problem"), LONG),
            Head(header("Problems", "What to do"), LONG),
        ),
        rows=tuple(rows),
        empty=scene.tongue.word("no_problems"),
    )


def changes_table(scene: Scene, words: Wording, changes: Iterable[ShownChange]) -> Table:
    """What the last run moved, as the workbook tells it."""
    names = ("ID", "Publication", "Step", "What", "From", "To", "Why")
    looks = (CODE, "text", "text", SOFT, DAY, DAY, LONG)
    return Table(
        caption=words("changes"),
        heads=tuple(
            Head(scene.header("Changes", name), look)
            for name, look in zip(names, looks, strict=True)
        ),
        rows=tuple(
            texts(
                [
                    *(change.id, change.title, change.step, change.what),
                    *(_side(scene, side) for side in (change.before, change.after)),
                    change.why,
                ]
            )
            for change in changes
        ),
        empty=scene.tongue.word("no_changes"),
    )


def _side(scene: Scene, side: str | date) -> str:
    return scene.tongue.date(side) if isinstance(side, date) else side


def timeline_table(scene: Scene, words: Wording, rows: Sequence[PublicationPlan]) -> Table:
    """The same publications as on the chart, with the steps that are left in words."""
    show = scene.tongue.show
    names = ("Flag", "ID", "Publication", "Client", "Delivery date", "Forecast")
    looks = (FLAG, CODE, "text", SOFT, DAY, DAY)
    heads = [Head(show("header", name), look) for name, look in zip(names, looks, strict=True)]
    return Table(
        caption=words("timeline"),
        heads=(*heads, Head(show("tab", "Steps"), LONG)),
        rows=tuple(
            (
                flag_cell(row.flag, scene.flag(row.flag)),
                *texts([row.id, row.title, row.client]),
                *texts(shown_day(scene, day) for day in (row.delivery, row.forecast)),
                Cell(_steps_left(scene, row)),
            )
            for row in rows
        ),
    )


def _steps_left(scene: Scene, row: PublicationPlan) -> str:
    left = (step for step in row.steps if step.state is not State.DONE)
    return "; ".join(told_step(scene, step) for step in left)


def load_table(grid: LoadGrid, scene: Scene, caption: str) -> Table:
    """The numbers of a heat map."""
    over = scene.tongue.word("over_capacity")
    heads = (
        Head(grid.first),
        Head(grid.over, NUMBER),
        *(Head(head.label or head.week, NUMBER) for head in grid.heads),
    )
    rows = (
        (
            *texts([row.name, row.share]),
            *(Cell(cell.told, more=over if cell.fill == OVER else "") for cell in row.cells),
        )
        for row in grid.rows
    )
    return Table(caption=caption, heads=heads, rows=tuple(rows), stacks=False)
