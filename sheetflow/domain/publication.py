"""Publications: the rows that the team plans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, StrEnum

from sheetflow.cells import CellRef

NO_DATE = date.max


class Status(StrEnum):
    """Only active publications are planned."""

    ACTIVE = "Active"
    ON_HOLD = "On hold"
    DONE = "Done"
    CANCELLED = "Cancelled"
    IDEA = "Idea"


class Priority(Enum):
    """How much a day late weighs."""

    LOW = ("Low", 1)
    NORMAL = ("Normal", 2)
    HIGH = ("High", 4)
    URGENT = ("Urgent", 8)

    @property
    def word(self) -> str:
        """The canonical word of the priority."""
        return self.value[0]

    @property
    def weight(self) -> int:
        """The weight of one working day late."""
        return self.value[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """One row without errors.

    `pins` (step to person) and `days` (step to quarters of a day) hold for this row alone. `all_done` stands for the
    Current step `Done`. A row that is not planned may have no date: its `delivery` is NO_DATE. `cells` tells where
    each value was read, by the name of its column.
    """

    id: str
    sheet: str
    row: int
    title: str
    type: str
    delivery: date
    client: str = ""
    campaign: str = ""
    channel: str = ""
    priority: Priority = Priority.NORMAL
    not_before: date | None = None
    status: Status = Status.ACTIVE
    current_steps: tuple[str, ...] = ()
    all_done: bool = False
    pins: Mapping[str, str] = field(default_factory=dict)
    skip: frozenset[str] = frozenset()
    days: Mapping[str, int] = field(default_factory=dict)
    cells: Mapping[str, CellRef] = field(default_factory=dict, compare=False)

    @property
    def is_planned(self) -> bool:
        """Whether the row takes part in the plan."""
        return self.status is Status.ACTIVE and not self.all_done

    @property
    def known_delivery(self) -> date | None:
        """The delivery date, None where the row has none."""
        return None if self.delivery == NO_DATE else self.delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultyRow:
    """A row with an input error: listed and flagged, not planned. `code` and `facts` are the first error's."""

    id: str
    sheet: str
    row: int
    title: str
    type: str
    client: str
    code: str
    facts: Mapping[str, object]
