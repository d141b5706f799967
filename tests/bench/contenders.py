"""Everybody who plans the same workload in the same run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from time import perf_counter
from typing import TypeAlias

from bench.backward import backward_built
from bench.marks import Marks, marks_of
from bench.naive import naive_executed
from bench.workloads import TODAY
from sheetflow.domain.plan import Plan
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.planner import Effort, plan

Contender: TypeAlias = Callable[[Workspace], Plan]

OURS: Mapping[str, Contender] = {
    effort.value: partial(plan, today=TODAY, effort=effort) for effort in Effort
}
PLANNERS: Mapping[str, Contender] = {"naive": naive_executed, "backward": backward_built, **OURS}


def judged(name: str, workspace: Workspace) -> Marks:
    """What a contender makes of a workspace."""
    begin = perf_counter()
    made = PLANNERS[name](workspace)
    return marks_of(workspace, made, perf_counter() - begin)
