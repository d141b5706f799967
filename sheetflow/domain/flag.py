"""Flags, and the reason that goes with each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

ReasonFact: TypeAlias = str | int | float | date | tuple[str, ...] | None


class Flag(StrEnum):
    """How a publication stands: see section 5 of the contract."""

    GREEN = "Green"
    AMBER = "Amber"
    RED = "Red"
    GREY = "Grey"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A sentence to come: its code, the facts in it, and the reason for the remedy that may follow."""

    code: str
    facts: Mapping[str, ReasonFact] = field(default_factory=dict)
    remedy: Reason | None = None


NO_REASON = Reason(code="")


def because(code: str, **facts: ReasonFact) -> Reason:
    """A reason by its code, with its facts by name."""
    return Reason(code=code, facts=facts)
