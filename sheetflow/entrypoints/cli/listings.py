"""What is registered, as tables and as JSON documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.table import Table
from rich.text import Text

from sheetflow.domain.flag import Flag
from sheetflow.entrypoints.cli.tables import COLOURS, table_of
from sheetflow.store.records import Counts, Grant, KeyRecord, RunRecord, Verb, WorkbookRecord
from sheetflow.translate.document import Document, english

WORKBOOKS, KEYS = "sheetflow.workbooks/1", "sheetflow.keys/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A workbook with its last good run, and what people were granted on it."""

    record: WorkbookRecord
    last_good: RunRecord | None
    grants: Sequence[Grant]


def workbooks_table(registered: Iterable[Registered], now: datetime) -> Table:
    """A row a workbook: its timetable, how it stands, and when it is due; times are those of its time zone."""
    headers = ("ID", "Name", "Schedule", "Owner", "State", "Last good run", "Result", "Next due")
    table = table_of("Workbooks", *headers)
    for one in registered:
        record, run = one.record, one.last_good
        table.add_row(
            record.id,
            Text(record.name),
            record.schedule or "",
            Text(record.owner or ""),
            _state(record, now),
            shown_moment(run.finished_at if run else None, record.time_zone, now),
            _result(run.counts if run else None),
            "" if record.paused else shown_moment(record.next_due, record.time_zone, now),
        )
    return table


def workbooks_document(registered: Iterable[Registered]) -> Document:
    """The same in full, times in UTC."""
    return {"schema": WORKBOOKS, "workbooks": [_workbook(one) for one in registered]}


def keys_table(keys: Iterable[KeyRecord], names: Mapping[str, str], now: datetime) -> Table:
    """A row a key: what it may do, and whether it works; `names` are those of workbooks by ID, times are in UTC."""
    table = table_of("Keys", "ID", "Name", "Workbook", "May", "State", "Created", "Last used")
    for key in keys:
        table.add_row(
            key.id,
            Text(key.name),
            Text(names.get(key.workbook, key.workbook) if key.workbook else ""),
            verbs_text(key.verbs),
            _key_state(key, now),
            shown_moment(key.created_at, "UTC", now),
            shown_moment(key.last_used_at, "UTC", now),
        )
    return table


def keys_document(keys: Iterable[KeyRecord]) -> Document:
    """The same in full."""
    return {"schema": KEYS, "keys": [_key(key) for key in keys]}


def verbs_text(verbs: Iterable[Verb]) -> str:
    """The verbs, the lesser first: `read, recalculate`."""
    granted = set(verbs)
    return ", ".join(verb for verb in Verb if verb in granted)


def shown_moment(moment: datetime | None, time_zone: str, now: datetime) -> str:
    """A time as the clock of that time zone shows it: `Mon 23 Nov 07:00`; blank for none."""
    if moment is None:
        return ""
    zone = ZoneInfo(time_zone)
    local = moment.astimezone(zone)
    return f"{english(now.astimezone(zone).date()).date(local.date())} {local:%H:%M}"


def _state(record: WorkbookRecord, now: datetime) -> Text:
    if record.paused:
        return Text("paused")
    if not record.failures:
        return Text("")
    since = shown_moment(record.failing_since, record.time_zone, now)
    return Text(f"failing since {since}", style=COLOURS[Flag.RED])


def _key_state(key: KeyRecord, now: datetime) -> str:
    if key.revoked_at is not None:
        return "revoked"
    if key.expires_at is None:
        return "works"
    over = "expired" if key.expires_at <= now else "works until"
    return f"{over} {shown_moment(key.expires_at, 'UTC', now)}"


def _result(counts: Counts | None) -> Text:
    if counts is None:
        return Text("")
    flags = ((Flag.RED, counts.red), (Flag.AMBER, counts.amber), (Flag.GREEN, counts.green))
    seen = [Text(f" {count} {flag.value} ", style=COLOURS[flag]) for flag, count in flags if count]
    return Text(" ").join(seen)


def _workbook(one: Registered) -> Document:
    entry = {name: _plain(value) for name, value in asdict(one.record).items()}
    granted = [{"who": grant.who, "verbs": _plain(grant.verbs)} for grant in one.grants]
    return entry | {"last_good": _last_good(one.last_good), "grants": granted}


def _last_good(run: RunRecord | None) -> Document | None:
    if run is None or run.counts is None:
        return None
    return {"run": run.id, "finished_at": _plain(run.finished_at), "counts": asdict(run.counts)}


def _key(key: KeyRecord) -> Document:
    return {name: _plain(value) for name, value in asdict(key).items()}


def _plain(value: object) -> object:
    """A value as JSON knows it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return [verb.value for verb in Verb if verb in value] if isinstance(value, frozenset) else value
