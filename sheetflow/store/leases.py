"""Leases: who may write a workbook now; they end by themselves, so that nobody waits for the dead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Engine, and_, select, update
from sqlalchemy.exc import IntegrityError

from sheetflow.store.database import reading, writing
from sheetflow.store.inserting import insert_unless_there
from sheetflow.store.records import Lease
from sheetflow.store.tables import leases

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Leases:
    """The leases of all workbooks; a released one keeps its number, so that numbers only ever grow."""

    def __init__(self, engine: Engine) -> None:
        """Keep the leases in the engine's database."""
        self._engine = engine

    def take(self, workbook: str, holder: str, now: datetime, seconds: float) -> Lease | None:
        """The lease of a workbook from `now` for so many seconds; None while another one lasts, whoever holds it."""
        until = now + timedelta(seconds=seconds)
        number = self._retaken(workbook, holder, now, until) or self._first(workbook, holder, until)
        return (
            Lease(workbook=workbook, holder=holder, number=number, until=until) if number else None
        )

    def renew(self, lease: Lease, now: datetime, seconds: float) -> bool:
        """Let the lease last so many seconds from `now`; False where it is over already."""
        return self._end(_holds(lease, now), now + timedelta(seconds=seconds))

    def holds(self, lease: Lease, now: datetime) -> bool:
        """Whether the lease still lasts: asked right before writing."""
        with reading(self._engine) as connection:
            query = select(leases.c.number).where(_holds(lease, now))
            return connection.execute(query).first() is not None

    def release(self, lease: Lease) -> None:
        """Give the lease back before its end."""
        self._end(_is_of(lease), LONG_AGO)

    def _retaken(self, workbook: str, holder: str, now: datetime, until: datetime) -> int | None:
        is_over = and_(leases.c.workbook == workbook, leases.c.until <= now)
        values = {"holder": holder, "number": leases.c.number + 1, "until": until}
        taking = update(leases).where(is_over).values(**values).returning(leases.c.number)
        with writing(self._engine) as connection:
            return connection.execute(taking).scalar()

    def _first(self, workbook: str, holder: str, until: datetime) -> int | None:
        row = {"workbook": workbook, "holder": holder, "number": 1, "until": until}
        try:
            with writing(self._engine) as connection:
                return 1 if insert_unless_there(connection, leases, row) else None
        except IntegrityError:
            return None  # the workbook was removed meanwhile

    def _end(self, where: ColumnElement[bool], until: datetime) -> bool:
        with writing(self._engine) as connection:
            done = connection.execute(update(leases).where(where).values(until=until))
            return done.rowcount == 1


def _is_of(lease: Lease) -> ColumnElement[bool]:
    return and_(leases.c.workbook == lease.workbook, leases.c.number == lease.number)


def _holds(lease: Lease, now: datetime) -> ColumnElement[bool]:
    return and_(_is_of(lease), leases.c.until > now)
