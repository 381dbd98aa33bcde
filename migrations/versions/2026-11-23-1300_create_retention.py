"""decisions of retention, holds, and the protocol of what was erased"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "retention_rule",
        sa.Column("cls", sa.String(40), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        *_decided("reference"),
        sa.PrimaryKeyConstraint("cls", name=op.f("pk_retention_rule")),
    )
    op.create_table(
        "retention_hold",
        sa.Column("shift_id", sa.String(36), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        *_decided("reason"),
        sa.PrimaryKeyConstraint("shift_id", name=op.f("pk_retention_hold")),
    )
    op.create_table(
        "retention_run",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("cls", sa.String(40), nullable=False),
        sa.Column("before", sa.Date(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("author_id", sa.String(36), nullable=True),
        sa.Column("at", _moment(), nullable=False),
        sa.Column("things", sa.Integer(), nullable=False),
        sa.Column("ops", sa.Integer(), nullable=False),
        sa.Column("photos", sa.Integer(), nullable=False),
        sa.Column("kept", _json(), nullable=False),
        sa.Column("flagged", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_run")),
    )
    op.create_index(op.f("ix_retention_run_at"), "retention_run", ["at"])


def downgrade() -> None:
    for table in ("retention_run", "retention_hold", "retention_rule"):
        op.drop_table(table)


def _decided(words: str) -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column(words, sa.Text(), nullable=False),
        sa.Column("author_id", sa.String(36), nullable=True),
        sa.Column("stated_at", _moment(), nullable=False),
        sa.Column("changed_seq", sa.BigInteger(), nullable=False),
        sa.Column("flagged", _json(), nullable=True),
    )


def _moment() -> sa.types.TypeEngine[Any]:
    return sa.DateTime(timezone=True)


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
