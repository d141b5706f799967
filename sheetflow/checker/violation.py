"""A violation: one rule that a plan breaks, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One broken rule; `id` and `step` are blank where it concerns the plan as a whole."""

    rule: str
    id: str = ""
    step: str = ""
    detail: str = ""
