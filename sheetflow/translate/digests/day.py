"""A person's day: what the morning digest tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sheetflow.domain.plan import PersonDay, State
from sheetflow.translate.views.scene import Scene
from sheetflow.translate.views.today import OwnersDay, Task, owners_today

SOON_DAYS, SHOWN_DAYS = 3, 10
MOST_AHEAD = 60
"""Days among which the next working days are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What somebody works on today, what they could begin early, and what is due within the next working days.

    `load` is today and the working days behind it, as far as a small picture shows them.
    """

    person: str
    planned: tuple[Task, ...]
    early: tuple[Task, ...]
    soon: tuple[Task, ...]
    load: tuple[PersonDay, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.planned or self.early or self.soon)


def days_of(scene: Scene) -> dict[str, Day]:
    """The day of everybody in the team who works today, by name."""
    today = scene.plan.today
    people = {person.name: person for person in scene.workspace.people or ()}
    return {
        day.owner: _day_of(scene, day)
        for day in owners_today(scene)
        if day.owner in people and people[day.owner].calendar.quarters(today)
    }


def _day_of(scene: Scene, day: OwnersDay) -> Day:
    person = day.owner or ""
    return Day(
        person=person,
        planned=day.planned,
        early=day.early,
        soon=tuple(sorted(_soon(scene, day), key=lambda task: task.rank[3:])),
        load=_load(scene, person),
    )


def _soon(scene: Scene, day: OwnersDay) -> Iterator[Task]:
    last = _last_soon(scene)
    shown = {(task.row.id, task.step.step) for task in (*day.planned, *day.early)}
    for row in scene.plan.publications:
        for step in row.steps:
            is_mine = step.owner == day.owner and step.state is not State.DONE
            is_soon = step.due is not None and step.due <= last
            if is_mine and is_soon and (row.id, step.step) not in shown:
                yield Task(row, step)


def _last_soon(scene: Scene) -> date:
    """The last of the next working days of the team."""
    calendar, today = scene.workspace.calendar, scene.plan.today
    ahead = (today + timedelta(days=number) for number in range(1, MOST_AHEAD))
    worked = [day for day in ahead if calendar.quarters(day)]
    return worked[:SOON_DAYS][-1] if worked else today


def _load(scene: Scene, person: str) -> tuple[PersonDay, ...]:
    found = [each.days for each in scene.plan.people if each.name == person]
    return found[0][:SHOWN_DAYS] if found else ()
