"""The proof itself: which rules are tried, in which order."""

from __future__ import annotations

from sheetflow.checker.calendars import check_calendars
from sheetflow.checker.capacity import check_capacity, check_people
from sheetflow.checker.current import check_current
from sheetflow.checker.evidence import evidence_of
from sheetflow.checker.flags import check_flags
from sheetflow.checker.measures import check_measures
from sheetflow.checker.objective import check_objective
from sheetflow.checker.owners import check_owners
from sheetflow.checker.precedence import check_precedence
from sheetflow.checker.publishing import check_publishing
from sheetflow.checker.rows import check_rows
from sheetflow.checker.violation import Violation
from sheetflow.domain.plan import Plan
from sheetflow.domain.workspace import Workspace

PROOFS = (
    check_precedence,
    check_calendars,
    check_capacity,
    check_owners,
    check_publishing,
    check_current,
    check_people,
    check_measures,
    check_flags,
    check_objective,
)


def check_plan(workspace: Workspace, plan: Plan) -> tuple[Violation, ...]:
    """Every rule of the contract that the plan breaks; none where it is right.

    A row whose answer lacks steps or dates is reported for that, and left out of the other proofs.
    """
    evidence = evidence_of(workspace, plan)
    found = list(check_rows(workspace, plan))
    for proof in PROOFS:
        found += proof(evidence)
    return tuple(found)
