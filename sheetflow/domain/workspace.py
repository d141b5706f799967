"""The workspace: all that a workbook tells about the team's work, as one value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sheetflow.domain.calendar import Calendar
from sheetflow.domain.history import Event, LastRun, LastStep
from sheetflow.domain.messages import Messages
from sheetflow.domain.people import Person
from sheetflow.domain.publication import FaultyRow, Publication
from sheetflow.domain.settings import Settings
from sheetflow.domain.workflow import Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """The input of a plan.

    `workflows` by type, as far as publications use them. `people` is None where the workbook has no Team tab: then
    skills stand in for people and capacity has no limit. `last_plan` by (ID, step), `last_run` what it was made from;
    `history` in the sheet's order. `messages` decide nothing of the plan.
    """

    publications: tuple[Publication, ...]
    workflows: Mapping[str, Workflow]
    calendar: Calendar
    settings: Settings = field(default_factory=Settings)
    people: tuple[Person, ...] | None = None
    faulty: tuple[FaultyRow, ...] = ()
    last_plan: Mapping[tuple[str, str], LastStep] = field(default_factory=dict)
    last_run: LastRun = field(default_factory=LastRun)
    history: tuple[Event, ...] = ()
    messages: Messages = field(default_factory=Messages)
