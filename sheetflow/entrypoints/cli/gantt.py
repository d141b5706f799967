"""A small timeline for the terminal: a row a publication, a letter a working day, coloured by phase."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from sheetflow.domain.flag import Flag
from sheetflow.domain.plan import Plan, PlannedStep, PublicationPlan
from sheetflow.domain.workflow import Kind
from sheetflow.entrypoints.cli.tables import COLOURS
from sheetflow.translate.language import Tongue

WEEKS = 6
MOST_ROWS = 16
TITLE_WIDTH = 34
LAST_WORKDAY = 4
INK = "#1F2933"
PHASES = {
    "Specification": f"{INK} on #CFE8F7",
    "Creation": f"{INK} on #FCE3B0",
    "Approval": f"{INK} on #F3D3E2",
    "Build": f"{INK} on #BDE5D6",
    "Delivery": "#FFFFFF on #0072B2",
    "Follow-up": f"{INK} on #E4E9EE",
}


def gantt(plan: Plan, tongue: Tongue) -> Table:
    """The publications that are delivered first; weekends are left out, a gap parts the weeks."""
    days = list(_workdays(plan.today))
    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("Flag", no_wrap=True)
    table.add_column("Publication", no_wrap=True, width=TITLE_WIDTH)
    table.add_column("Delivery", no_wrap=True, justify="right")
    table.add_column(_weeks(days, tongue), no_wrap=True)
    for row in _first_rows(plan):
        flag = Text(f" {row.flag.value} ", style=COLOURS[row.flag])
        delivery = tongue.date(row.delivery) if row.delivery else ""
        table.add_row(flag, Text(row.title, overflow="ellipsis"), delivery, _bar(row, days))
    return table


def legend() -> Text:
    """What the letters and colours stand for."""
    line = Text()
    for phase, style in PHASES.items():
        line.append(f" {phase[0]} ", style=style)
        line.append(f" {phase}  ")
    return line.append("◆ publish day")


def _first_rows(plan: Plan) -> list[PublicationPlan]:
    planned = [row for row in plan.publications if row.steps and row.flag is not Flag.GREY]
    return sorted(planned, key=lambda row: (row.delivery or date.max, row.id))[:MOST_ROWS]


def _workdays(today: date) -> Iterator[date]:
    monday = today - timedelta(days=today.weekday())
    for offset in range(WEEKS * 7):
        day = monday + timedelta(days=offset)
        if day.weekday() <= LAST_WORKDAY:
            yield day


def _weeks(days: list[date], tongue: Tongue) -> str:
    mondays = (day for day in days if day.weekday() == 0)
    return " ".join(f"{tongue.day_number(day)}".ljust(LAST_WORKDAY + 1) for day in mondays)


def _bar(row: PublicationPlan, days: list[date]) -> Text:
    bar = Text()
    for day in days:
        if day.weekday() == 0 and bar:
            bar.append(" ")
        step = _on(row, day)
        if step is None:
            bar.append("·", style="dim")
        else:
            publishes = step.kind is Kind.PUBLISH and step.due == day
            sign = "◆" if publishes else step.phase[:1] or "?"
            bar.append(sign, style=PHASES.get(step.phase, "reverse"))
    return bar


def _on(row: PublicationPlan, day: date) -> PlannedStep | None:
    running = [s for s in row.steps if s.start and s.due and s.start <= day <= s.due]
    publishing = [step for step in running if step.kind is Kind.PUBLISH]
    return next(iter(publishing or running), None)
