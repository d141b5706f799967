"""Changing what is registered of a workbook: it is due by its new timetable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sheetflow.entrypoints.cli.listings import shown_moment
from sheetflow.entrypoints.cli.stored import Stored
from sheetflow.jobs.timetable import next_due, zone_of
from sheetflow.store.records import WorkbookRecord


def change_registered(
    record: WorkbookRecord, wanted: Mapping[str, str | None], store: Stored
) -> Iterator[str]:
    """Change these fields of the record, and say so line by line.

    Raises:
        UserError: The timetable, the time zone or the owner is none.
    """
    zone = wanted.get("time_zone") or record.time_zone
    zone_of(zone)
    fields: dict[str, str | datetime | None] = dict(wanted)
    if fields.keys() & {"schedule", "time_zone"}:
        schedule = wanted.get("schedule", record.schedule)
        fields["next_due"] = next_due(schedule, zone, store.now) if schedule else None
    changed = store.registry.change(record.id, **fields)
    yield f"{changed.name} is changed."
    if changed.next_due and not changed.paused:
        moment = shown_moment(changed.next_due, zone, store.now)
        yield f"It is recalculated next on {moment} ({zone})."
