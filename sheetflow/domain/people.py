"""The people who do the work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sheetflow.cells import CellRef
from sheetflow.domain.calendar import Calendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with skills, a number of working hours on a full day, and a calendar of their own."""

    name: str
    skills: tuple[str, ...]
    hours_per_day: float
    calendar: Calendar
    email: str = ""
    cells: Mapping[str, CellRef] = field(default_factory=dict, compare=False)
