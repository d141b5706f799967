"""News: what a run changed for somebody.

news_of(plan, before) -> what is new, for everybody
possible_news(plan, person) -> all that could be told them of a plan: what waited until morning is found among it again
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from sheetflow.domain.flag import Flag
from sheetflow.domain.history import LastStep
from sheetflow.domain.plan import Plan, PlannedStep, PublicationPlan, State
from sheetflow.translate.folding import fold
from sheetflow.translate.shown import Shown

Steps = Mapping[tuple[str, str], LastStep]


class Event(StrEnum):
    """What happened, those first that cannot wait."""

    RED = "red"
    RETURNED = "returned"
    TURN = "turn"
    GIVEN = "given"
    TAKEN = "taken"


ORDER = tuple(Event)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing that is new for a person; `step` is None where it is about the whole row."""

    event: Event
    row: PublicationPlan
    step: PlannedStep | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same news in another plan."""
        return self.event.value, self.row.id, self.step.step if self.step else ""

    @property
    def opposites(self) -> tuple[News, ...]:
        """The news that this one takes back."""
        came, went = (Event.GIVEN, Event.TURN, Event.RETURNED), (Event.TAKEN,)
        events = {Event.RED: (), Event.TAKEN: came}.get(self.event, went)
        return tuple(replace(self, event=event) for event in events)

    @property
    def place(self) -> tuple[int, str, str]:
        """Where it stands among others."""
        return ORDER.index(self.event), *self.key[1:]


def news_of(
    plan: Plan, steps: Steps, rows: Mapping[str, Shown], off: Collection[str] = ()
) -> dict[str, tuple[News, ...]]:
    """What is new for each person against the plan that the sheet held; nothing where it held none.

    `off` are folded names and IDs of which nothing is told.
    """
    found: dict[str, list[News]] = {}
    if steps:
        for row in plan.publications:
            if fold(row.id) not in off:
                for person, news in _of_row(row, steps, rows):
                    found.setdefault(person, []).append(news)
    return {
        person: tuple(sorted(news, key=lambda one: one.place))
        for person, news in found.items()
        if fold(person) not in off
    }


def possible_news(plan: Plan, person: str, off: Collection[str] = ()) -> Iterator[News]:
    """All that a run could have to tell the person of this plan."""
    for row in plan.publications:
        if fold(row.id) in off:
            continue
        if row.flag is Flag.RED and person in _people(row):
            yield News(event=Event.RED, row=row)
        for step in _open(row):
            if step.owner != person:
                yield News(event=Event.TAKEN, row=row, step=step)
                continue
            yield News(event=Event.GIVEN, row=row, step=step)
            if step.state is State.NOW:
                yield News(event=Event.TURN, row=row, step=step)
                yield News(event=Event.RETURNED, row=row, step=step)


def _of_row(
    row: PublicationPlan, steps: Steps, rows: Mapping[str, Shown]
) -> Iterator[tuple[str, News]]:
    if row.flag is Flag.RED and rows.get(row.id, Shown()).flag is not Flag.RED:
        for person in _people(row):
            yield person, News(event=Event.RED, row=row)
    handed_on = _handed_on(row, steps)
    for step in _open(row):
        before = steps.get((row.id, step.step))
        if before is not None:
            yield from _of_step(row, step, before, handed_on)


def _of_step(
    row: PublicationPlan, step: PlannedStep, before: LastStep, handed_on: Collection[str]
) -> Iterator[tuple[str, News]]:
    """A step that came to somebody is told once, by the strongest word."""
    if before.owner and before.owner != step.owner and before.state is not State.DONE:
        yield before.owner, News(event=Event.TAKEN, row=row, step=step)
    if step.owner is None:
        return
    event = _event(step, before, handed_on)
    if event is not None:
        yield step.owner, News(event=event, row=row, step=step)


def _event(step: PlannedStep, before: LastStep, handed_on: Collection[str]) -> Event | None:
    if step.state is State.NOW and before.state is State.DONE:
        return Event.RETURNED
    begins = step.state is State.NOW and before.state is State.PLANNED
    if begins and any(owner != step.owner for owner in handed_on):
        return Event.TURN
    return Event.GIVEN if before.owner != step.owner else None


def _handed_on(row: PublicationPlan, steps: Steps) -> frozenset[str]:
    """Who had the steps of the row that are finished since."""
    known = (steps.get((row.id, step.step)) for step in row.steps if step.state is State.DONE)
    return frozenset(
        before.owner for before in known if before and before.owner and before.state is State.NOW
    )


def _open(row: PublicationPlan) -> Iterator[PlannedStep]:
    return (step for step in row.steps if step.state is not State.DONE)


def _people(row: PublicationPlan) -> list[str]:
    return list(dict.fromkeys(step.owner for step in _open(row) if step.owner))
