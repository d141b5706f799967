"""What an examination of the installation tells: one thing that works, may not, or does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sheetflow.errors import Fact, SheetFlowError


class Health(StrEnum):
    """Whether something must be done."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found of one `subject` (a word of the catalog, such as `database`), by the code of its sentence."""

    subject: str
    health: Health
    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def good(subject: str, code: str, **facts: Fact) -> Finding:
    """All is well."""
    return Finding(subject=subject, health=Health.GOOD, code=code, facts=facts)


def doubtful(subject: str, code: str, **facts: Fact) -> Finding:
    """Perhaps something is to be done."""
    return Finding(subject=subject, health=Health.DOUBTFUL, code=code, facts=facts)


def bad(subject: str, error: SheetFlowError) -> Finding:
    """Something does not work."""
    return Finding(subject=subject, health=Health.BAD, code=error.code, facts=error.facts)
