"""The types that a workbook may name: the team's own, then the built-in ones; and the steps of each."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property

from sheetflow.domain.workflow import Workflow
from sheetflow.errors import Problem
from sheetflow.translate.builtin import (
    builtin_types,
    builtin_workflow,
    find_type,
    nearest_step,
    step_candidates,
)
from sheetflow.translate.folding import fold
from sheetflow.translate.precedence import steps_before
from sheetflow.translate.rows import shorten
from sheetflow.translate.vocabulary import Vocabulary, closest


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """Looks up types and steps; `own` by folded type, `faulty` the team's types that cannot be used, and why."""

    words: Vocabulary
    own: Mapping[str, Workflow] = field(default_factory=dict)
    faulty: Mapping[str, Problem] = field(default_factory=dict)
    _types: dict[str, Workflow | Problem | None] = field(default_factory=dict)
    _before: dict[str, Mapping[str, AbstractSet[str]]] = field(default_factory=dict)
    _steps: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def type_of(self, text: str) -> Workflow | Problem | None:
        """The workflow that the text names; the fault of a team's own type; None for an unknown one."""
        if text not in self._types:
            self._types[text] = self._look_up(text)
        return self._types[text]

    def _look_up(self, text: str) -> Workflow | Problem | None:
        key = fold(self.words.extra.get(fold(text), text))
        if key in self.own or key in self.faulty:
            return self.faulty.get(key) or self.own[key]
        builtin = find_type(text, self.words)
        if builtin is None:
            return None
        same = self._own_by_meaning.get(builtin)
        if same is None:
            return builtin_workflow(builtin)
        return self.faulty.get(same) or self.own[same]

    @cached_property
    def _own_by_meaning(self) -> Mapping[str, str]:
        """The team's types that stand in for a built-in one under another name."""
        keys = [*self.own, *self.faulty]
        return {found: key for key in keys if (found := find_type(key, self.words))}

    def nearest_type(self, text: str) -> str | None:
        """The known type spelt most like the text."""
        short = shorten(text)
        names = {fold(workflow.type): workflow.type for workflow in self.own.values()}
        found = closest(fold(short), tuple(names))
        return names[found] if found else self.words.nearest("type", short)

    def steps_of(self, workflow: Workflow, text: str) -> tuple[str, ...]:
        """All steps of the workflow that the text may stand for."""
        key = workflow.type, text
        if key not in self._steps:
            self._steps[key] = step_candidates(workflow, text, self.words)
        return self._steps[key]

    def before(self, workflow: Workflow) -> Mapping[str, AbstractSet[str]]:
        """For each step of the workflow, all that must be finished before it."""
        if workflow.type not in self._before:
            self._before[workflow.type] = steps_before(workflow.steps)
        return self._before[workflow.type]

    def nearest_step(self, workflow: Workflow, text: str) -> str | None:
        """The step of the workflow spelt most like the text."""
        return nearest_step(workflow, shorten(text))

    def is_step(self, text: str) -> bool:
        """Whether any workflow has such a step."""
        return self.words.find("step", text) is not None or any(
            self.steps_of(workflow, text) for workflow in self._workflows
        )

    @cached_property
    def _workflows(self) -> tuple[Workflow, ...]:
        return (*self.own.values(), *map(builtin_workflow, builtin_types()))
