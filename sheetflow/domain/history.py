"""What the workbook remembers of earlier runs: the last plan's steps and promises, and the events of History."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sheetflow.domain.plan import State


class EventKind(StrEnum):
    """What happened to a step."""

    STARTED = "started"
    FINISHED = "finished"
    RETURNED = "returned"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row of History; `due` is the day promised when the step began."""

    when: date
    id: str
    step: str
    kind: EventKind
    owner: str | None = None
    due: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastStep:
    """One row of the Steps tab as the last run left it; the quarters of its first and last day, where they are told."""

    id: str
    step: str
    owner: str | None
    start: date | None
    due: date | None
    state: State
    start_quarter: int | None = None
    due_quarter: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a plan promised one publication: late days and days of margin eaten, at what weight a day."""

    late_days: int
    margin_days: int
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """What the last plan was made from, and what it promised, by ID.

    `inputs` is the fingerprint of all that decides a plan, `effort` how long the run was to look, `today` the day as of
    which it planned; the first two are blank, the last None, where the workbook does not tell.
    """

    inputs: str = ""
    effort: str = ""
    today: date | None = None
    promises: Mapping[str, Promise] = field(default_factory=dict)
