"""Today: a card a person, with what they work on, first things first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sheetflow.domain.plan import PersonDay
from sheetflow.translate.views.scene import Scene
from sheetflow.translate.views.today import OwnersDay, Task, owners_today

SHOWN_AT_ONCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLine:
    """One step of today; `early` where it is planned for later and fits into the hours left."""

    step: str
    id: str
    title: str
    due: str
    hours: str
    tone: str
    flag: str
    why: str
    early: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayCard:
    """One person, or one role: hours planned and available today, and the steps; `rest` are more early ones."""

    owner: str
    hours: str
    tasks: tuple[TaskLine, ...]
    rest: tuple[TaskLine, ...]


def today_cards(scene: Scene, person: str = "") -> list[TodayCard]:
    """Those with something to do, in the team's order; one `person` alone where one is named."""
    shown = (day for day in owners_today(scene) if not person or day.owner == person)
    return [_card(scene, day) for day in shown if day.planned or day.early]


def _card(scene: Scene, day: OwnersDay) -> TodayCard:
    lines = tuple(_lines(scene, day))
    at_once = max(len(day.planned), SHOWN_AT_ONCE)
    return TodayCard(
        owner=scene.owner(day.owner) or scene.tongue.word("nobody"),
        hours=_hours(scene, day),
        tasks=lines[:at_once],
        rest=lines[at_once:],
    )


def _hours(scene: Scene, day: OwnersDay) -> str:
    number, today = scene.tongue.number, scene.plan.today
    for person in scene.plan.people:
        if person.name == day.owner:
            held = next((one for one in person.days if one.date == today), None)
            return _of_capacity(scene, held) if held else ""
    planned = sum(task.hours_on(today) for task in day.planned)
    return scene.tongue.word("hours_short", hours=number(planned)) if planned else ""


def _of_capacity(scene: Scene, day: PersonDay) -> str:
    number = scene.tongue.number
    hours = f"{number(day.planned_hours)} / {number(day.capacity_hours)}"
    return scene.tongue.word("hours_short", hours=hours)


def _lines(scene: Scene, day: OwnersDay) -> Iterator[TaskLine]:
    for task in day.planned:
        yield _line(scene, task, task.hours_on(scene.plan.today), early=False)
    for task in day.early:
        yield _line(scene, task, task.step.hours, early=True)


def _line(scene: Scene, task: Task, hours: float, *, early: bool) -> TaskLine:
    step, tongue = task.step, scene.tongue
    return TaskLine(
        step=tongue.show("step", step.step),
        id=task.row.id,
        title=task.row.title,
        due=tongue.date(step.due) if step.due else "",
        hours=tongue.word("hours_short", hours=tongue.number(hours)) if hours else "",
        tone=step.flag.value.lower(),
        flag=scene.flag(step.flag),
        why=tongue.reason(step.why),
        early=early,
    )
