"""What people have been told, and what waits to be told them: once each, whoever tells it.

A matter is a digest of what it is about, never the thing itself: whoever tells it finds it in the plan again.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Engine, and_, delete, select, update

from sheetflow.store.database import reading, writing
from sheetflow.store.identifiers import digest
from sheetflow.store.inserting import insert_unless_there
from sheetflow.store.tables import told

TAKEN = timedelta(minutes=2)
"""So long whoever has taken matters may take to tell them; then somebody else tries."""

UNTAKEN = timedelta(minutes=1)


def person_key(workbook: str, person: str) -> str:
    """What stands for a person of a workbook; nobody's name is kept."""
    return digest(workbook, person)


def matter_key(*parts: str) -> str:
    """What stands for a matter."""
    return digest(*parts)


class Told:
    """Matters by workbook and person: waiting until a time, taken until a time, or sent."""

    def __init__(self, engine: Engine) -> None:
        """Keep them in the engine's database, as digests."""
        self._engine = engine

    def hold(self, workbook: str, person: str, matters: Iterable[str], until: datetime) -> int:
        """Let new matters wait until a time, and say how many are new: what waits or was sent stays so."""
        rows = [
            {
                "workbook": workbook,
                "person": person_key(workbook, person),
                "matter": matter,
                "until": until,
                "is_sent": False,
            }
            for matter in sorted(set(matters))
        ]
        with writing(self._engine) as connection:
            return sum(insert_unless_there(connection, told, row) for row in rows)

    def cancel(self, workbook: str, person: str, matters: Iterable[str]) -> bool:
        """Whether one of the matters was still waiting, and does no more."""
        where = and_(_of(workbook, person), told.c.matter.in_(list(matters)), ~told.c.is_sent)
        with writing(self._engine) as connection:
            return connection.execute(delete(told).where(where)).rowcount > 0

    def take(self, workbook: str, person: str, now: datetime) -> frozenset[str]:
        """The matters to be told now; nobody else gets them for two minutes."""
        mine = and_(_of(workbook, person), ~told.c.is_sent, told.c.until <= now)
        taking = update(told).where(mine).values(until=now + TAKEN).returning(told.c.matter)
        with writing(self._engine) as connection:
            return frozenset(connection.execute(taking).scalars())

    def sent(
        self,
        workbook: str,
        person: str,
        matters: Iterable[str],
        now: datetime,
        *,
        again: bool = False,
    ) -> None:
        """The matters were told; with `again` they may come up anew, else they never do."""
        where = and_(_of(workbook, person), told.c.matter.in_(list(matters)))
        done = update(told).where(where).values(is_sent=True, until=now)
        with writing(self._engine) as connection:
            connection.execute(delete(told).where(where) if again else done)

    def is_sent(self, workbook: str, person: str, matter: str) -> bool:
        """Whether the matter was told, for good."""
        query = select(told.c.matter).where(
            _of(workbook, person), told.c.matter == matter, told.c.is_sent
        )
        with reading(self._engine) as connection:
            return connection.execute(query).first() is not None

    def waiting(self, now: datetime) -> frozenset[str]:
        """The workbooks for whose people something is to be told now."""
        query = select(told.c.workbook).where(~told.c.is_sent, told.c.until <= now).distinct()
        with reading(self._engine) as connection:
            return frozenset(connection.execute(query).scalars())

    def drop(self, workbook: str, now: datetime) -> None:
        """Give up what nobody took for a minute: it was for people who are not told any more."""
        stale = and_(told.c.workbook == workbook, ~told.c.is_sent, told.c.until < now - UNTAKEN)
        with writing(self._engine) as connection:
            connection.execute(delete(told).where(stale))

    def forget(self, before: datetime) -> int:
        """Delete what was told, or given up, before a time."""
        with writing(self._engine) as connection:
            return connection.execute(delete(told).where(told.c.until < before)).rowcount


def _of(workbook: str, person: str) -> ColumnElement[bool]:
    return and_(told.c.workbook == workbook, told.c.person == person_key(workbook, person))
