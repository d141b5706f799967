"""Keys for programs: `sf_<id>_<secret>`, shown once; the database holds digests alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

from sqlalchemy import Engine, RowMapping, insert, select, update
from sqlalchemy.exc import IntegrityError

from sheetflow.errors import UserError
from sheetflow.store.database import reading, writing
from sheetflow.store.identifiers import digest, is_id, new_id, new_secret
from sheetflow.store.records import KeyRecord, Verb
from sheetflow.store.tables import keys

PREFIX = "sf"
NOTED_EVERY = timedelta(minutes=1)


class Keys:
    """All keys, the revoked ones too: they show who could do what, and when."""

    def __init__(self, engine: Engine) -> None:
        """Keep the keys in the engine's database, as digests."""
        self._engine = engine

    def create(
        self,
        name: str,
        verbs: Iterable[Verb],
        workbook: str | None,
        now: datetime,
        expires_at: datetime | None = None,
    ) -> tuple[KeyRecord, str]:
        """A new key, and the text that proves it: nobody sees that again.

        Raises:
            UserError: No such workbook is registered, or a key of no workbook is to do more than plan.
        """
        allowed = frozenset(verbs)
        if workbook is None and not allowed <= {Verb.PLAN}:
            raise UserError("key_needs_workbook")
        id, secret = new_id(), new_secret()  # noqa: A001  the word of the table
        row = {
            "id": id,
            "workbook": workbook,
            "name": name,
            "verbs": allowed,
            "digest": digest(secret),
            "created_at": now,
            "expires_at": expires_at,
        }
        try:
            with writing(self._engine) as connection:
                connection.execute(insert(keys).values(row))
        except IntegrityError as error:
            raise UserError("workbook_unknown", id=workbook) from error
        return _record(self._row(id)), _text(id, secret)

    def check(self, text: str, now: datetime) -> KeyRecord | None:
        """The key that the text proves; None for a wrong one, or one that is revoked or over."""
        prefix, id, secret = (*text.split("_", 2), "", "")[:3]  # noqa: A001
        row = self._found(id) if prefix == PREFIX else None
        if row is None or not compare_digest(row["digest"], digest(secret)):
            return None
        key = _record(row)
        if key.revoked_at is not None or (key.expires_at is not None and key.expires_at <= now):
            return None
        self._note_use(key, now)
        return key

    def all(self, workbook: str | None = None) -> list[KeyRecord]:
        """All keys in the order of their making, or those of a workbook."""
        query = select(keys).order_by(keys.c.created_at, keys.c.id)
        if workbook is not None:
            query = query.where(keys.c.workbook == workbook)
        with reading(self._engine) as connection:
            return [_record(row) for row in connection.execute(query).mappings()]

    def rotate(self, id: str, now: datetime) -> tuple[KeyRecord, str]:  # noqa: A002
        """The key with a new secret; the old text stops working at once.

        Raises:
            UserError: There is no such key, or it is revoked.
        """
        key, secret = _record(self._row(id)), new_secret()
        if key.revoked_at is not None:
            raise UserError("key_revoked", id=id, name=key.name)
        self._change(id, digest=digest(secret), created_at=now, last_used_at=None)
        return _record(self._row(id)), _text(id, secret)

    def revoke(self, id: str, now: datetime) -> KeyRecord:  # noqa: A002
        """The key, which works no more; raises UserError where there is none."""
        if self._row(id)["revoked_at"] is None:
            self._change(id, revoked_at=now)
        return _record(self._row(id))

    def _row(self, id: str) -> RowMapping:  # noqa: A002
        row = self._found(id)
        if row is None:
            raise UserError("key_unknown", id=id)
        return row

    def _found(self, id: str) -> RowMapping | None:  # noqa: A002
        if not is_id(id):
            return None
        with reading(self._engine) as connection:
            return connection.execute(select(keys).where(keys.c.id == id)).mappings().first()

    def _note_use(self, key: KeyRecord, now: datetime) -> None:
        """At most once a minute: a key that is used a lot costs hardly a write."""
        if key.last_used_at is None or key.last_used_at <= now - NOTED_EVERY:
            self._change(key.id, last_used_at=now)

    def _change(self, id: str, **values: Any) -> None:  # noqa: A002, ANN401  columns of any kind
        with writing(self._engine) as connection:
            connection.execute(update(keys).where(keys.c.id == id).values(**values))


def _text(id: str, secret: str) -> str:  # noqa: A002
    return f"{PREFIX}_{id}_{secret}"


def _record(row: RowMapping) -> KeyRecord:
    return KeyRecord(**{name: value for name, value in row.items() if name != "digest"})
