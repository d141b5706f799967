"""A person's steps as a calendar that other programs read: the same plan gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, timedelta
from typing import TYPE_CHECKING

from sheetflow.domain.plan import PlannedStep, PublicationPlan, State
from sheetflow.store.identifiers import digest
from sheetflow.store.records import WorkbookRecord
from sheetflow.translate.digests.words import one_line
from sheetflow.translate.language import Tongue
from sheetflow.usecases.recalculate import Outcome

if TYPE_CHECKING:
    from icalendar import Event

NUMBER_LENGTH = 40
REFRESH = timedelta(hours=1)


def calendar_of(record: WorkbookRecord, outcome: Outcome, person: str) -> bytes:
    """All steps of the person that are not done, as all-day events in the workbook's language.

    Times of making would change without a change: DTSTAMP is when the workbook was registered.
    """
    from icalendar import Calendar

    calendar = Calendar.new(
        name=f"{one_line(record.name)}: {one_line(person)}",
        refresh_interval=REFRESH,
        uid=_number(record, "calendar", person),
        last_modified=record.created_at.astimezone(UTC).replace(microsecond=0),
    )
    tongue = _tongue(outcome)
    for row, step in _steps(outcome, person):
        calendar.add_component(_event(record, tongue, row, step))
    return bytes(calendar.to_ical())


def _event(
    record: WorkbookRecord, tongue: Tongue, row: PublicationPlan, step: PlannedStep
) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", _number(record, row.id, step.step))
    event.add("dtstamp", record.created_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", step.start)
    event.add("dtend", (step.due or date.max) + timedelta(days=1))
    name = one_line(tongue.show("step", step.step))
    event.add("summary", f"{name}: {one_line(row.title) or row.id}")
    event.add("description", "\n".join(_told(tongue, row, step)))
    event.add("categories", [tongue.show("flag", step.flag)])
    event.add("transp", "TRANSPARENT")
    return event


def _told(tongue: Tongue, row: PublicationPlan, step: PlannedStep) -> Iterator[str]:
    hours = tongue.word("hours_short", hours=step.hours) if step.hours else ""
    facts = (one_line(row.id), one_line(row.client), tongue.show("flag", step.flag), hours)
    yield " · ".join(fact for fact in facts if fact)
    why = one_line(tongue.reason(step.why))
    if why:
        yield why


def _steps(outcome: Outcome, person: str) -> Iterator[tuple[PublicationPlan, PlannedStep]]:
    for row in outcome.plan.publications:
        for step in row.steps:
            if step.owner == person and step.state is not State.DONE and step.start and step.due:
                yield row, step


def _number(record: WorkbookRecord, *parts: str) -> str:
    """A name that stays the same as long as the step does; nothing of the workbook can be read from it."""
    return f"{digest(record.id, *parts)[:NUMBER_LENGTH]}@sheetflow"


def _tongue(outcome: Outcome) -> Tongue:
    settings = outcome.reading.workspace.settings
    return Tongue(settings.language, settings.calendar, outcome.plan.today)
