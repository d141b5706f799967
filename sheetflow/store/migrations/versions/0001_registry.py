"""Workbooks, and who may do what with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "workbooks",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("time_zone", sa.Text, nullable=False),
        sa.Column("schedule", sa.Text),
        sa.Column("owner", sa.Text),
        sa.Column("paused", sa.Boolean, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_due", sa.DateTime(timezone=True)),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True)),
        sa.Column("last_good_at", sa.DateTime(timezone=True)),
        sa.Column("seen", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_workbooks"),
        sa.UniqueConstraint("address", name="uq_workbooks_address"),
    )
    op.create_index("ix_workbooks_next_due", "workbooks", ["next_due"])
    op.create_table(
        "grants",
        sa.Column("workbook", sa.String(16), nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("verbs", sa.String(60), nullable=False),
        sa.PrimaryKeyConstraint("workbook", "who", name="pk_grants"),
        sa.ForeignKeyConstraint(
            ["workbook"], ["workbooks.id"], name="fk_grants_workbook", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_grants_who", "grants", ["who"])


def downgrade() -> None:
    """Take the tables away, and all that they hold."""
    op.drop_table("grants")
    op.drop_table("workbooks")
