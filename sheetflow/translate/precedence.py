"""What comes before what in a workflow: by After, and because everything but follow-ups precedes publishing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from sheetflow.domain.workflow import Kind, Step


def steps_before(steps: Sequence[Step]) -> Mapping[str, AbstractSet[str]]:
    """For each step, all that must be finished before it; a step on a circle comes before itself."""
    waits = {step.name: set(step.after) for step in steps}
    publish = {step.name for step in steps if step.kind is Kind.PUBLISH}
    follow_ups = {step.name for step in steps if step.kind is Kind.FOLLOW_UP}
    for name in follow_ups:
        waits[name] |= publish
    behind = {name for name, before in _closed(waits).items() if before & publish}
    for name in publish:
        waits[name] |= waits.keys() - behind - publish
    return _closed(waits)


def _closed(waits: Mapping[str, AbstractSet[str]]) -> dict[str, set[str]]:
    """The transitive closure, by sweeps until nothing is added."""
    closed = {name: set(before) for name, before in waits.items()}
    grown = True
    while grown:
        grown = False
        for before in closed.values():
            more = set().union(*(closed[name] for name in before)) - before
            before.update(more)
            grown = grown or bool(more)
    return closed
