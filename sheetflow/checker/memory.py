"""What earlier runs left: which steps were begun, and which run a second time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sheetflow.domain.history import Event, EventKind, LastStep
from sheetflow.domain.plan import State

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The last plan, the last event of every step, and the last of those that close a step."""

    last_plan: Mapping[Key, LastStep]
    last: Mapping[Key, Event]
    closing: Mapping[Key, Event]
    workers: Mapping[Key, frozenset[str]]

    def started(self, key: Key) -> Event | None:
        """The event that began the step, where nothing has happened to it since."""
        event = self.last.get(key)
        return event if event is not None and event.kind is EventKind.STARTED else None

    def repeats(self, key: Key, state: State) -> bool:
        """Whether a step that is still to be done has run before; History knows better than the last plan."""
        if key in self.closing:
            return True
        if key in self.last:
            return state is State.PLANNED
        was = self.last_plan[key].state if key in self.last_plan else None
        return was is State.DONE or (was is State.NOW and state is State.PLANNED)

    def owners(self, key: Key) -> frozenset[str]:
        """Everybody who is remembered to have done the step, or to have been meant to."""
        last = self.last_plan.get(key)
        planned = {last.owner} if last and last.owner else set()
        return self.workers.get(key, frozenset()) | planned


def memory_of(last_plan: Mapping[Key, LastStep], history: Iterable[Event]) -> Memory:
    """Sort the events of History by what they say of each step; the later row counts."""
    last: dict[Key, Event] = {}
    closing: dict[Key, Event] = {}
    workers: dict[Key, frozenset[str]] = {}
    for event in history:
        key = (event.id, event.step)
        last[key] = event
        if event.kind is not EventKind.STARTED:
            closing[key] = event
        if event.owner:
            workers[key] = workers.get(key, frozenset()) | {event.owner}
    return Memory(last_plan=last_plan, last=last, closing=closing, workers=workers)
