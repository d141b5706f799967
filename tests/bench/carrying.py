"""Carrying out what somebody has planned elsewhere, by the rules that hold here: everybody's days hold their hours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bench.ground import Ground, must
from sheetflow.engine.kernel import building, choosing, placing
from sheetflow.engine.kernel.field import NONE
from sheetflow.engine.kernel.laying import Wishes
from sheetflow.engine.work.jobs import NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A step as planned: its owner and its start, as a quarter; before today where the plan had no time for it."""

    owner: int
    start: int


def owners_of(intents: Mapping[int, Intent]) -> Wishes:
    """The owners that were planned, by the number of the task."""
    return {task: i.owner for task, i in intents.items() if i.owner != NOBODY}


def carry_out(ground: Ground, intents: Mapping[int, Intent], *, keep_starts: bool) -> None:
    """Everybody takes the steps in the order of their planned starts, and none before its start where that is kept.

    The ground is in plain Python, and its wishes are the planned owners.
    """
    ground.lay_foundation()
    field, state = ground.field, ground.state
    waiting = [task for task in intents if state.option[task] == NONE]
    for task in sorted(waiting, key=lambda t: (intents[t].start, t)):
        ready = placing.end_before(field, state, task) + 1
        start = intents[task].start if keep_starts else 0
        floor = max(ready, start, 4 * field.earliest_day[task])
        must(choosing.first_finish(field, state, task, floor, NONE))
    for job in ground.by_delivery():
        must(building.publish(field, state, job))
