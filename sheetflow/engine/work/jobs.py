"""Jobs: what is left to do for each publication, who may do it and how long each of them would need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sheetflow.domain.people import Person
from sheetflow.domain.publication import Publication
from sheetflow.domain.workflow import Step
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.work.network import Network

NOBODY = -1
TEAM = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to do a task: who (index into the crew, or NOBODY), on which calendar (TEAM, or 1 + index), how long.

    `rate` is the hours that each quarter takes of the owner's capacity, 0 where capacity has no limit.
    """

    owner: int
    calendar: int
    quarters: int
    hours: float
    rate: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One step that is left; `waits_for` and `not_by` are indices of other tasks of the job.

    Owners whom Not by excludes because of steps that are finished, or pinned, have no option; a pin itself is never
    overruled. `needs_owner` is False where nobody
    need be found: no skill, or waiting.
    """

    step: Step
    options: tuple[Option, ...]
    unowned: Option
    waits_for: tuple[int, ...]
    not_by: tuple[int, ...]
    current: bool
    pinned: bool
    runs_again: bool
    needs_owner: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One planned publication: its tasks in topological order; those before publishing, the publish task, those behind.

    `floor` is the first day on which a task that is not current may start.
    """

    row: Publication
    network: Network
    margin: int
    today: date
    floor: date
    tasks: tuple[Task, ...]
    before: tuple[int, ...]
    publish: int | None
    behind: tuple[int, ...]
    done: frozenset[str]

    @property
    def left(self) -> dict[str, int]:
        """The quarters of each step that is left, not stretched."""
        return {task.step.name: task.unowned.quarters for task in self.tasks}

    @property
    def begun(self) -> bool:
        """Whether somebody works, or has worked, on it."""
        return bool(self.row.current_steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Who can own a task: the team's people, or the skills that stand in for them where there is no Team tab."""

    names: tuple[str, ...]
    people: tuple[Person, ...]
    by_skill: Mapping[str, tuple[int, ...]]

    @property
    def is_limited(self) -> bool:
        """Whether capacity has a limit."""
        return bool(self.people)


def crew_of(workspace: Workspace) -> Crew:
    """The people by name, or the skills of all workflows; both in alphabetical order."""
    if workspace.people is None:
        skills = {s.skill for flow in workspace.workflows.values() for s in flow.steps if s.skill}
        pinned = {name for row in workspace.publications for name in row.pins.values()}
        names = tuple(sorted(skills | pinned))
        own = {name: (i,) for i, name in enumerate(names) if name in skills}
        return Crew(names=names, people=(), by_skill=own)
    people = tuple(sorted(workspace.people, key=lambda person: person.name))
    by_skill: dict[str, list[int]] = {}
    for index, person in enumerate(people):
        for skill in person.skills:
            by_skill.setdefault(skill, []).append(index)
    return Crew(
        names=tuple(person.name for person in people),
        people=people,
        by_skill={skill: tuple(indices) for skill, indices in by_skill.items()},
    )
