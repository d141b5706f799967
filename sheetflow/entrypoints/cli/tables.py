"""The tables of the summary; each is None where there is nothing to say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from sheetflow.domain.flag import Flag
from sheetflow.domain.plan import Plan, PublicationPlan
from sheetflow.errors import Problem, Severity
from sheetflow.translate.language import Tongue

COLOURS = {
    Flag.GREEN: "#1B6E3A on #E3F5E8",
    Flag.AMBER: "#8A5A00 on #FFF3D6",
    Flag.RED: "#A61B1B on #FDE3E1",
    Flag.GREY: "#5F6C72 on #ECEFF1",
}
SEVERITIES = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
MOST_CHANGES = 10
MOST_PROBLEMS = 40


def attention(plan: Plan, tongue: Tongue) -> Table | None:
    """The red rows and the amber ones, worst first, with their Why."""
    rows = [row for row in plan.publications if row.flag in {Flag.RED, Flag.AMBER}]
    if not rows:
        return None
    table = table_of("Needs attention", "Flag", "ID", "Publication", "Delivery", "Forecast", "Why")
    for row in sorted(rows, key=_urgency):
        flag = Text(f" {row.flag.value} ", style=COLOURS[row.flag])
        days = _day(row.delivery, tongue), _day(row.forecast, tongue)
        table.add_row(flag, row.id, Text(row.title), *days, Text(tongue.reason(row.why)))
    return table


def problems(found: Iterable[Problem], tongue: Tongue) -> Table | None:
    """The problems, errors first, each at its cell with its way out."""
    order = list(Severity)
    ranked = sorted(found, key=lambda problem: order.index(problem.severity))
    if not ranked:
        return None
    table = table_of(
        _some("Problems", len(ranked), MOST_PROBLEMS), "Where", "Problem", "What to do"
    )
    for problem in ranked[:MOST_PROBLEMS]:
        wrong, what_to_do = tongue.problem(problem)
        where = Text("!".join(filter(None, (problem.sheet, problem.cell))))
        table.add_row(where, Text(wrong, style=SEVERITIES[problem.severity]), Text(what_to_do))
    return table


def moved(plan: Plan, tongue: Tongue) -> Table | None:
    """What this run moved; the first of it."""
    if not plan.changes:
        return None
    title = _some("What moved", len(plan.changes), MOST_CHANGES)
    table = table_of(title, "ID", "Step", "What", "From", "To", "Why")
    for change in islice(plan.changes, MOST_CHANGES):
        sides = _side(change.before, tongue), _side(change.after, tongue)
        why = Text(tongue.reason(change.why))
        table.add_row(change.id, Text(change.step), change.what.value, *sides, why)
    return table


def _urgency(row: PublicationPlan) -> tuple[bool, int, date, str]:
    return row.flag is not Flag.RED, -(row.late_days or 0), row.delivery or date.max, row.id


def table_of(title: str, *headers: str) -> Table:
    """An empty table of the summary."""
    table = Table(
        title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False
    )
    for header in headers:
        table.add_column(header, no_wrap=header in {"Flag", "ID", "Delivery", "Forecast", "Where"})
    return table


def _some(title: str, count: int, most: int) -> str:
    return f"{title} ({most} of {count})" if count > most else f"{title} ({count})"


def _day(day: date | None, tongue: Tongue) -> str:
    return tongue.date(day) if day else ""


def _side(value: str | date | None, tongue: Tongue) -> Text:
    return Text(tongue.date(value) if isinstance(value, date) else value or "")
