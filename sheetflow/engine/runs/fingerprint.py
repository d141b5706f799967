"""The fingerprint of all that decides a plan: where it is the same, so is the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from hashlib import sha256

from sheetflow.domain.settings import CalendarSystem
from sheetflow.domain.workspace import Workspace

LENGTH = 16
SHOWN_ONLY = frozenset({
    "amber_below", "cells", "channel", "email", "holidays_country", "language",
    "phase", "row", "sheet", "time_zone", "title",
})  # fmt: skip
"""What people look at, and no plan depends on."""

UNORDERED = frozenset({"away", "skills"})
"""What comes in the order of a tab's rows, or of a cell's words, and means the same in any other."""


def fingerprint(workspace: Workspace, today: date) -> str:
    """The fingerprint of publications that are planned, their workflows, the team, its days, the settings and `today`.

    The same whatever the order of the rows is. What is remembered of earlier runs takes no part.
    """
    rows = [row for row in workspace.publications if row.is_planned]
    types = {row.type for row in rows}
    flows = [flow for type_, flow in workspace.workflows.items() if type_ in types]
    people = workspace.people
    told = (
        today.isoformat(),
        _sorted(rows),
        _sorted(flows),
        _told(workspace.calendar),
        _told(replace(workspace.settings, calendar=CalendarSystem.GREGORIAN)),
        "roles" if people is None else _sorted(people),
    )
    return sha256("\n".join(told).encode()).hexdigest()[:LENGTH]


def _told(value: object) -> str:
    """A value as a text that any run tells in the same words."""
    if isinstance(value, Enum):
        return value.name
    if is_dataclass(value):
        return _listed(
            f"{each.name}: {_told_of(each.name, getattr(value, each.name))}"
            for each in fields(value)
            if each.name not in SHOWN_ONLY
        )
    if isinstance(value, Mapping):
        return _listed(sorted(f"{_told(key)}: {_told(own)}" for key, own in value.items()))
    if isinstance(value, frozenset):
        return _sorted(value)
    if isinstance(value, tuple):
        return _listed(map(_told, value))
    return repr(value)


def _told_of(name: str, value: object) -> str:
    return _sorted(value) if name in UNORDERED and isinstance(value, tuple) else _told(value)


def _sorted(values: Iterable[object]) -> str:
    return _listed(sorted(map(_told, values)))


def _listed(texts: Iterable[str]) -> str:
    return f"({', '.join(texts)})"
