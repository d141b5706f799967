"""What History and the last plan tell about each step: is it running, was it finished, was it sent back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sheetflow.domain.history import Event, EventKind, LastStep
from sheetflow.domain.plan import State
from sheetflow.domain.workspace import Workspace

ENDINGS = (EventKind.FINISHED, EventKind.PUBLISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """The events of each (ID, step) in order, and its row in the last plan."""

    events: Mapping[tuple[str, str], tuple[Event, ...]]
    last_plan: Mapping[tuple[str, str], LastStep]

    def state(self, key: tuple[str, str]) -> State | None:
        """How the step stood after the last run; None if it was never seen."""
        for event in reversed(self.events.get(key, ())):
            if event.kind in ENDINGS:
                return State.DONE
            return State.NOW if event.kind is EventKind.STARTED else State.PLANNED
        last = self.last_plan.get(key)
        return last.state if last else None

    def started(self, key: tuple[str, str]) -> Event | None:
        """The event with which the step's present run began, if it is running."""
        events = self.events.get(key, ())
        return events[-1] if events and events[-1].kind is EventKind.STARTED else None

    def was_sent_back(self, key: tuple[str, str], *, is_current: bool) -> bool:
        """Whether a step that is left ran before: it was finished once, or was running and is no longer."""
        if any(event.kind is not EventKind.STARTED for event in self.events.get(key, ())):
            return True
        last = self.state(key)
        return last is State.DONE or (last is State.NOW and not is_current)

    def owner(self, key: tuple[str, str]) -> str | None:
        """Who did the step or was to do it, as far as the workbook remembers."""
        last = self.last_plan.get(key)
        if last and last.owner:
            return last.owner
        return next((e.owner for e in reversed(self.events.get(key, ())) if e.owner), None)


def memory_of(workspace: Workspace) -> Memory:
    """Sort a workspace's history by step."""
    events: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for event in workspace.history:
        events[event.id, event.step].append(event)
    return Memory(
        events={key: tuple(found) for key, found in events.items()}, last_plan=workspace.last_plan
    )
