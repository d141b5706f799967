"""What the plan moves against the plan that the workbook held, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetflow.domain.change import Change, Moved
from sheetflow.domain.flag import Reason, because
from sheetflow.domain.history import LastStep
from sheetflow.domain.plan import PlannedStep, PublicationPlan, State
from sheetflow.domain.workflow import Kind
from sheetflow.engine.work.jobs import Job


def changes_of(
    job: Job, row: PublicationPlan, last: Mapping[tuple[str, str], LastStep], able: frozenset[str]
) -> Iterator[Change]:
    """The owners and dates of one publication that are not those of the last plan.

    Steps that are done, and steps that the last plan did not have, have not moved. `able` are the people still there.
    """
    moved: dict[str, str] = {}
    delivery = _delivery_moved(row, last)
    progress = _moved_on(row, last)
    for step in row.steps:
        before = last.get((row.id, step.step))
        if before is None or State.DONE in {before.state, step.state} or not before.start:
            continue
        why = _owner_reason(before, able)
        if before.owner != step.owner:
            yield _change(row, step, Moved.OWNER, before.owner, step.owner, why)
        if (before.start, before.due) == (step.start, step.due):
            continue
        why = delivery or progress or _date_reason(job, step, moved)
        moved[step.step] = step.step
        if before.start != step.start:
            yield _change(row, step, Moved.START, before.start, step.start, why)
        if before.due != step.due:
            yield _change(row, step, Moved.DUE, before.due, step.due, why)


def _change(
    row: PublicationPlan, step: PlannedStep, what: Moved, before: object, after: object, why: Reason
) -> Change:
    return Change(id=row.id, step=step.step, what=what, before=before, after=after, why=why)  # type: ignore[arg-type]


def _owner_reason(before: LastStep, able: frozenset[str]) -> Reason:
    if before.owner and before.owner not in able:
        return because("owner_left", owner=before.owner)
    return because("owner_balance")


def _delivery_moved(
    row: PublicationPlan, last: Mapping[tuple[str, str], LastStep]
) -> Reason | None:
    """The reason where the publish step followed its delivery date."""
    publish = next(step for step in row.steps if step.kind is Kind.PUBLISH)
    before = last.get((row.id, publish.step))
    if before and before.due and before.due != publish.due == row.delivery:
        return because("delivery_moved", before=before.due, after=publish.due)
    return None


def _moved_on(row: PublicationPlan, last: Mapping[tuple[str, str], LastStep]) -> Reason | None:
    """The reason where the row is at another step than it was."""
    for step in row.steps:
        before = last.get((row.id, step.step))
        if before is None or before.state is step.state:
            continue
        if before.state is State.DONE:
            return because("sent_back", step=step.step)
        if step.state is State.NOW:
            return because("step_moved_on", step=step.step)
    return None


def _date_reason(job: Job, step: PlannedStep, moved: Mapping[str, str]) -> Reason:
    for pred in job.network.waits_for[step.step]:
        if pred in moved:
            return because("moved_with", step=pred)
    return because("replanned")
