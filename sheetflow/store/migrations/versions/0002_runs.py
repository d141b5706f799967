"""Runs, and the leases that keep two of them apart."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "runs",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("workbook", sa.String(16), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("share", sa.Float, nullable=False),
        sa.Column("counts", sa.JSON),
        sa.Column("error", sa.Text),
        sa.Column("facts", sa.JSON),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("lease_number", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
        sa.ForeignKeyConstraint(
            ["workbook"], ["workbooks.id"], name="fk_runs_workbook", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_runs_state_queued_at", "runs", ["state", "queued_at"])
    op.create_index("ix_runs_workbook_queued_at", "runs", ["workbook", "queued_at"])
    waiting = sa.text("state = 'waiting'")
    op.create_index(
        "one_waiting_run",
        "runs",
        ["workbook"],
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_table(
        "leases",
        sa.Column("workbook", sa.String(16), nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("workbook", name="pk_leases"),
        sa.ForeignKeyConstraint(
            ["workbook"], ["workbooks.id"], name="fk_leases_workbook", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    """Take the tables away, and all that they hold."""
    op.drop_table("leases")
    op.drop_table("runs")
