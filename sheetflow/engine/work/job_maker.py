"""Making jobs: what is left to do of each row, who may do it, and how long each of them would need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from math import ceil

from sheetflow.domain.calendar import Calendar
from sheetflow.domain.people import Person
from sheetflow.domain.publication import Publication
from sheetflow.domain.settings import Settings
from sheetflow.domain.workflow import QUARTERS_PER_DAY, Kind, Step
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.work.jobs import NOBODY, TEAM, Crew, Job, Option, Task
from sheetflow.engine.work.memory import memory_of
from sheetflow.engine.work.network import Network, network_of
from sheetflow.engine.work.workdays import safety_margin

TOLERANCE = 1e-9


def jobs_of(workspace: Workspace, crew: Crew, today: date) -> tuple[Job, ...]:
    """A job for each planned publication, in the order of their IDs."""
    planned = sorted((p for p in workspace.publications if p.is_planned), key=lambda p: p.id)
    maker = JobMaker(workspace, crew, today)
    return tuple(maker.job(row) for row in planned)


class JobMaker:
    """Makes the jobs of rows, which need not stand in the workspace as they are given.

    What many rows share is made once: networks, and who can do a step.
    """

    def __init__(self, workspace: Workspace, crew: Crew, today: date) -> None:
        """Start with nothing made."""
        self._settings: Settings = workspace.settings
        self._calendar: Calendar = workspace.calendar
        self._crew, self._memory, self._today = crew, memory_of(workspace), today
        self._workflows = workspace.workflows
        self._roles = workspace.people is None
        self._networks: dict[tuple[str, frozenset[str]], Network] = {}
        self._ways: dict[tuple[str, str, int | None, bool], tuple[Option, ...]] = {}

    def job(self, row: Publication) -> Job:
        """The job of a row."""
        network = self._network(row)
        done = network.ancestors(row.current_steps) if row.current_steps else frozenset()
        left = [name for name in network.order if name not in done]
        index = {name: i for i, name in enumerate(left)}
        return Job(
            row=row,
            network=network,
            margin=safety_margin(row, network, self._settings),
            today=self._today,
            floor=max(self._today, row.not_before or self._today),
            tasks=tuple(self._task(row, network.steps[name], index, done) for name in left),
            before=tuple(i for i, name in enumerate(left) if name in network.before),
            publish=index.get(network.publish),
            behind=tuple(i for i, name in enumerate(left) if name in network.behind),
            done=done,
        )

    def version(self, here: Job, row: Publication) -> Job:
        """The job of a row that differs from that of a job in some of its cells; what they leave alone is kept."""
        old = here.row
        if (row.type, row.skip, row.current_steps) != (old.type, old.skip, old.current_steps):
            return self.job(row)
        repinned = {n for n in {*row.pins, *old.pins} if row.pins.get(n) != old.pins.get(n)}
        touched = {n for n in {*row.days, *old.days} if row.days.get(n) != old.days.get(n)}
        touched |= repinned.union(*(self._rivals(here.network, name) for name in repinned))
        index = {task.step.name: i for i, task in enumerate(here.tasks)}
        return replace(
            here,
            row=row,
            margin=safety_margin(row, here.network, self._settings) if touched else here.margin,
            floor=max(self._today, row.not_before or self._today),
            tasks=tuple(
                self._task(row, task.step, index, here.done) if task.step.name in touched else task
                for task in here.tasks
            ),
        )

    def _network(self, row: Publication) -> Network:
        key = row.type, row.skip
        if key not in self._networks:
            self._networks[key] = network_of(self._workflows[row.type], row.skip)
        return self._networks[key]

    def _task(
        self, row: Publication, step: Step, index: Mapping[str, int], done: frozenset[str]
    ) -> Task:
        name, network = step.name, self._network(row)
        pinned = name in row.pins
        rivals = frozenset() if pinned else self._rivals(network, name)
        current = name in row.current_steps
        runs_again = self._memory.was_sent_back((row.id, name), is_current=current)
        barred = set(self._owners_of(row, rivals & (done | set(row.pins)))) if rivals else None
        *options, unowned = self._ways_of(row, step, runs_again=runs_again)
        return Task(
            step=step,
            options=tuple(o for o in options if not barred or o.owner not in barred),
            unowned=unowned,
            waits_for=tuple(index[p] for p in network.waits_for[name] if p in index),
            not_by=tuple(sorted(index[n] for n in rivals if n in index)),
            current=current,
            pinned=pinned,
            runs_again=runs_again,
            needs_owner=(pinned or bool(step.skill)) and step.kind is not Kind.WAIT,
        )

    def _rivals(self, network: Network, name: str) -> frozenset[str]:
        """The steps whose owner must be somebody else, whichever of the two says so."""
        if self._roles:
            return frozenset()
        steps = network.steps
        own = {other for other in steps[name].not_by if other in steps}
        theirs = {other for other, step in steps.items() if name in step.not_by}
        return frozenset((own | theirs) - {name})

    def _owners_of(self, row: Publication, steps: frozenset[str]) -> Iterator[int]:
        for name in steps:
            owner = row.pins.get(name) or self._memory.owner((row.id, name))
            if owner in self._crew.names:
                yield self._crew.names.index(owner)

    def _ways_of(self, row: Publication, step: Step, *, runs_again: bool) -> tuple[Option, ...]:
        """The options of all who may do the step, that of nobody last."""
        quarters, worked = row.days.get(step.name), self._memory.started((row.id, step.name))
        pin = row.pins.get(step.name)
        if pin is not None or (worked and step.name in row.current_steps):
            return tuple(self._options(row, step, pin, runs_again=runs_again))
        key = row.type, step.name, quarters, runs_again
        if key not in self._ways:
            self._ways[key] = tuple(self._options(row, step, None, runs_again=runs_again))
        return self._ways[key]

    def _options(
        self, row: Publication, step: Step, pin: str | None, *, runs_again: bool
    ) -> Iterator[Option]:
        if pin is not None and pin in self._crew.names:
            owners: tuple[int, ...] = (self._crew.names.index(pin),)
        else:
            owners = self._crew.by_skill.get(step.skill, ())
        for owner in (*owners, NOBODY):
            yield self._option(row, step, owner, runs_again=runs_again)

    def _option(self, row: Publication, step: Step, owner: int, *, runs_again: bool) -> Option:
        person = self._crew.people[owner] if self._crew.people and owner != NOBODY else None
        calendar = person.calendar if person and step.kind is not Kind.WAIT else self._calendar
        quarters, hours = self._size(row, step, person, calendar, runs_again=runs_again)
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
        self,
        row: Publication,
        step: Step,
        person: Person | None,
        calendar: Calendar,
        *,
        runs_again: bool,
    ) -> tuple[int, float]:
        """The quarters and hours left of the step for that owner, not yet stretched."""
        quarters = row.days.get(step.name, step.quarters)
        hours = step.hours
        if hours is None:
            per_day = person.hours_per_day if person else self._settings.hours_per_day
            hours = quarters / QUARTERS_PER_DAY * per_day * self._settings.focus
        if runs_again:
            quarters = max(1, ceil(quarters * self._settings.rework_factor - TOLERANCE))
            hours *= self._settings.rework_factor
        left = max(1, quarters - self._worked(row, step, calendar))
        return left, hours * left / quarters

    def _worked(self, row: Publication, step: Step, calendar: Calendar) -> int:
        """The quarters of working time since History saw a current step start."""
        if step.name not in row.current_steps:
            return 0
        started = self._memory.started((row.id, step.name))
        if started is None:
            return 0
        days = max(0, (self._today - started.when).days)
        return sum(calendar.quarters(started.when + timedelta(days=n)) for n in range(days))
