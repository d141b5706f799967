"""The Today tab: what each person works on today, first things first, and what could be begun early."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sheetflow.cells import ComputedTab, Value
from sheetflow.domain.flag import Flag
from sheetflow.domain.plan import PlannedStep, PublicationPlan, State
from sheetflow.domain.workflow import Kind
from sheetflow.translate.views.column_looks import Column, Look
from sheetflow.translate.views.listing import listing
from sheetflow.translate.views.openings import open_steps
from sheetflow.translate.views.scene import Scene, one_decimal

TAB = "Today"
COLUMNS = (
    Column("Owner"),
    Column("Rank", Look.NUMBER),
    Column("ID"),
    Column("Publication"),
    Column("Step"),
    Column("Due", Look.DAY),
    Column("Hours", Look.NUMBER),
    Column("Flag", Look.FLAG),
    Column("Why", Look.LONG),
)
URGENCY = (Flag.RED, Flag.AMBER, Flag.GREEN, Flag.GREY)
LEAST_HOURS = 1e-6


@dataclass(frozen=True, slots=True)
class Task:
    """A step of a publication that somebody could work on today."""

    row: PublicationPlan
    step: PlannedStep

    @property
    def rank(self) -> tuple[bool, int, bool, date, int, str, str]:
        """What comes first: current steps, late ones, work before waiting, the earlier due."""
        step = self.step
        return (
            step.state is not State.NOW,
            URGENCY.index(step.flag),
            step.kind is Kind.WAIT,
            step.due or date.max,
            step.due_quarter or 0,
            self.row.id,
            step.step,
        )

    def hours_on(self, day: date) -> float:
        """The hours of the step that fall on the day."""
        return sum(part.hours for part in self.step.load if part.date == day)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnersDay:
    """What one owner works on today, first things first; `early` is what fits into the hours left."""

    owner: str | None
    planned: tuple[Task, ...]
    early: tuple[Task, ...]


def owners_today(scene: Scene) -> list[OwnersDay]:
    """The day of everybody: in the team's order, then roles and others by name, then work that nobody has."""
    planned = _by_owner(_tasks_of_today(scene))
    early = _by_owner(Task(row, step) for row, step in open_steps(scene.plan, scene.workspace))
    return [
        OwnersDay(
            owner=owner,
            planned=tuple(sorted(planned.get(owner, ()), key=lambda task: task.rank)),
            early=tuple(_fitting(early.get(owner, ()), _hours_left(scene, owner))),
        )
        for owner in _owners(scene, planned)
    ]


def today_tab(scene: Scene) -> ComputedTab:
    """Each owner's steps of today in their rank; below them, marked early, what fits into the hours left."""
    records: list[tuple[Value, ...]] = []
    for day in owners_today(scene):
        records += [_record(scene, task, rank) for rank, task in enumerate(day.planned, start=1)]
        records += [_record(scene, task, scene.tongue.word("early")) for task in day.early]
    return listing(
        scene, TAB, COLUMNS, records, frozen_columns=1, empty="nothing_planned", ruled_by=0
    )


def _tasks_of_today(scene: Scene) -> Iterable[Task]:
    today = scene.plan.today
    for row in scene.plan.publications:
        for step in row.steps:
            if (
                step.start
                and step.due
                and step.start <= today <= step.due
                and _is_worked(step, today)
            ):
                yield Task(row, step)


def _is_worked(step: PlannedStep, today: date) -> bool:
    if step.owner is None:
        return step.kind is not Kind.WAIT
    return not step.load or any(part.date == today for part in step.load)


def _by_owner(tasks: Iterable[Task]) -> dict[str | None, list[Task]]:
    found: dict[str | None, list[Task]] = defaultdict(list)
    for task in tasks:
        found[task.step.owner].append(task)
    return found


def _owners(scene: Scene, planned: dict[str | None, list[Task]]) -> list[str | None]:
    team: list[str | None] = [person.name for person in scene.plan.people]
    others = sorted(o for o in planned if o is not None and o not in team)
    return [*team, *others, *([None] if None in planned else [])]


def _fitting(tasks: Iterable[Task], left: float) -> Iterator[Task]:
    for task in sorted(tasks, key=lambda task: task.rank):
        if task.step.hours <= left + LEAST_HOURS:
            left -= task.step.hours
            yield task


def _hours_left(scene: Scene, owner: str | None) -> float:
    for person in scene.plan.people:
        if person.name == owner:
            today = [day for day in person.days if day.date == scene.plan.today]
            return sum(day.capacity_hours - day.planned_hours for day in today)
    return 0.0


def _record(scene: Scene, task: Task, rank: int | str) -> tuple[Value, ...]:
    step = task.step
    hours = task.hours_on(scene.plan.today) or (step.hours if isinstance(rank, str) else 0.0)
    return (
        scene.owner(step.owner),
        rank,
        task.row.id,
        task.row.title,
        scene.tongue.show("step", step.step),
        step.due,
        one_decimal(hours),
        scene.flag(step.flag),
        scene.tongue.reason(step.why) or None,
    )
