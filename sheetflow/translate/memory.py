"""Reading what SheetFlow wrote before: the Steps tab, which is the last plan, and History."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sheetflow.domain.history import Event, EventKind, LastRun, LastStep, Promise
from sheetflow.domain.plan import State
from sheetflow.translate.date_column import DateColumns
from sheetflow.translate.rows import Rows, shorten
from sheetflow.translate.vocabulary import Vocabulary

StepName = Callable[[str, str], str]
OwnerName = Callable[[str], str]

PROMISE = re.compile(
    r"(?P<late>\d+)-(?P<eaten>\d+)-(?P<weight>\d+)( (?P<effort>[a-z]*) (?P<inputs>[0-9a-f]+)"
    r"( (?P<today>\d{4}-\d\d-\d\d))?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Canonical names for what these tabs say in the workbook's language, by ID and text of a step, and by owner."""

    words: Vocabulary
    dates: DateColumns
    step: StepName
    owner: OwnerName


def ids_in(tabs: Iterable[Rows | None]) -> tuple[str, ...]:
    """All IDs that these tabs know, also those of rows that are gone."""
    found = (rows.text(row, "ID") for rows in tabs if rows for row in rows.numbers())
    return tuple(dict.fromkeys(filter(None, found)))


def read_last_plan(rows: Rows, names: Names) -> Mapping[tuple[str, str], LastStep]:
    """The last plan by ID and step; a row that has become unreadable is forgotten."""
    starts, ends = (_days(rows, header, names) for header in ("Start", "Due"))
    found: dict[tuple[str, str], LastStep] = {}
    for row in rows.numbers():
        state = _word(rows, row, "State", names)
        key = rows.text(row, "ID"), names.step(rows.text(row, "ID"), rows.text(row, "Step"))
        if state and all(key):
            begin, end = _quarters(rows.text(row, "Quarters"))
            found[key] = LastStep(
                id=key[0],
                step=key[1],
                owner=_owner(rows, row, names),
                start=starts[row],
                due=ends[row],
                state=State(state),
                start_quarter=begin,
                due_quarter=end,
            )
    return found


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def read_last_run(rows: Rows) -> LastRun:
    """What the last plan was made from and what it promised; what has become unreadable is forgotten."""
    told = {row: PROMISE.fullmatch(rows.text(row, "Promise")) for row in rows.numbers()}
    found = [(rows.text(row, "ID"), match) for row, match in told.items() if match]
    origins = {match.group("effort", "inputs", "today") for _, match in found if match["inputs"]}
    effort, inputs, today = origins.pop() if len(origins) == 1 else (None, None, None)
    return LastRun(
        inputs=inputs or "",
        effort=effort or "",
        today=_day(today),
        promises={
            id_: Promise(
                late_days=int(match["late"]),
                margin_days=int(match["eaten"]),
                weight=int(match["weight"]),
            )
            for id_, match in found
        },
    )


def _quarters(text: str) -> tuple[int | None, int | None]:
    """The quarters of the first and the last day, such as `0-3`; None where they are not told."""
    told = re.fullmatch("([0-3])-([0-3])", text)
    return (int(told[1]), int(told[2])) if told else (None, None)


def read_history(rows: Rows, names: Names) -> tuple[Event, ...]:
    """The events in the order of the sheet; one that has become unreadable is left out, with a warning."""
    moments, promises = (_days(rows, header, names) for header in ("When", "Due"))
    events = [_event(rows, row, names, moments[row], promises[row]) for row in rows.numbers()]
    return tuple(event for event in events if event)


def _event(rows: Rows, row: int, names: Names, when: date | None, due: date | None) -> Event | None:
    identity, text = rows.text(row, "ID"), rows.text(row, "Event")
    kind = _word(rows, row, "Event", names)
    if not (identity and kind and when):
        if identity or text or when:
            rows.warning(
                row, "Event" if when else "When", "history_unreadable", value=shorten(text)
            )
        return None
    return Event(
        when=when,
        id=identity,
        step=names.step(identity, rows.text(row, "Step")),
        kind=EventKind(kind),
        owner=_owner(rows, row, names),
        due=due,
        note=rows.text(row, "Note"),
    )


def _word(rows: Rows, row: int, header: str, names: Names) -> str | None:
    text = rows.text(row, header)
    return names.words.find(header.lower(), text) if text else None


def _owner(rows: Rows, row: int, names: Names) -> str | None:
    text = rows.text(row, "Owner")
    return names.owner(text) if text else None


def _days(rows: Rows, header: str, names: Names) -> Mapping[int, date | None]:
    days = names.dates.read_quietly(rows, header)
    return {row: day if isinstance(day, date) else None for row, day in days.items()}
