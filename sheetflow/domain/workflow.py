"""Workflows: the steps that a type of publication passes through, and what waits for what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sheetflow.cells import CellRef

QUARTERS_PER_DAY = 4


class Kind(StrEnum):
    """How a step takes time: see section 2 of the contract."""

    WORK = "work"
    WAIT = "wait"
    PUBLISH = "publish"
    FOLLOW_UP = "follow-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a workflow: `quarters` of a working day it takes, `hours` of work in it.

    `hours` None means: by its days, its owner's hours a day and the focus. `after`, `returns_to` and `not_by` hold
    names of steps of the same workflow; `skill` may be blank.
    """

    name: str
    phase: str
    skill: str
    quarters: int
    hours: float | None
    kind: Kind
    after: tuple[str, ...] = ()
    returns_to: str | None = None
    not_by: tuple[str, ...] = ()
    cells: Mapping[str, CellRef] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """The steps of one type, in the order of the sheet; names are unique, exactly one step publishes."""

    type: str
    steps: tuple[Step, ...]

    @property
    def publish(self) -> Step:
        """The step that happens on the delivery date."""
        return next(step for step in self.steps if step.kind is Kind.PUBLISH)

    def step(self, name: str) -> Step:
        """The step of that name; KeyError if there is none."""
        for step in self.steps:
            if step.name == name:
                return step
        raise KeyError(name)
