"""Digests of secrets: keys, tickets and feeds; and the nonces that were seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "keys",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("workbook", sa.String(16)),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("verbs", sa.String(60), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.Column("last_used_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_keys"),
        _of_a_workbook("keys"),
    )
    op.create_table(
        "nonces",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_nonces"),
    )
    op.create_index("ix_nonces_at", "nonces", ["at"])
    op.create_table(
        "tickets",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("workbook", sa.String(16)),
        sa.Column("verbs", sa.String(60), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_tickets"),
        _of_a_workbook("tickets"),
    )
    op.create_table(
        "feeds",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("workbook", sa.String(16), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_feeds"),
        sa.UniqueConstraint("workbook", "person", name="uq_feeds_workbook_person"),
        _of_a_workbook("feeds"),
    )


def downgrade() -> None:
    """Take the tables away, and all that they hold."""
    for table in ("feeds", "tickets", "nonces", "keys"):
        op.drop_table(table)


def _of_a_workbook(table: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_workbook"
    return sa.ForeignKeyConstraint(["workbook"], ["workbooks.id"], name=name, ondelete="CASCADE")
