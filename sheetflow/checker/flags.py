"""Flags: every planned row has the colour that its plan and its input give it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sheetflow.checker.evidence import Evidence, Row
from sheetflow.checker.measures import forecast, margin_days, ready_by, slack_days
from sheetflow.checker.violation import Violation
from sheetflow.domain.flag import Flag
from sheetflow.domain.plan import State
from sheetflow.domain.workflow import Kind


def check_flags(evidence: Evidence) -> Iterator[Violation]:
    """Red, Amber or Green, by section 5; the steps of a row that is Green give no alarm."""
    for row in evidence.rows:
        wanted = _flag(evidence, row)
        if row.plan.flag is not wanted:
            detail = f"{row.plan.flag}, not {wanted}"
            yield Violation(rule="flag", id=row.plan.id, detail=detail)
        yield from _flags_of_steps(evidence, row, wanted)


def _flags_of_steps(evidence: Evidence, row: Row, wanted: Flag) -> Iterator[Violation]:
    """A step late for its promised day gives alarm; in a row that is Green no other does."""
    for planned in row.plan.steps:
        alarm = planned.flag is not Flag.GREEN
        promised = _promised(evidence, row, planned.step)
        late = promised is not None and planned.due is not None and planned.due > promised
        if late and not alarm:
            detail = f"Green, but due {planned.due}, and promised for {promised}"
            yield Violation(rule="flag", id=row.plan.id, step=planned.step, detail=detail)
        elif alarm and not late and wanted is Flag.GREEN:
            detail = f"{planned.flag} in a row that is Green"
            yield Violation(rule="flag", id=row.plan.id, step=planned.step, detail=detail)


def _flag(evidence: Evidence, row: Row) -> Flag:
    day = forecast(row)
    if (day is not None and day > row.publication.delivery) or _somebody_is_missing(evidence, row):
        return Flag.RED
    if _margin_is_eaten(evidence, row) or _promise_is_past(evidence, row):
        return Flag.AMBER
    return Flag.GREEN


def _somebody_is_missing(evidence: Evidence, row: Row) -> bool:
    """Whether a step needs a skill, or has a pin, and still has nobody."""
    if not evidence.has_team:
        return False
    return any(
        planned.owner is None
        and (step.skill or step.name in row.publication.pins)
        and step.kind is not Kind.WAIT
        and not evidence.publishes_on_day_off(row, planned)
        for step, planned in row.to_do()
    )


def _margin_is_eaten(evidence: Evidence, row: Row) -> bool:
    slack = slack_days(evidence, row, ready_by(row))
    if slack is None or row.is_published:
        return False
    least = max(margin_days(evidence, row), evidence.workspace.settings.amber_below)
    return slack < least


def _promise_is_past(evidence: Evidence, row: Row) -> bool:
    """Whether today is later than the day that History promised for a current step; not once published."""
    if row.is_published:
        return False
    promises = (_promised(evidence, row, name) for name in row.publication.current_steps)
    return any(day is not None and day < evidence.plan.today for day in promises)


def _promised(evidence: Evidence, row: Row, name: str) -> date | None:
    """The day that was promised when a current step began."""
    event = evidence.memory.started((row.publication.id, name))
    return event.due if event is not None and row.states.get(name) is State.NOW else None
