"""What waits for what in one publication, with the steps that it skips taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sheetflow.domain.workflow import Kind, Step, Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The steps that a publication has, and the direct predecessors of each, by name.

    `order` is topological. `before` are the steps that come before publishing, `behind` those that come after it.
    """

    steps: Mapping[str, Step]
    order: tuple[str, ...]
    waits_for: Mapping[str, tuple[str, ...]]
    before: frozenset[str]
    behind: frozenset[str]
    publish: str

    def ancestors(self, names: Iterable[str]) -> frozenset[str]:
        """All that the named steps wait for, directly or not, themselves left out unless one waits for another."""
        found: set[str] = set()
        open_names = list(names)
        while open_names:
            for name in self.waits_for[open_names.pop()]:
                if name not in found:
                    found.add(name)
                    open_names.append(name)
        return frozenset(found)


def network_of(workflow: Workflow, skip: frozenset[str]) -> Network:
    """The network of a workflow without the skipped steps.

    Every step that is neither a follow-up nor behind the publish step comes before it; every follow-up comes after it.
    A step whose predecessor is skipped waits for what that one waited for.
    """
    publish = workflow.publish.name
    waits_for = {step.name: step.after for step in workflow.steps}
    follow_ups = {step.name for step in workflow.steps if step.kind is Kind.FOLLOW_UP}
    behind = _reached_from({publish} | follow_ups, waits_for) | follow_ups
    before = [name for name in waits_for if name not in behind and name != publish]
    waits_for[publish] = tuple(before)
    for name in follow_ups:
        waits_for[name] = (*waits_for[name], publish)
    kept = _without_skipped(waits_for, skip)
    return Network(
        steps={step.name: step for step in workflow.steps if step.name not in skip},
        order=_topological(kept),
        waits_for=kept,
        before=frozenset(before) - skip,
        behind=frozenset(behind) - skip,
        publish=publish,
    )


def _without_skipped(
    waits_for: Mapping[str, tuple[str, ...]], skip: frozenset[str]
) -> dict[str, tuple[str, ...]]:
    def kept(name: str) -> list[str]:
        return [n for d in waits_for[name] for n in (kept(d) if d in skip else [d])]

    return {name: tuple(dict.fromkeys(kept(name))) for name in waits_for if name not in skip}


def _reached_from(sources: set[str], waits_for: Mapping[str, tuple[str, ...]]) -> set[str]:
    reached: set[str] = set()
    grew = True
    while grew:
        found = {
            name
            for name, preds in waits_for.items()
            if name not in reached and any(p in sources or p in reached for p in preds)
        }
        grew = bool(found)
        reached |= found
    return reached


def _topological(waits_for: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    order: list[str] = []
    placed: set[str] = set()
    while len(order) < len(waits_for):
        ready = [
            name
            for name, preds in waits_for.items()
            if name not in placed and all(p in placed for p in preds)
        ]
        order += ready
        placed.update(ready)
    return tuple(order)
