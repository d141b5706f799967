"""Tickets: one-time secrets that open a page in a browser, for a minute or so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, insert

from sheetflow.store.database import writing
from sheetflow.store.identifiers import digest, new_secret
from sheetflow.store.records import Verb
from sheetflow.store.tables import tickets


class Tickets:
    """The tickets that nobody has used yet."""

    def __init__(self, engine: Engine) -> None:
        """Keep the tickets in the engine's database, as digests."""
        self._engine = engine

    def issue(
        self, who: str, workbook: str | None, verbs: Iterable[Verb], now: datetime, seconds: float
    ) -> str:
        """A secret that stands once for `who` with the verbs on the workbook; None for no workbook of its own."""
        secret = new_secret()
        until = now + timedelta(seconds=seconds)
        row = {
            "digest": digest(secret),
            "who": who,
            "workbook": workbook,
            "verbs": verbs,
            "until": until,
        }
        with writing(self._engine) as connection:
            connection.execute(delete(tickets).where(tickets.c.until <= now))
            connection.execute(insert(tickets).values(row))
        return secret

    def redeem(self, text: str, now: datetime) -> tuple[str, str | None, frozenset[Verb]] | None:
        """Who holds the ticket, for which workbook, with which verbs; None for one used, over or never issued."""
        used = delete(tickets).where(tickets.c.digest == digest(text)).returning(tickets)
        with writing(self._engine) as connection:
            ticket = connection.execute(used).first()
        if ticket is None or ticket.until <= now:
            return None
        return ticket.who, ticket.workbook, ticket.verbs
