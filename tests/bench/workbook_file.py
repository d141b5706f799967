"""A workspace as the workbook of a team: Publications, Workflows, Team, Time off, Holidays and Settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl

from sheetflow.cells import Value
from sheetflow.domain.calendar import Calendar
from sheetflow.domain.workflow import QUARTERS_PER_DAY
from sheetflow.domain.workspace import Workspace

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def write_workbook(workspace: Workspace, file: Path) -> None:
    """Write the input of a plan as a new workbook."""
    book = openpyxl.Workbook(write_only=True)
    for name, rows in tabs_of(workspace).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)


def tabs_of(workspace: Workspace) -> dict[str, Iterator[list[Value]]]:
    """The rows of each tab."""
    return {
        "Publications": _publications(workspace),
        "Workflows": _workflows(workspace),
        "Team": _team(workspace),
        "Time off": _time_off(workspace),
        "Holidays": _holidays(workspace),
        "Settings": _settings(workspace),
    }


def _publications(workspace: Workspace) -> Iterator[list[Value]]:
    yield [
        "ID",
        "Client",
        "Publication",
        "Type",
        "Delivery date",
        "Priority",
        "Current step",
        "Owners",
    ]
    for row in workspace.publications:
        pins = "; ".join(f"{step}: {name}" for step, name in row.pins.items())
        yield [
            row.id,
            row.client,
            row.title,
            row.type,
            row.delivery,
            row.priority.word,
            ", ".join(row.current_steps) or None,
            pins or None,
        ]


def _workflows(workspace: Workspace) -> Iterator[list[Value]]:
    yield [
        "Type",
        "Step",
        "Phase",
        "Skill",
        "Days",
        "Hours",
        "Kind",
        "After",
        "Returns to",
        "Not by",
    ]
    for flow in workspace.workflows.values():
        for step in flow.steps:
            yield [
                flow.type,
                step.name,
                step.phase,
                step.skill,
                step.quarters / QUARTERS_PER_DAY,
                step.hours,
                step.kind.value,
                ", ".join(step.after) or None,
                step.returns_to,
                ", ".join(step.not_by) or None,
            ]


def _team(workspace: Workspace) -> Iterator[list[Value]]:
    yield ["Name", "Skills", "Hours per day", "Working days"]
    for person in workspace.people or ():
        days = _working_days(person.calendar)
        yield [person.name, ", ".join(person.skills), person.hours_per_day, days]


def _working_days(calendar: Calendar) -> str:
    worked = ((day, q) for day, q in zip(DAYS, calendar.week, strict=True) if q)
    return ", ".join(
        day if quarters == QUARTERS_PER_DAY else f"{day}/2" for day, quarters in worked
    )


def _time_off(workspace: Workspace) -> Iterator[list[Value]]:
    yield ["Name", "From", "To"]
    for person in workspace.people or ():
        for span in person.calendar.away:
            yield [person.name, span.first, span.last]


def _holidays(workspace: Workspace) -> Iterator[list[Value]]:
    yield ["Date", "Name"]
    for day in sorted(workspace.calendar.holidays):
        yield [day, "Closed"]


def _settings(workspace: Workspace) -> Iterator[list[Value]]:
    yield ["Setting", "Value"]
    yield ["Working days", _working_days(workspace.calendar)]
    yield ["Hours per day", workspace.settings.hours_per_day]
