"""Feeds: secret addresses of people's calendars, one a person and workbook, until they are revoked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Engine, and_, delete, select

from sheetflow.store.database import reading, writing
from sheetflow.store.identifiers import digest, new_secret
from sheetflow.store.inserting import insert_or_replace
from sheetflow.store.tables import feeds


class Feeds:
    """The addresses in use; neither they nor the people's names are kept, only digests."""

    def __init__(self, engine: Engine) -> None:
        """Keep the addresses in the engine's database, as digests."""
        self._engine = engine

    def open(self, workbook: str, person: str, now: datetime) -> str:
        """A new secret for the person's calendar; an older one stops working."""
        secret = new_secret()
        row = {
            "digest": digest(secret),
            "workbook": workbook,
            "person": digest(workbook, person),
            "created_at": now,
        }
        with writing(self._engine) as connection:
            insert_or_replace(connection, feeds, row, ("workbook", "person"))
        return secret

    def admits(self, text: str, workbook: str, person: str) -> bool:
        """Whether the text is the secret of that person's calendar."""
        query = select(feeds.c.digest).where(_of(workbook, person), feeds.c.digest == digest(text))
        with reading(self._engine) as connection:
            return connection.execute(query).first() is not None

    def close(self, workbook: str, person: str) -> None:
        """Revoke the person's address."""
        with writing(self._engine) as connection:
            connection.execute(delete(feeds).where(_of(workbook, person)))


def _of(workbook: str, person: str) -> ColumnElement[bool]:
    return and_(feeds.c.workbook == workbook, feeds.c.person == digest(workbook, person))
