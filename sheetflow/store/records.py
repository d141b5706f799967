"""What the service remembers, as values: who may do what, which workbooks, which runs.

Every time is aware and in UTC. Nothing here holds what a cell holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sheetflow.errors import Fact


class Verb(StrEnum):
    """What somebody may do: plan a sheet of their own, or read, recalculate or administer a registered workbook."""

    PLAN = "plan"
    READ = "read"
    RECALCULATE = "recalculate"
    ADMINISTER = "administer"


_IMPLIED = {
    Verb.PLAN: frozenset({Verb.PLAN}),
    Verb.READ: frozenset({Verb.READ}),
    Verb.RECALCULATE: frozenset({Verb.RECALCULATE, Verb.READ}),
    Verb.ADMINISTER: frozenset(Verb),
}


def with_implied(verbs: Iterable[Verb]) -> frozenset[Verb]:
    """The verbs and all that they imply: who administers may do everything, who recalculates may read."""
    return frozenset().union(*(_IMPLIED[verb] for verb in verbs))


class RunState(StrEnum):
    """How far a run has come."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookRecord:
    """A registered workbook; `schedule` is text as cron has it, in the workbook's time zone.

    `failures` counts the runs that failed since the last good one, and `failing_since` is when the first of them did.
    `seen` is the stamp of a file at its last run.
    """

    id: str
    address: str
    name: str
    time_zone: str
    schedule: str | None
    owner: str | None
    paused: bool
    created_at: datetime
    next_due: datetime | None
    failures: int
    seen: str | None
    failing_since: datetime | None = None
    last_good_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a run found and wrote: rows by flag, steps that moved, cells written."""

    publications: int
    red: int
    amber: int
    green: int
    moved: int
    written: int
    problems: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """A run of a workbook; `error` is the code of its sentence and `facts` what that sentence names.

    `share` is how much of the run lies behind it (0 to 1), `attempts` how often it was taken up again.
    """

    id: str
    workbook: str
    state: RunState
    asked_by: str
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    stage: str
    share: float
    counts: Counts | None
    error: str | None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to write a workbook until a time; `number` fences: it grows with every taking."""

    workbook: str
    holder: str
    number: int
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRecord:
    """A key for programs; one of no workbook may only plan. `verbs` are all that it may do."""

    id: str
    workbook: str | None
    name: str
    verbs: frozenset[Verb]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What `who` may do with a workbook: an e-mail address in lower case, or `@example.com` for a whole domain."""

    workbook: str
    who: str
    verbs: frozenset[Verb]
