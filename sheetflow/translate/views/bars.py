"""Which step a publication's row shows on each day: the bars of the timeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sheetflow.domain.calendar import Calendar
from sheetflow.domain.plan import PlannedStep, PublicationPlan
from sheetflow.domain.workflow import QUARTERS_PER_DAY, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class BarCell:
    """One day of one bar: `is_first` where its label goes, `is_late` where it lies after the delivery date."""

    step: PlannedStep
    is_first: bool
    is_late: bool


def bars(row: PublicationPlan, days: Sequence[date], calendar: Calendar) -> Mapping[date, BarCell]:
    """The step of each day on which one is worked on; of several, publishing, else the one that takes most of it."""
    shown: dict[date, PlannedStep] = {}
    for step in row.steps:
        for day in _days(step, days, calendar):
            if day not in shown or _share(step, day) > _share(shown[day], day):
                shown[day] = step
    published = next((s.due for s in row.steps if s.kind is Kind.PUBLISH), None)
    firsts: set[str] = set()
    cells = {}
    for day in sorted(shown):
        step = shown[day]
        cells[day] = BarCell(
            step=step,
            is_first=step.step not in firsts,
            is_late=_is_late(row, step, day, published),
        )
        firsts.add(step.step)
    return cells


def _days(step: PlannedStep, days: Sequence[date], calendar: Calendar) -> Iterator[date]:
    if step.start is None or step.due is None:
        return
    loaded = {part.date for part in step.load}
    day, last = max(step.start, days[0]), min(step.due, days[-1])
    while day <= last:
        worked = day in loaded if loaded else calendar.quarters(day) > 0
        if worked or day == step.due:
            yield day
        day += timedelta(days=1)


def _share(step: PlannedStep, day: date) -> tuple[bool, int]:
    """How much of the day the step has; publishing comes first."""
    first = step.start_quarter or 0 if day == step.start else 0
    last = QUARTERS_PER_DAY - 1
    if day == step.due and step.due_quarter is not None:
        last = step.due_quarter
    return step.kind is Kind.PUBLISH, last - first + 1


def _is_late(row: PublicationPlan, step: PlannedStep, day: date, published: date | None) -> bool:
    if row.delivery is None or day <= row.delivery or step.kind is Kind.FOLLOW_UP:
        return False
    return published is None or day <= published
