"""Registering a workbook: look at it, choose what was not said, and tell what was done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sheetflow.entrypoints.cli.listings import shown_moment
from sheetflow.entrypoints.cli.stored import Stored
from sheetflow.entrypoints.cli.timetables import as_cron
from sheetflow.jobs.timetable import next_due, zone_of
from sheetflow.wiring.registering import Candidate, Found, candidate_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was typed; None is found out."""

    address: str
    schedule: str | None
    owner: str | None
    name: str | None
    time_zone: str | None
    unchecked: bool


def register(wish: Wish, store: Stored, today: date) -> Iterator[str]:
    """Register the workbook, and say so line by line.

    Raises:
        UserError: It cannot be read, or is registered already; or the timetable, the time zone or the owner is none.
    """
    candidate = candidate_at(store.settings, wish.address)
    if candidate.account:
        yield f"Share the spreadsheet with {candidate.account}, as an editor."
    found = _unseen(candidate) if wish.unchecked else candidate.look(today)
    zone = wish.time_zone or found.time_zone or store.settings.time_zone
    zone_of(zone)
    schedule = as_cron(wish.schedule) if wish.schedule else None
    due = next_due(schedule, zone, store.now) if schedule else None
    record = store.registry.add(
        candidate.address,
        name=wish.name or found.name,
        time_zone=zone,
        schedule=schedule,
        owner=wish.owner,
        now=store.now,
        next_due=due,
    )
    yield f"{record.name} is registered: its ID is {record.id}.{_rows(found)}"
    if due is not None:
        yield f"It is recalculated next on {shown_moment(due, zone, store.now)} ({zone})."


def _unseen(candidate: Candidate) -> Found:
    return Found(name=candidate.name, time_zone="", publications=None)


def _rows(found: Found) -> str:
    if found.publications is None:
        return ""
    word = "publication" if found.publications == 1 else "publications"
    return f" It holds {found.publications} {word}."
