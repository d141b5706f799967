"""The part of a plan that somebody chose: by person, client and flag."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sheetflow.domain.plan import Plan, PublicationPlan, State
from sheetflow.entrypoints.web.pages.choice import Choice
from sheetflow.translate.language import Tongue
from sheetflow.translate.last_changes import ShownChange


def chosen_plan(plan: Plan, choice: Choice) -> Plan:
    """The plan with the chosen publications alone; everybody's load stays whole."""
    rows = tuple(row for row in plan.publications if is_chosen(row, choice))
    return replace(plan, publications=rows)


def is_chosen(row: PublicationPlan, choice: Choice) -> bool:
    """Whether the publication has the flag, is for the client, and has a step that the person is still to do."""
    if choice.flag is not None and row.flag is not choice.flag:
        return False
    if choice.client and row.client != choice.client:
        return False
    return not choice.person or choice.person in _owners(row)


def _owners(row: PublicationPlan) -> set[str | None]:
    return {step.owner for step in row.steps if step.state is not State.DONE}


def chosen_changes(
    changes: tuple[ShownChange, ...], plan: Plan, choice: Choice, own: Tongue
) -> tuple[ShownChange, ...]:
    """The changes of the chosen publications; where a person is chosen, of their steps. `own` is the sheet's tongue."""
    if not choice.narrows:
        return changes
    rows = {row.id: row for row in plan.publications if is_chosen(row, choice)}
    theirs = {
        (row.id, own.show("step", step.step))
        for row in rows.values()
        for step in row.steps
        if step.owner == choice.person
    }
    return tuple(
        change
        for change in changes
        if change.id in rows
        and (
            not choice.person
            or choice.person in {change.before, change.after}
            or (change.id, change.step) in theirs
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """Who and what can be chosen, as they stand in the plan; a choice that is in the plan no more is kept."""

    people: tuple[str, ...]
    clients: tuple[str, ...]


def offered(plan: Plan, choice: Choice) -> Offered:
    """Everybody in the team's order, or every role by name; clients by name."""
    owners = {step.owner for row in plan.publications for step in row.steps if step.owner}
    people = [person.name for person in plan.people] or sorted(owners)
    clients = sorted({row.client for row in plan.publications if row.client})
    return Offered(people=_with(people, choice.person), clients=_with(clients, choice.client))


def _with(names: list[str], chosen: str) -> tuple[str, ...]:
    return (*names, chosen) if chosen and chosen not in names else tuple(names)
