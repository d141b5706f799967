"""Places: where a step would fit into a calendar beside what is planned there already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sheetflow.checker.clock import Clock
from sheetflow.checker.demand import Demand
from sheetflow.checker.evidence import Evidence
from sheetflow.checker.moments import NEAR, QUARTERS, day_of
from sheetflow.domain.people import Person
from sheetflow.domain.plan import PlannedStep

FARTHEST_DAYS = 4000
FAR = 1 << 40

Room = Callable[[int], float]


def no_limit(_day: int) -> float:
    """The room of a role, or of the team's calendar."""
    return float("inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A step that looks for its place: in which calendar, beside what, not before when, ending between when."""

    clock: Clock
    demand: Demand
    room: Room
    earliest: int
    ends_after: int = -1
    ends_before: int = FAR

    def first_start(self, before: int) -> int | None:
        """The first moment earlier than `before` at which the step could start."""
        for when in range(self.earliest, before):
            if self.clock.works(when):
                last = self.end_from(when)
                if last is not None and self.ends_after < last < self.ends_before:
                    return when
        return None

    def end_from(self, when: int) -> int | None:
        """The last moment of the step if it starts then; None where a day has no room."""
        left = self.demand.quarters
        by_quarter = self.demand.hours / left
        day, quarter = divmod(when, QUARTERS)
        for later in range(day, day + FARTHEST_DAYS):
            taken = min(left, max(0, self.clock.quarters(later) - quarter))
            if taken * by_quarter > self.room(later) + NEAR:
                return None
            left -= taken
            if not left:
                return later * QUARTERS + quarter + taken - 1
            quarter = 0
        return None


def room_beside_all(evidence: Evidence, person: Person, own: PlannedStep) -> Room:
    """The hours that a person has left on a day, the step's own load not counted."""
    own_hours = {load.date: load.hours for load in own.load if own.owner == person.name}

    def room(day: int) -> float:
        when = day_of(day * QUARTERS)
        load = evidence.load(person.name, when) - own_hours.get(when, 0.0)
        return evidence.capacity(person, when) - load

    return room


def last_day_of(person: Person, clock: Clock, today: int) -> int | None:
    """The last day that the person works, as an ordinal; None without an end, `today` less 1 if it is over."""
    until = person.calendar.employed.last
    if not any(person.calendar.week):
        return today - 1
    if until is None:
        return None
    worked = (day for day in range(until.toordinal(), today - 1, -1) if clock.quarters(day))
    return next(worked, today - 1)
