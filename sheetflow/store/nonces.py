"""Nonces: a request that was signed by a machine is accepted once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine, delete, select

from sheetflow.store.database import reading, writing
from sheetflow.store.identifiers import digest
from sheetflow.store.inserting import insert_unless_there
from sheetflow.store.tables import nonces


class Nonces:
    """The nonces seen lately."""

    def __init__(self, engine: Engine) -> None:
        """Keep the nonces in the engine's database."""
        self._engine = engine

    def accept(self, who: str, nonce: str, now: datetime) -> bool:
        """Whether this one is the first of `who` with the nonce: exactly one of many at once."""
        row = {"digest": digest(who, nonce), "at": now}
        with writing(self._engine) as connection:
            return insert_unless_there(connection, nonces, row)

    def seen(self, who: str, nonce: str) -> bool:
        """Whether `who` has used the nonce."""
        query = select(nonces.c.at).where(nonces.c.digest == digest(who, nonce))
        with reading(self._engine) as connection:
            return connection.execute(query).first() is not None

    def forget(self, before: datetime) -> int:
        """Delete what was seen before, and say how many: requests that old are refused by their time."""
        with writing(self._engine) as connection:
            return connection.execute(delete(nonces).where(nonces.c.at < before)).rowcount
