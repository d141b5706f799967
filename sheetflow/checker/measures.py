"""Figures of a row: Start by, Ready by, Forecast, Slack, late days and the margin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sheetflow.checker.demand import planned_quarters, unstretched_quarters
from sheetflow.checker.evidence import Evidence, Row
from sheetflow.checker.moments import day_of, last_moment
from sheetflow.checker.violation import Violation

MARGIN_SHARE_OF_QUARTERS = 20
FARTHEST_DAYS = 4000


def check_measures(evidence: Evidence) -> Iterator[Violation]:
    """Every figure of a planned row follows from its steps and the team's calendar."""
    for row in evidence.rows:
        if row.publish is None:
            continue
        ready = ready_by(row)
        wanted = {
            "margin_days": margin_days(evidence, row),
            "start_by": _start_by(evidence, row),
            "ready_by": ready,
            "forecast": forecast(row),
            "slack_days": slack_days(evidence, row, ready),
            "late_days": late_days(evidence, row),
        }
        for name, value in wanted.items():
            found = getattr(row.plan, name)
            if found != value:
                detail = f"{found}, not {value}"
                yield Violation(rule=name.replace("_", "-"), id=row.plan.id, detail=detail)


def ready_by(row: Row) -> date | None:
    """The day on which everything before publishing ends; None where nothing of it is left."""
    return max((step.due for step in row.left_before_publishing() if step.due), default=None)


def forecast(row: Row) -> date | None:
    """The day on which the publish step ends; None once it is finished."""
    if row.publish is None or row.is_published:
        return None
    return row.steps[row.publish.name].due


def slack_days(evidence: Evidence, row: Row, ready: date | None) -> int | None:
    """The team's working days after Ready by up to the delivery date; negative where it is later."""
    if ready is None:
        return None
    delivery = row.publication.delivery
    return evidence.team.days_between(ready, delivery) - evidence.team.days_between(delivery, ready)


def late_days(evidence: Evidence, row: Row) -> int | None:
    """The team's working days after the delivery date up to the forecast."""
    day = forecast(row)
    return None if day is None else evidence.team.days_between(row.publication.delivery, day)


def margin_days(evidence: Evidence, row: Row) -> int:
    """The working days to be kept before the delivery date: a fifth of the longest chain, or the setting."""
    setting = evidence.workspace.settings.safety_margin
    if setting is not None:
        return setting
    by_name = {step.name: step for step in row.network.steps}
    chain = row.network.longest_chain(lambda name: planned_quarters(row, by_name[name]))
    return max(1, -(-chain // MARGIN_SHARE_OF_QUARTERS))


def _start_by(evidence: Evidence, row: Row) -> date | None:
    """The latest day to begin: backward from the latest Ready by that leaves the margin."""
    if row.publication.current_steps or not row.left_before_publishing():
        return None
    latest = _latest_ready(evidence, row)
    if latest is None:
        return None
    starts: dict[str, int] = {}
    ends = _successors(row)
    by_name = {step.name: step for step in row.network.steps}

    def start(name: str) -> int:
        if name not in starts:
            end = min((start(later) - 1 for later in ends[name]), default=last_moment(latest))
            quarters = unstretched_quarters(evidence, row, by_name[name])
            starts[name] = evidence.team.back(end, quarters)
        return starts[name]

    return day_of(min(start(name) for name in row.network.before_publishing))


def _successors(row: Row) -> dict[str, list[str]]:
    before = row.network.before_publishing
    return {
        name: [later for later in before if name in row.network.waits_for[later]] for name in before
    }


def _latest_ready(evidence: Evidence, row: Row) -> date | None:
    """The last working day of the team that leaves the margin before the delivery date."""
    left = margin_days(evidence, row)
    for back in range(FARTHEST_DAYS):
        day = row.publication.delivery - timedelta(days=back)
        if not evidence.is_day_off(day):
            if not left:
                return day
            left -= 1
    return None
