"""Planning drawn workbooks, and drawing the plans that come out, one line a step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from textwrap import dedent

from sheetflow.checker import check_plan
from sheetflow.domain.plan import Plan, PlannedStep, PublicationPlan
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.planner import Effort, plan
from sheetflow.translate.reading import read_workspace
from sheets import TODAY, snapshot

WORKFLOW = """
    | Type | Step    | Phase    | Skill | Days | Hours | Kind    |
    | Post | Copy    | Creation | Words | 1    | 3     | work    |
    | Post | Design  | Creation | Art   | 2    | 6     | work    |
    | Post | Publish | Delivery | Words | 0.25 | 0.25  | publish |
"""
TEAM = """
    | Name | Skills | Hours per day |
    | Ann  | Words  | 6             |
    | Bob  | Art    | 6             |
"""


def workspace_of(tabs: Mapping[str, str], today: date = TODAY) -> Workspace:
    """The workspace of drawn tabs, which must hold no error."""
    reading = read_workspace(snapshot(tabs), today)
    errors = [problem for problem in reading.problems if problem.severity == "Error"]
    assert not errors, errors
    return reading.workspace


def planned(
    publications: str,
    *,
    workflows: str = WORKFLOW,
    team: str | None = TEAM,
    today: date = TODAY,
    **tabs: str,
) -> Plan:
    """The proved plan of a drawn publications tab; further tabs by name, `_` for a space."""
    drawn = {"Publications": publications, "Workflows": workflows}
    if team is not None:
        drawn["Team"] = team
    drawn |= {name.replace("_", " "): text for name, text in tabs.items()}
    workspace = workspace_of(drawn, today)
    made = plan(workspace, today, Effort.BALANCED)
    assert check_plan(workspace, made) == ()
    return made


def row(made: Plan, id_: str = "P-1") -> PublicationPlan:
    """One publication of a plan."""
    return next(publication for publication in made.publications if publication.id == id_)


def step(made: Plan, name: str, id_: str = "P-1") -> PlannedStep:
    """One step of one publication."""
    return next(found for found in row(made, id_).steps if found.step == name)


def drawn(made: Plan, id_: str = "P-1") -> str:
    """A publication's steps as text: step, owner, first and last quarter (`Mon 23 Nov.0`), hours."""
    lines = []
    for found in row(made, id_).steps:
        if found.start is None or found.due is None:
            lines.append(f"{found.step}: done")
            continue
        start = f"{found.start:%a %-d %b}.{found.start_quarter}"
        due = f"{found.due:%a %-d %b}.{found.due_quarter}"
        lines.append(f"{found.step}: {found.owner or 'nobody'}, {start} - {due}, {found.hours:g} h")
    return "\n".join(lines)


def text(drawing: str) -> str:
    """An expected drawing without its indentation."""
    return dedent(drawing).strip()
