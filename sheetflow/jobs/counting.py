"""The counts of a run: what may be remembered of it, since they hold nothing of any cell."""

from __future__ import annotations

from collections import Counter

from sheetflow.domain.flag import Flag
from sheetflow.errors import Severity
from sheetflow.store.records import Counts
from sheetflow.usecases.recalculate import Outcome


def counts_of(outcome: Outcome) -> Counts:
    """Rows by flag, steps that moved, cells written, and errors in the input."""
    plan = outcome.plan
    flags = Counter(row.flag for row in plan.publications)
    return Counts(
        publications=len(plan.publications),
        red=flags[Flag.RED],
        amber=flags[Flag.AMBER],
        green=flags[Flag.GREEN],
        moved=len({(change.id, change.step) for change in plan.changes}),
        written=outcome.report.written if outcome.report else 0,
        problems=sum(problem.severity is Severity.ERROR for problem in outcome.problems),
    )
