"""A lower priority elsewhere: only planning again can prove it, so it is tried for one row of a small sheet alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sheetflow.domain.flag import because
from sheetflow.domain.plan import Plan, PublicationPlan
from sheetflow.domain.publication import Priority
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.runs.remembering import remembered

MOST_ROWS = 12


def offered_elsewhere(
    workspace: Workspace, made: Plan, planned: Callable[[Workspace], Plan]
) -> Plan:
    """The plan in which the worst row that has nothing but a later date is told if a lower priority elsewhere would do.

    It is that of the row which takes most of the time of who is waited for; `planned` gives the plan of a workspace.
    """
    row = _worst(made)
    if row is None or sum(bool(found.steps) for found in made.publications) > MOST_ROWS:
        return made
    id_ = row.why.facts["other"]
    rows = tuple(
        replace(own, priority=Priority.LOW) if own.id == id_ else own
        for own in workspace.publications
    )
    after = planned(replace(remembered(workspace, made), publications=rows))
    new = next(found for found in after.publications if found.id == row.id)
    if not (new.forecast and row.delivery and new.forecast <= row.delivery):
        return made
    day = row.why.remedy.facts.get("date") if row.why.remedy else None
    way = because("remedy_priority", id=id_, priority=Priority.LOW.word, date=day)
    told = replace(row, why=replace(row.why, remedy=way))
    return replace(
        made,
        publications=tuple(told if found.id == row.id else found for found in made.publications),
    )


def _worst(made: Plan) -> PublicationPlan | None:
    """The late row that costs most, if it waits for somebody who is busy with a row of no low priority."""
    priorities = {row.id: row.priority for row in made.publications}
    late = [
        row
        for row in made.publications
        if row.late_days
        and row.priority is not Priority.LOW
        and row.why.code == "late_busy"
        and (row.why.remedy is None or row.why.remedy.code == "remedy_date")
        and priorities.get(str(row.why.facts["other"]), Priority.LOW) is not Priority.LOW
    ]
    return min(
        late, key=lambda row: (-(row.late_days or 0) * row.priority.weight, row.id), default=None
    )
