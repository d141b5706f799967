"""Deliberate damage: the tools with which `damages` spoils a plan.

A damage takes a plan and gives it back spoilt; None where the plan has nothing that could be spoilt so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sheetflow.domain.flag import Flag
from sheetflow.domain.plan import Plan, PlannedStep, PublicationPlan, State
from sheetflow.domain.workflow import Kind

Spoil = Callable[[Plan], "Plan | None"]
StepTest = Callable[[PublicationPlan, PlannedStep], bool]
StepChange = Callable[[PlannedStep], PlannedStep]


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """One way to spoil a plan, and the rule that it breaks."""

    rule: str
    spoil: Spoil


def _with_row(plan: Plan, old: PublicationPlan, *new: PublicationPlan) -> Plan:
    rows: list[PublicationPlan] = []
    for row in plan.publications:
        rows += new if row is old else (row,)
    return replace(plan, publications=tuple(rows))


def row(test: Callable[[PublicationPlan], bool], **changes: Any) -> Spoil:
    """Change facts of the first row that passes the test; a function is given the old value."""

    def spoil(plan: Plan) -> Plan | None:
        found = next((row for row in plan.publications if test(row)), None)
        if found is None:
            return None
        new = {k: v(getattr(found, k)) if callable(v) else v for k, v in changes.items()}
        return _with_row(plan, found, replace(found, **new))

    return spoil


def step(test: StepTest, change: StepChange) -> Spoil:
    """Change the first step that passes the test."""

    def spoil(plan: Plan) -> Plan | None:
        for found in plan.publications:
            for place, old in enumerate(found.steps):
                if test(found, old):
                    steps = (*found.steps[:place], change(old), *found.steps[place + 1 :])
                    return _with_row(plan, found, replace(found, steps=steps))
        return None

    return spoil


def objective(**changes: float) -> Spoil:
    """Add to a measure of the plan."""

    def spoil(plan: Plan) -> Plan:
        new = {name: getattr(plan.objective, name) + more for name, more in changes.items()}
        return replace(plan, objective=replace(plan.objective, **new))

    return spoil


def moved(days: int) -> StepChange:
    """The step and its load so many days later."""
    by = timedelta(days=days)

    def change(old: PlannedStep) -> PlannedStep:
        assert old.start is not None
        assert old.due is not None
        load = tuple(replace(part, date=part.date + by) for part in old.load)
        return replace(old, start=old.start + by, due=old.due + by, load=load)

    return change


def put(**changes: Any) -> StepChange:
    """The step with other values."""
    return lambda old: replace(old, **changes)


def given_to(owner: str | None) -> StepChange:
    """The step with another owner."""
    return put(owner=owner)


def drop_first_row(plan: Plan) -> Plan | None:
    """The plan without its first row."""
    return replace(plan, publications=plan.publications[1:])


def double_first_row(plan: Plan) -> Plan | None:
    """The plan with its first row twice."""
    return replace(plan, publications=(plan.publications[0], *plan.publications))


def change_days(change: Callable[[Any], Any]) -> Spoil:
    """Change the first day with work of the first person who has one."""

    def spoil(plan: Plan) -> Plan | None:
        for place, person in enumerate(plan.people):
            for number, day in enumerate(person.days):
                if day.planned_hours:
                    new: Iterable[Any] = change(day)
                    days = (*person.days[:number], *new, *person.days[number + 1 :])
                    people = list(plan.people)
                    people[place] = replace(person, days=days)
                    return replace(plan, people=tuple(people))
        return None

    return spoil


def drop_first_person(plan: Plan) -> Plan | None:
    """The plan without its first person."""
    return replace(plan, people=plan.people[1:]) if plan.people else None


def is_left(_row: PublicationPlan, old: PlannedStep) -> bool:
    """Any step that is not finished, but for a publishing on a day off."""
    return old.state is not State.DONE and bool(old.load or old.kind is Kind.WAIT)


def has_load(found: PublicationPlan, old: PlannedStep) -> bool:
    """A step with load, before publishing and not begun."""
    return is_left(found, old) and old.kind is Kind.WORK and old.state is State.PLANNED


def is_publish(found: PublicationPlan, old: PlannedStep) -> bool:
    """A publish step that takes somebody's time."""
    return is_left(found, old) and old.kind is Kind.PUBLISH


def in_time(found: PublicationPlan, old: PlannedStep) -> bool:
    """A publish step on the delivery date."""
    return is_publish(found, old) and old.due == found.delivery


def too_late(found: PublicationPlan, old: PlannedStep) -> bool:
    """A publish step behind the delivery date."""
    return is_publish(found, old) and old.due != found.delivery


def is_now(found: PublicationPlan, old: PlannedStep) -> bool:
    """A step that is being worked on, but for publishing."""
    return is_left(found, old) and old.state is State.NOW and old.kind is not Kind.PUBLISH


def is_planned(found: PublicationPlan) -> bool:
    """A row with steps, not yet published."""
    return bool(found.steps) and found.forecast is not None


def is_flagged(flag: Flag) -> Callable[[PublicationPlan], bool]:
    """A row with steps and that flag."""
    return lambda found: bool(found.steps) and found.flag is flag


def named(name: str, identity: str = "") -> StepTest:
    """The step of that name, of that row where one is named."""
    return lambda found, old: old.step == name and identity in {"", found.id}
