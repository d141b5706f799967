"""A small workspace, written by hand; its plan is in `hand_plan`.

Today is Monday, 23 November 2026; the team works from Monday to Friday, six hours a day.
"""

from __future__ import annotations

from datetime import date

from sheetflow.domain.calendar import Calendar
from sheetflow.domain.history import Event, EventKind, LastStep
from sheetflow.domain.people import Person
from sheetflow.domain.plan import State
from sheetflow.domain.publication import FaultyRow, Publication, Status
from sheetflow.domain.workflow import Kind, Step, Workflow
from sheetflow.domain.workspace import Workspace

TODAY = date(2026, 11, 23)
TEAM = Calendar(week=(4, 4, 4, 4, 4, 0, 0))
PEOPLE = {
    "Ana": ("Publisher",),
    "Budi": ("Copywriter", "Designer"),
    "Sari": ("Copywriter", "Approver"),
    "Tono": ("Publisher",),
}


def _step(text: str, after: tuple[str, ...] = (), not_by: tuple[str, ...] = ()) -> Step:
    """A step drawn as `name | phase | skill | quarters | hours | kind`."""
    name, phase, skill, quarters, hours, kind = (part.strip() for part in text.split("|"))
    return Step(
        name=name,
        phase=phase,
        skill=skill,
        quarters=int(quarters),
        hours=float(hours) if hours else None,
        kind=Kind(kind),
        after=after,
        not_by=not_by,
    )


POST = Workflow(
    type="Post",
    steps=(
        _step("Text    | Creation  | Copywriter | 4 | 3    | work"),
        _step("Picture | Creation  | Designer   | 2 |      | work", ("Text",)),
        _step("Check   | Approval  | Approver   | 2 | 0.5  | work", ("Picture",), ("Text",)),
        _step("Client  | Approval  |            | 4 | 0.25 | wait", ("Check",)),
        _step("Live    | Delivery  | Publisher  | 1 | 0.25 | publish", ("Client",)),
        _step("Care    | Follow-up | Copywriter | 4 | 1    | follow-up", ("Live",)),
    ),
)
NOTE = Workflow(
    type="Note",
    steps=(
        _step("Draft   | Creation  | Copywriter | 8 | 4    | work"),
        _step("Live    | Delivery  | Publisher  | 1 | 0.25 | publish", ("Draft",)),
    ),
)
STEPS = {flow.type: {step.name: step for step in flow.steps} for flow in (POST, NOTE)}

PUBLICATIONS = (
    Publication(
        id="P-1", sheet="Plan", row=2, title="One", type="Post", delivery=date(2026, 12, 4)
    ),
    Publication(
        id="P-2",
        sheet="Plan",
        row=3,
        title="Two",
        type="Post",
        delivery=date(2026, 11, 27),
        current_steps=("Picture",),
    ),
    Publication(
        id="P-3",
        sheet="Plan",
        row=4,
        title="Three",
        type="Note",
        delivery=date(2026, 12, 1),
        status=Status.ON_HOLD,
    ),
    Publication(
        id="P-4", sheet="Plan", row=5, title="Four", type="Note", delivery=date(2026, 11, 24)
    ),
    Publication(
        id="P-5",
        sheet="Plan",
        row=6,
        title="Five",
        type="Note",
        delivery=date(2026, 12, 6),
        not_before=date(2026, 12, 1),
        pins={"Draft": "Sari"},
    ),
)
FAULTY = FaultyRow(
    id="P-6", sheet="Plan", row=7, title="Six", type="Nope", client="", code="type", facts={}
)
LAST_PLAN = {
    "Text": ("Budi", State.DONE),
    "Picture": ("Budi", State.NOW),
    "Check": ("Sari", State.PLANNED),
    "Live": ("Ana", State.PLANNED),
    "Care": ("Budi", State.PLANNED),
}
WORKSPACE = Workspace(
    publications=PUBLICATIONS,
    workflows={"Post": POST, "Note": NOTE},
    calendar=TEAM,
    people=tuple(
        Person(name=name, skills=skills, hours_per_day=6.0, calendar=TEAM)
        for name, skills in PEOPLE.items()
    ),
    faulty=(FAULTY,),
    last_plan={
        ("P-2", step): LastStep(id="P-2", step=step, owner=owner, start=None, due=None, state=state)
        for step, (owner, state) in LAST_PLAN.items()
    },
    history=(
        Event(
            when=date(2026, 11, 20),
            id="P-2",
            step="Picture",
            kind=EventKind.STARTED,
            owner="Budi",
            due=TODAY,
        ),
    ),
)
