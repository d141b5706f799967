"""Changes: what a run moved against the plan that the workbook held before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sheetflow.domain.flag import Reason


class Moved(StrEnum):
    """What of a step, or of a publication, is different."""

    OWNER = "owner"
    START = "start"
    DUE = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that moved; `before` and `after` are names or dates."""

    id: str
    step: str
    what: Moved
    before: str | date | None
    after: str | date | None
    why: Reason
