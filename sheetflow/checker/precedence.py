"""Order: no step starts before today, before its row's Not before, or before what it waits for has ended."""

from __future__ import annotations

from collections.abc import Iterator

from sheetflow.checker.evidence import Evidence, Row, end, start
from sheetflow.checker.moments import day_of, moment
from sheetflow.checker.violation import Violation
from sheetflow.domain.plan import PlannedStep


def check_precedence(evidence: Evidence) -> Iterator[Violation]:
    """Every step that is left starts late enough."""
    today = moment(evidence.plan.today, 0)
    for row in evidence.rows:
        for _, planned in row.to_do():
            begins = start(planned)
            if begins < today:
                yield _wrong("today", row, planned, f"starts {planned.start}, before today")
            elif begins < evidence.earliest(row, planned.step):
                limit = row.publication.not_before
                yield _wrong("not-before", row, planned, f"starts {planned.start}, before {limit}")
            yield from _after_predecessors(row, planned, begins)


def _after_predecessors(row: Row, planned: PlannedStep, begins: int) -> Iterator[Violation]:
    for name in row.network.waits_for[planned.step]:
        if row.is_left(name) and end(row.steps[name]) >= begins:
            when = f"{day_of(begins)} quarter {begins % 4}"
            yield _wrong("precedence", row, planned, f"starts {when}, before {name} has ended")


def _wrong(rule: str, row: Row, planned: PlannedStep, detail: str) -> Violation:
    return Violation(rule=rule, id=row.plan.id, step=planned.step, detail=detail)
