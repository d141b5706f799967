"""What waits for what: the edges of a workflow, the implicit ones included, skipped steps bypassed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sheetflow.domain.workflow import Kind, Step, Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The steps that a row keeps, in the workflow's order, and for each the steps that it waits for."""

    steps: tuple[Step, ...]
    waits_for: Mapping[str, tuple[str, ...]]
    before_publishing: frozenset[str]

    def ancestors(self, names: Iterable[str]) -> frozenset[str]:
        """All steps that one of `names` waits for, directly or not."""
        found: set[str] = set()
        left = list(names)
        while left:
            for name in self.waits_for.get(left.pop(), ()):
                if name not in found:
                    found.add(name)
                    left.append(name)
        return frozenset(found)

    def longest_chain(self, quarters: Callable[[str], int]) -> int:
        """The most quarters that steps before publishing need one after another."""
        ends: dict[str, int] = {}

        def end(name: str) -> int:
            if name not in ends:
                earlier = [end(other) for other in self.waits_for[name]]
                ends[name] = max(earlier, default=0) + quarters(name)
            return ends[name]

        return max((end(name) for name in self.before_publishing), default=0)


def network_of(workflow: Workflow, skip: frozenset[str]) -> Network:
    """The network of a row of this workflow that does without the steps of `skip`."""
    before = _before_publishing(workflow)
    waits = _all_edges(workflow, before)
    kept = tuple(step for step in workflow.steps if step.name not in skip)
    return Network(
        steps=kept,
        waits_for={step.name: _bypassed(step.name, waits, skip) for step in kept},
        before_publishing=frozenset(before - skip),
    )


def _follow_ups(workflow: Workflow) -> set[str]:
    return {step.name for step in workflow.steps if step.kind is Kind.FOLLOW_UP}


def _before_publishing(workflow: Workflow) -> set[str]:
    """The steps that are neither follow-ups nor behind the publish step."""
    publish = workflow.publish.name
    behind = {publish} | _follow_ups(workflow)
    grown = True
    while grown:
        more = {step.name for step in workflow.steps if behind.intersection(step.after)} - behind
        behind |= more
        grown = bool(more)
    return {step.name for step in workflow.steps} - behind


def _all_edges(workflow: Workflow, before: set[str]) -> dict[str, list[str]]:
    """The steps that each step waits for: those that it names, and those that its place implies."""
    publish = workflow.publish.name
    names = [step.name for step in workflow.steps]
    waits = {step.name: [name for name in step.after if name in names] for step in workflow.steps}
    waits[publish] += [name for name in names if name in before]
    for name in _follow_ups(workflow):
        waits[name].append(publish)
    return waits


def _bypassed(name: str, waits: Mapping[str, list[str]], skip: frozenset[str]) -> tuple[str, ...]:
    """The steps that are waited for once a skipped one passes on what it waited for itself."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    left = list(waits[name])
    while left:
        other = left.pop()
        if other in seen:
            continue
        seen.add(other)
        if other in skip:
            left += waits[other]
        else:
            found[other] = None
    return tuple(found)
