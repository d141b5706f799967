"""Random memory: the Steps and History tabs that an earlier run of the same rows may have left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from generated_rows import Draft
from generated_team import Member
from sheetflow.cells import Table, Value
from sheetflow.domain.workflow import Kind, Step

STEPS = (
    "ID", "Publication", "Step", "Phase", "Owner", "Start", "Due", "Days", "Hours", "State",
    "Flag", "Why",
)  # fmt: skip
HISTORY = ("When", "ID", "Step", "Event", "Owner", "Due", "Note")
Row = tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What the last run is to have known of one row: `told` whether History already says what was sent back."""

    draft: Draft
    finished: frozenset[str]
    running: frozenset[str]
    told: bool


def memory_tables(
    rng: Random, drafts: list[Draft], members: list[Member], today: date
) -> tuple[Table, Table]:
    """The tabs Steps and History."""
    steps: list[Row] = [STEPS]
    events: list[Row] = []
    for draft in drafts:
        if draft.id and rng.random() < 0.9:
            past = _past(rng, draft)
            owners = {step.name: _owner(rng, step, members) for step in draft.network.steps}
            steps += _steps(rng, past, owners, today)
            events += _events(rng, past, owners, today)
    events.sort(key=lambda row: str(row[0]))
    return Table(sheet="Steps", rows=tuple(steps)), Table(sheet="History", rows=(HISTORY, *events))


def _past(rng: Random, draft: Draft) -> Past:
    sent_back = draft.was != draft.current
    told = sent_back and rng.random() < 0.5
    known = draft.current if told else draft.was
    return Past(
        draft=draft,
        finished=draft.network.ancestors(known),
        running=frozenset(known),
        told=told,
    )


def _owner(rng: Random, step: Step, members: list[Member]) -> str | None:
    able = [member.name for member in members if step.skill in member.skills]
    if members and rng.random() < 0.05:
        return rng.choice([None, "Somebody gone", rng.choice(members).name])
    return rng.choice(able) if able else (None if members else step.skill or None)


def _steps(rng: Random, past: Past, owners: dict[str, str | None], today: date) -> Iterator[Row]:
    if rng.random() < 0.1:
        return
    for step in past.draft.network.steps:
        state, start, due = "Planned", today + timedelta(days=rng.randint(0, 20)), None
        if step.name in past.finished:
            state = "Done"
        elif step.name in past.running:
            state, start = "Now", today
        due = start + timedelta(days=rng.randint(0, 4))
        dates = (None, None) if state == "Done" else (start, due)
        title = past.draft.values["Publication"]
        yield (
            past.draft.id, title, step.name, step.phase, owners[step.name], *dates,
            step.quarters / 4, step.hours, state, "Green", None,
        )  # fmt: skip


def _events(rng: Random, past: Past, owners: dict[str, str | None], today: date) -> Iterator[Row]:
    """Started and finished for what is done, started for what runs, returned for what was sent back and told."""
    draft, day = past.draft, today - timedelta(days=rng.randint(8, 30))
    if past.told:
        for name in sorted(draft.network.ancestors(draft.was) | set(draft.was)):
            yield from _run(rng, draft, name, owners, day, ended=name not in draft.was)
            yield _event(day + timedelta(days=3), draft, name, "returned", owners, None)
    for step in draft.network.steps:
        if step.name in past.finished and rng.random() < 0.9:
            yield from _run(rng, draft, step.name, owners, day + timedelta(days=4), ended=True)
        elif step.name in past.running and rng.random() < 0.75:
            since = today - timedelta(days=rng.choice([0, 1, 2, 5]))
            due = since + timedelta(days=rng.randint(0, 7))
            yield _event(since, draft, step.name, "started", owners, due)


def _run(
    rng: Random, draft: Draft, name: str, owners: dict[str, str | None], day: date, *, ended: bool
) -> Iterator[Row]:
    if rng.random() < 0.8:
        yield _event(day, draft, name, "started", owners, day + timedelta(days=2))
    if ended:
        kind = draft.workflow.step(name).kind
        event = "published" if kind is Kind.PUBLISH else "finished"
        yield _event(day + timedelta(days=1), draft, name, event, owners, None)


def _event(
    when: date, draft: Draft, name: str, event: str, owners: dict[str, str | None], due: date | None
) -> Row:
    return (when, draft.id, name, event, owners[name], due, None)
