"""what a shift leaves to the next, what the next is to look at, and what is still there"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table(
        "handover",
        *_record(),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
    )
    _index("handover", "changed_seq")
    op.create_table(
        "handover_reading",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("handover_id", sa.String(36), nullable=False),
        sa.Column("author_id", sa.String(36), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_reading")),
    )
    _index("handover_reading", "handover_id")
    _create_briefing()
    op.create_table(
        "followup_answer",
        *_record(),
        sa.Column("target", sa.String(36), nullable=False),
        sa.Column("answer", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followup_answer")),
    )
    _index("followup_answer", "target")


def _create_briefing() -> None:
    op.create_table(
        "briefing",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("author_id", sa.String(36), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("places", JSON, nullable=False),
        sa.Column("area_id", sa.String(36), nullable=True),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing")),
    )
    _index("briefing", "changed_seq")
    _index("briefing", "valid_to")


def _record() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("author_id", sa.String(36), nullable=True),
        sa.Column("install", sa.String(36), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("estimated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("accuracy_m", sa.Float(), nullable=True),
        sa.Column("position_age_ms", sa.Float(), nullable=True),
        sa.Column("position_source", sa.String(40), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("changed_seq", sa.BigInteger(), nullable=False),
        sa.Column("shift_id", sa.String(36), nullable=True),
    ]


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def downgrade() -> None:
    for table in ("followup_answer", "briefing", "handover_reading", "handover"):
        op.drop_table(table)
