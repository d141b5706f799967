"""Backward with forward as the fallback: one publication after the other, the earliest delivery date first."""

from __future__ import annotations

from bench.ground import ground_for, must, quickest_kernel, scene_for
from bench.workloads import TODAY
from sheetflow.domain.plan import Plan
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.kernel.building import BACKWARD


def backward_built(workspace: Workspace) -> Plan:
    """Each publication backward from its date; forward from today where that leaves no room."""
    ground = ground_for(scene_for(workspace, TODAY), quickest_kernel(), {})
    ground.lay_foundation()
    order = ground.kernel.row(ground.by_delivery())
    must(ground.kernel.build(ground.field, ground.state, order, BACKWARD))
    return ground.finished(workspace)
