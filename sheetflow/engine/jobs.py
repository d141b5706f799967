"""Jobs: what is left to do for each publication, who may do it and how long each of them would need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from sheetflow.domain.calendar import Calendar
from sheetflow.domain.people import Person
from sheetflow.domain.publication import Publication
from sheetflow.domain.settings import Settings
from sheetflow.domain.workflow import QUARTERS_PER_DAY, Kind, Step
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.memory import Memory, memory_of
from sheetflow.engine.network import Network, network_of
from sheetflow.engine.workdays import safety_margin

NOBODY = -1
TEAM = 0
TOLERANCE = 1e-9


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


def jobs_of(workspace: Workspace, crew: Crew, today: date) -> tuple[Job, ...]:
    """A job for each planned publication, in the order of their IDs."""
    memory = memory_of(workspace)
    planned = sorted((p for p in workspace.publications if p.is_planned), key=lambda p: p.id)
    return tuple(_JobMaker(workspace, crew, memory, today, row).job() for row in planned)


class _JobMaker:
    """Makes one row's job."""

    def __init__(
        self, workspace: Workspace, crew: Crew, memory: Memory, today: date, row: Publication
    ) -> None:
        self._settings: Settings = workspace.settings
        self._calendar: Calendar = workspace.calendar
        self._crew, self._memory, self._today, self._row = crew, memory, today, row
        self._roles = workspace.people is None
        self._network = network_of(workspace.workflows[row.type], row.skip)

    def job(self) -> Job:
        row, network = self._row, self._network
        done = network.ancestors(row.current_steps) if row.current_steps else frozenset()
        left = [name for name in network.order if name not in done]
        index = {name: i for i, name in enumerate(left)}
        return Job(
            row=row,
            network=network,
            margin=safety_margin(row, network, self._settings),
            today=self._today,
            floor=max(self._today, row.not_before or self._today),
            tasks=tuple(self._task(name, index, done) for name in left),
            before=tuple(i for i, name in enumerate(left) if name in network.before),
            publish=index.get(network.publish),
            behind=tuple(i for i, name in enumerate(left) if name in network.behind),
            done=done,
        )

    def _task(self, name: str, index: Mapping[str, int], done: frozenset[str]) -> Task:
        step = self._network.steps[name]
        pinned = name in self._row.pins
        rivals = frozenset() if pinned else self._rivals(name)
        current = name in self._row.current_steps
        runs_again = self._memory.was_sent_back((self._row.id, name), is_current=current)
        barred = set(self._owners_of(rivals & (done | set(self._row.pins))))
        options = self._options(step, runs_again=runs_again)
        return Task(
            step=step,
            options=tuple(option for option in options if option.owner not in barred),
            unowned=self._option(step, NOBODY, runs_again=runs_again),
            waits_for=tuple(index[p] for p in self._network.waits_for[name] if p in index),
            not_by=tuple(sorted(index[n] for n in rivals if n in index)),
            current=current,
            pinned=pinned,
            runs_again=runs_again,
            needs_owner=(pinned or bool(step.skill)) and step.kind is not Kind.WAIT,
        )

    def _rivals(self, name: str) -> frozenset[str]:
        """The steps whose owner must be somebody else, whichever of the two says so."""
        if self._roles:
            return frozenset()
        steps = self._network.steps
        own = {other for other in steps[name].not_by if other in steps}
        theirs = {other for other, step in steps.items() if name in step.not_by}
        return frozenset((own | theirs) - {name})

    def _owners_of(self, steps: frozenset[str]) -> Iterator[int]:
        for name in steps:
            owner = self._row.pins.get(name) or self._memory.owner((self._row.id, name))
            if owner in self._crew.names:
                yield self._crew.names.index(owner)

    def _options(self, step: Step, *, runs_again: bool) -> Iterator[Option]:
        pin = self._row.pins.get(step.name)
        if pin is not None and pin in self._crew.names:
            owners: tuple[int, ...] = (self._crew.names.index(pin),)
        else:
            owners = self._crew.by_skill.get(step.skill, ())
        for owner in owners:
            yield self._option(step, owner, runs_again=runs_again)

    def _option(self, step: Step, owner: int, *, runs_again: bool) -> Option:
        person = self._crew.people[owner] if self._crew.people and owner != NOBODY else None
        calendar = person.calendar if person and step.kind is not Kind.WAIT else self._calendar
        quarters, hours = self._size(step, person, calendar, runs_again=runs_again)
        if person is None or step.kind is Kind.WAIT:
            return Option(owner=owner, calendar=TEAM, quarters=quarters, hours=hours, rate=0.0)
        full_day = person.hours_per_day * (1 - self._settings.reserve)
        if full_day > 0:
            quarters = max(quarters, ceil(hours * QUARTERS_PER_DAY / full_day - TOLERANCE))
        return Option(
            owner=owner,
            calendar=1 + owner,
            quarters=quarters,
            hours=hours,
            rate=hours / quarters,
        )

    def _size(
        self, step: Step, person: Person | None, calendar: Calendar, *, runs_again: bool
    ) -> tuple[int, float]:
        """The quarters and hours left of the step for that owner, not yet stretched."""
        quarters = self._row.days.get(step.name, step.quarters)
        hours = step.hours
        if hours is None:
            per_day = person.hours_per_day if person else self._settings.hours_per_day
            hours = quarters / QUARTERS_PER_DAY * per_day * self._settings.focus
        if runs_again:
            quarters = max(1, ceil(quarters * self._settings.rework_factor - TOLERANCE))
            hours *= self._settings.rework_factor
        left = max(1, quarters - self._worked(step, calendar))
        return left, hours * left / quarters

    def _worked(self, step: Step, calendar: Calendar) -> int:
        """The quarters of working time since History saw a current step start."""
        if step.name not in self._row.current_steps:
            return 0
        started = self._memory.started((self._row.id, step.name))
        if started is None:
            return 0
        days = max(0, (self._today - started.when).days)
        return sum(calendar.quarters(started.when + timedelta(days=n)) for n in range(days))
