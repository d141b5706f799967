"""The plan of the workspace of `hand_made`: every date and figure was worked out on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hand_made import FAULTY, PEOPLE, PUBLICATIONS, STEPS, TODAY
from sheetflow.domain.flag import Flag
from sheetflow.domain.plan import (
    DayLoad,
    Objective,
    PersonDay,
    PersonPlan,
    Plan,
    PlannedStep,
    PublicationPlan,
    State,
)
from sheetflow.domain.publication import Priority, Publication, Status


def _planned(type_name: str, text: str, load: dict[str, float] | None = None) -> PlannedStep:
    """A step drawn as `name | state | owner | start quarter | due quarter | quarters | hours`."""
    name, state, owner, start, due, quarters, hours = (part.strip() for part in text.split("|"))
    step = STEPS[type_name][name]
    (begins, first), (ends, last) = _moment(start), _moment(due)
    return PlannedStep(
        step=name,
        phase=step.phase,
        skill=step.skill,
        kind=step.kind,
        state=State(state),
        owner=owner or None,
        start=begins,
        start_quarter=first,
        due=ends,
        due_quarter=last,
        quarters=int(quarters),
        hours=float(hours),
        load=tuple(DayLoad(date=_day(day), hours=part) for day, part in (load or {}).items()),
    )


def _moment(text: str) -> tuple[date | None, int | None]:
    """`12-03 2` is quarter 2 of 3 December 2026."""
    if not text:
        return None, None
    day, quarter = text.split()
    return _day(day), int(quarter)


def _answer(
    publication: Publication, flag: Flag, *steps: PlannedStep, **figures: object
) -> PublicationPlan:
    return PublicationPlan(
        id=publication.id,
        sheet=publication.sheet,
        row=publication.row,
        title=publication.title,
        type=publication.type,
        client=publication.client,
        delivery=publication.delivery,
        priority=publication.priority,
        status=publication.status,
        flag=flag,
        current_steps=publication.current_steps,
        steps=steps,
        **figures,  # type: ignore[arg-type]
    )


def _day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


ONE = _answer(
    PUBLICATIONS[0],
    Flag.GREEN,
    _planned("Post", "Text    | Planned | Budi | 12-01 0 | 12-01 3 | 4 | 3", {"12-01": 3}),
    _planned("Post", "Picture | Planned | Budi | 12-02 0 | 12-02 1 | 2 | 2.25", {"12-02": 2.25}),
    _planned("Post", "Check   | Planned | Sari | 12-02 2 | 12-02 3 | 2 | 0.5", {"12-02": 0.5}),
    _planned("Post", "Client  | Planned |      | 12-03 0 | 12-03 3 | 4 | 0.25"),
    _planned("Post", "Live    | Planned | Ana  | 12-04 3 | 12-04 3 | 1 | 0.25", {"12-04": 0.25}),
    _planned("Post", "Care    | Planned | Sari | 12-07 0 | 12-07 3 | 4 | 1", {"12-07": 1}),
    start_by=_day("12-01"),
    ready_by=_day("12-03"),
    forecast=_day("12-04"),
    slack_days=1,
    late_days=0,
    margin_days=1,
)
TWO = _answer(
    PUBLICATIONS[1],
    Flag.GREEN,
    _planned("Post", "Text    | Done    | Budi |         |         | 0 | 0"),
    _planned("Post", "Picture | Now     | Budi | 11-23 0 | 11-23 0 | 1 | 1.125", {"11-23": 1.125}),
    _planned("Post", "Check   | Planned | Sari | 11-25 2 | 11-25 3 | 2 | 0.5", {"11-25": 0.5}),
    _planned("Post", "Client  | Planned |      | 11-26 0 | 11-26 3 | 4 | 0.25"),
    _planned("Post", "Live    | Planned | Ana  | 11-27 3 | 11-27 3 | 1 | 0.25", {"11-27": 0.25}),
    _planned("Post", "Care    | Planned | Budi | 11-30 0 | 11-30 3 | 4 | 1", {"11-30": 1}),
    ready_by=_day("11-26"),
    forecast=_day("11-27"),
    slack_days=1,
    late_days=0,
    margin_days=1,
)
THREE = _answer(PUBLICATIONS[2], Flag.GREY)
FOUR = _answer(
    PUBLICATIONS[3],
    Flag.RED,
    _planned(
        "Note", "Draft | Planned | Sari | 11-23 0 | 11-24 3 | 8 | 4", {"11-23": 2, "11-24": 2}
    ),
    _planned("Note", "Live  | Planned | Ana  | 11-25 0 | 11-25 0 | 1 | 0.25", {"11-25": 0.25}),
    start_by=_day("11-20"),
    ready_by=_day("11-24"),
    forecast=_day("11-25"),
    slack_days=0,
    late_days=1,
    margin_days=1,
)
FIVE = _answer(
    PUBLICATIONS[4],
    Flag.GREEN,
    replace(
        _planned(
            "Note", "Draft | Planned | Sari | 12-02 0 | 12-03 3 | 8 | 4", {"12-02": 2, "12-03": 2}
        ),
        pinned=True,
    ),
    _planned("Note", "Live  | Planned |      | 12-06 3 | 12-06 3 | 1 | 0"),
    start_by=_day("12-02"),
    ready_by=_day("12-03"),
    forecast=_day("12-06"),
    slack_days=1,
    late_days=0,
    margin_days=1,
)
SIX = PublicationPlan(
    id=FAULTY.id,
    sheet=FAULTY.sheet,
    row=FAULTY.row,
    title=FAULTY.title,
    type=FAULTY.type,
    client="",
    delivery=None,
    priority=Priority.NORMAL,
    status=Status.ACTIVE,
    flag=Flag.RED,
)
LOADS = {
    "Ana": {"11-25": 0.25, "11-27": 0.25, "12-04": 0.25},
    "Budi": {"11-23": 1.125, "11-30": 1, "12-01": 3, "12-02": 2.25},
    "Sari": {"11-23": 2, "11-24": 2, "11-25": 0.5, "12-02": 2.5, "12-03": 2, "12-07": 1},
    "Tono": {},
}
WORKING_DAYS = [day for n in range(19) if (day := TODAY + timedelta(days=n)).weekday() < 5]


def _person(name: str) -> PersonPlan:
    loads = {_day(text): hours for text, hours in LOADS[name].items()}
    days = tuple(
        PersonDay(date=day, capacity_hours=6.0, planned_hours=loads.get(day, 0.0))
        for day in WORKING_DAYS
    )
    return PersonPlan(name=name, skills=PEOPLE[name], days=days)


# The shares of 30 hours a week that differ: Copywriter 3.375, 1.75 and 1 hours, Publisher 0.5, 0.25 and 0.
PLAN = Plan(
    today=TODAY,
    publications=(ONE, TWO, THREE, FOUR, FIVE, SIX),
    people=tuple(_person(name) for name in PEOPLE),
    objective=Objective(
        weighted_late_days=2,
        weighted_margin_days=2,
        owner_changes=0,
        imbalance=6.875 / 30 / 6,
        idle_days=2.25,
    ),
)
