"""What people have been told, and what waits to be told: digests, no contents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "told",
        sa.Column("workbook", sa.String(16), nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("matter", sa.String(64), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_sent", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("workbook", "person", "matter", name="pk_told"),
        sa.ForeignKeyConstraint(
            ["workbook"], ["workbooks.id"], name="fk_told_workbook", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_told_until", "told", ["until"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("told")
