"""The plan: what section 6 of the contract shows as JSON, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sheetflow.domain.bottleneck import Bottleneck
from sheetflow.domain.change import Change
from sheetflow.domain.flag import NO_REASON, Flag, Reason
from sheetflow.domain.publication import Priority, Status
from sheetflow.domain.workflow import Kind


class State(StrEnum):
    """Where a step stands."""

    DONE = "Done"
    NOW = "Now"
    PLANNED = "Planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLoad:
    """Hours of one step that fall on one day."""

    date: date
    hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStep:
    """One step of one publication: from `start`'s quarter to `due`'s quarter, both included.

    `quarters` is how many quarters of working time are planned, `hours` the work in them. A step that is done has no
    dates, no quarters, no hours and no load.
    """

    step: str
    phase: str
    skill: str
    kind: Kind
    state: State
    owner: str | None = None
    start: date | None = None
    start_quarter: int | None = None
    due: date | None = None
    due_quarter: int | None = None
    quarters: int = 0
    hours: float = 0.0
    pinned: bool = False
    load: tuple[DayLoad, ...] = ()
    flag: Flag = Flag.GREEN
    why: Reason = NO_REASON


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationPlan:
    """One publication with its steps in the workflow's order; days are working days of the team.

    `chain` tells, where it is late or its margin eaten, what binds: step by step who is waited for, and since when.
    """

    id: str
    sheet: str
    row: int
    title: str
    type: str
    client: str
    delivery: date | None
    priority: Priority
    status: Status
    flag: Flag
    why: Reason = NO_REASON
    chain: tuple[Reason, ...] = ()
    start_by: date | None = None
    ready_by: date | None = None
    forecast: date | None = None
    slack_days: int | None = None
    late_days: int | None = None
    margin_days: int = 0
    current_steps: tuple[str, ...] = ()
    steps: tuple[PlannedStep, ...] = ()

    @property
    def margin_eaten(self) -> int:
        """The days of margin that are eaten, and those behind the delivery date."""
        return 0 if self.slack_days is None else max(0, self.margin_days - self.slack_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDay:
    """One day of one person: capacity (after the reserve) and planned hours."""

    date: date
    capacity_hours: float
    planned_hours: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPlan:
    """One person's days from today on, in order; days without capacity and without load are left out."""

    name: str
    skills: tuple[str, ...]
    days: tuple[PersonDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillDemand:
    """The hours of one skill by the last day that would do: as late as every date allows, capacity set aside."""

    skill: str
    days: tuple[DayLoad, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Objective:
    """The measures of section 4 of the contract; less is better, the first first."""

    weighted_late_days: float
    weighted_margin_days: float
    owner_changes: int
    imbalance: float
    idle_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A whole plan as of `today`; `inputs` and `effort` say what it was made from, for the next run."""

    today: date
    publications: tuple[PublicationPlan, ...]
    people: tuple[PersonPlan, ...]
    objective: Objective
    changes: tuple[Change, ...] = ()
    demand: tuple[SkillDemand, ...] = ()
    bottlenecks: tuple[Bottleneck, ...] = ()
    inputs: str = ""
    effort: str = ""
