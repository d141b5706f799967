"""A plan is shown or written only once it is proved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sheetflow.checker import check_plan
from sheetflow.domain.plan import Plan
from sheetflow.domain.workspace import Workspace
from sheetflow.engine.planner import Effort, plan
from sheetflow.errors import OwnError


def proved_plan(
    workspace: Workspace,
    today: date,
    effort: Effort,
    progress: Callable[[float], None] = lambda _share: None,
) -> Plan:
    """The plan of a workspace; `progress` hears the share of the search that is done.

    Raises:
        OwnError: The plan breaks a rule that it must keep; it is thrown away.
    """
    made = plan(workspace, today, effort, progress)
    violations = check_plan(workspace, made)
    if violations:
        raise OwnError("plan_unproved", count=len(violations), first=str(violations[0]))
    return made
