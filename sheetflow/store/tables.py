"""The tables: what the migrations lead to, and what every query is written against."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from sheetflow.store.columns import Moment, Verbs

ID = String(16)
DIGEST = String(64)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _of_a_workbook(*, primary_key: bool = False, nullable: bool = False) -> Column[str]:
    """What belongs to a workbook goes with it."""
    workbook = ForeignKey("workbooks.id", ondelete="CASCADE")
    return Column("workbook", ID, workbook, primary_key=primary_key, nullable=nullable)


workbooks = Table(
    "workbooks",
    metadata,
    Column("id", ID, primary_key=True),
    Column("address", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("time_zone", Text, nullable=False),
    Column("schedule", Text),
    Column("owner", Text),
    Column("paused", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("next_due", Moment, index=True),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Moment),
    Column("last_good_at", Moment),
    Column("seen", Text),
)

grants = Table(
    "grants",
    metadata,
    _of_a_workbook(primary_key=True),
    Column("who", Text, primary_key=True, index=True),
    Column("verbs", Verbs, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", ID, primary_key=True),
    _of_a_workbook(),
    Column("state", String(8), nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("finished_at", Moment),
    Column("stage", Text, nullable=False),
    Column("share", Float, nullable=False),
    Column("counts", JSON(none_as_null=True)),
    Column("error", Text),
    Column("facts", JSON(none_as_null=True)),
    Column("attempts", Integer, nullable=False),
    Column("lease_number", BigInteger),
    Index(None, "state", "queued_at"),
    Index(None, "workbook", "queued_at"),
)

_WAITING = text("state = 'waiting'")
one_waiting = Index(
    "one_waiting_run",
    runs.c.workbook,
    unique=True,
    sqlite_where=_WAITING,
    postgresql_where=_WAITING,
)
"""Presses coalesce: a workbook has one waiting run at most."""

leases = Table(
    "leases",
    metadata,
    _of_a_workbook(primary_key=True),
    Column("holder", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("until", Moment, nullable=False),
)

keys = Table(
    "keys",
    metadata,
    Column("id", ID, primary_key=True),
    _of_a_workbook(nullable=True),
    Column("name", Text, nullable=False),
    Column("verbs", Verbs, nullable=False),
    Column("digest", DIGEST, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("revoked_at", Moment),
    Column("last_used_at", Moment),
)

nonces = Table(
    "nonces",
    metadata,
    Column("digest", DIGEST, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
)

tickets = Table(
    "tickets",
    metadata,
    Column("digest", DIGEST, primary_key=True),
    Column("who", Text, nullable=False),
    _of_a_workbook(nullable=True),
    Column("verbs", Verbs, nullable=False),
    Column("until", Moment, nullable=False),
)

told = Table(
    "told",
    metadata,
    _of_a_workbook(primary_key=True),
    Column("person", DIGEST, primary_key=True),
    Column("matter", DIGEST, primary_key=True),
    Column("until", Moment, nullable=False, index=True),
    Column("is_sent", Boolean, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("digest", DIGEST, primary_key=True),
    _of_a_workbook(),
    Column("person", DIGEST, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("workbook", "person"),
)
