"""How still a plan stands when one row changes: the share of the other rows' steps that keep owner and dates.

python -m bench.edits [SIZE] [LOADS] [SEEDS]
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from time import perf_counter
from typing import TypeAlias

from bench.paper import show
from bench.workloads import TODAY, generated
from sheetflow.checker import check_plan
from sheetflow.domain.calendar import DateRange
from sheetflow.domain.history import LastRun
from sheetflow.domain.plan import Plan
from sheetflow.domain.publication import Priority, Publication
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.planner import plan
from sheetflow.engine.runs.remembering import remembered

Edit: TypeAlias = Callable[[Workspace, int], Workspace]


def main(size: str = "200", loads: str = "0.45,0.60,0.85", seeds: str = "1-3") -> None:
    """Print a line a workload and edit: the share that stays, and the late days before, after, and planned anew."""
    first, _, last = seeds.partition("-")
    show(
        f"{'N load seed':14}{'edit':16}{'owner kept':>11}{'all kept':>9}"
        f"{'late before':>12}{'after':>7}{'anew':>7}{'seconds':>9}"
    )
    for load in map(float, loads.split(",")):
        for seed in range(int(first), int(last or first) + 1):
            workspace = generated(int(size), load, seed).workspace
            before = plan(workspace, TODAY)
            known = remembered(workspace, before)
            for name, edit in EDITS.items():
                edited = edit(known, int(size) // 2)
                begun = perf_counter()
                after = plan(edited, TODAY)
                took = perf_counter() - begun
                anew = plan(_forgetful(edited), TODAY)
                right = "" if not check_plan(edited, after) else "  NOT PROVED"
                owner, everything = kept(before, after, edited.publications[int(size) // 2].id)
                show(
                    f"{f'{size} {load} {seed}':14}{name:16}{owner:11.1%}{everything:9.1%}"
                    f"{before.objective.weighted_late_days:12.0f}"
                    f"{after.objective.weighted_late_days:7.0f}"
                    f"{anew.objective.weighted_late_days:7.0f}{took:9.2f}{right}",
                )


def _forgetful(workspace: Workspace) -> Workspace:
    """The same rows without a last plan."""
    return replace(workspace, last_plan={}, last_run=LastRun())


def _with_row(workspace: Workspace, number: int, **changes: object) -> Workspace:
    rows = list(workspace.publications)
    rows[number] = replace(rows[number], **changes)  # type: ignore[arg-type]
    return replace(workspace, publications=tuple(rows))


def _nothing(workspace: Workspace, _number: int) -> Workspace:
    return workspace


def _later(workspace: Workspace, number: int) -> Workspace:
    row = workspace.publications[number]
    return _with_row(workspace, number, delivery=row.delivery + timedelta(days=7))


def _urgent(workspace: Workspace, number: int) -> Workspace:
    return _with_row(workspace, number, priority=Priority.URGENT)


def _a_day_longer(workspace: Workspace, number: int) -> Workspace:
    row: Publication = workspace.publications[number]
    step = workspace.workflows[row.type].steps[2]
    return _with_row(workspace, number, days={step.name: step.quarters + 4})


def _added(workspace: Workspace, number: int) -> Workspace:
    row = workspace.publications[number]
    extra = replace(row, id="P-9999", row=len(workspace.publications) + 2, current_steps=())
    return replace(workspace, publications=(*workspace.publications, extra))


def _ill(workspace: Workspace, number: int) -> Workspace:
    people = list(workspace.people or ())
    person = people[number % len(people)]
    week = DateRange(first=TODAY + timedelta(days=7), last=TODAY + timedelta(days=11))
    calendar = replace(person.calendar, away=(*person.calendar.away, week))
    people[number % len(people)] = replace(person, calendar=calendar)
    return replace(workspace, people=tuple(people))


EDITS: Mapping[str, Edit] = {
    "nothing": _nothing,
    "a week later": _later,
    "urgent": _urgent,
    "a day longer": _a_day_longer,
    "row added": _added,
    "a week ill": _ill,
}


def kept(before: Plan, after: Plan, edited: str) -> tuple[float, float]:
    """The shares of the other rows' steps that keep their owner, and that keep owner, start and due as well."""
    old = {(r.id, s.step): s for r in before.publications if r.id != edited for s in r.steps}
    new = {(r.id, s.step): s for r in after.publications for s in r.steps}
    owners = [key for key, step in old.items() if new[key].owner == step.owner]
    whole = [k for k in owners if (new[k].start, new[k].due) == (old[k].start, old[k].due)]
    return len(owners) / len(old), len(whole) / len(old)


if __name__ == "__main__":
    main(*sys.argv[1:])
