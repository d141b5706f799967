"""Keys that people and programs carry: `sf_<id>_<secret>`, made and revoked by command."""

from __future__ import annotations

import re
from datetime import datetime

from sheetflow.entrypoints.web.identity.principal import Kind, Principal
from sheetflow.entrypoints.web.identity.tokens import refused
from sheetflow.store.keys import Keys
from sheetflow.store.records import KeyRecord

PREFIX = "sf_"
SHAPE = re.compile(r"sf_[A-Za-z0-9_-]{10,200}")


def key_holder(text: str, keys: Keys, now: datetime) -> Principal:
    """Whose key it is; Refused 401 where it is none, revoked or over."""
    record = keys.check(text, now) if SHAPE.fullmatch(text) else None
    if record is None:
        raise refused()
    return Principal(kind=Kind.KEY, name=record.id, workbook=record.workbook, verbs=record.verbs)


def opens(record: KeyRecord, since: datetime, now: datetime) -> bool:
    """Whether a session that began then still stands for the key: not revoked, not over, no other text since."""
    is_over = record.expires_at is not None and record.expires_at <= now
    return record.revoked_at is None and not is_over and record.created_at <= since
