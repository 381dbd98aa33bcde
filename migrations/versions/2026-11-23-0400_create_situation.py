"""who has read a briefing, the words of a week, and its frozen editions"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Until now nothing but a new text touched a briefing, so its version is where it last changed.
    op.add_column("briefing", sa.Column("version", sa.String(36), nullable=False, server_default=""))
    op.execute(
        "UPDATE briefing SET version ="
        " coalesce((SELECT max(op_id) FROM journal_op WHERE seq = briefing.changed_seq), id)"
    )
    op.create_table(
        "briefing_reading",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("briefing_id", sa.String(36), nullable=False),
        sa.Column("author_id", sa.String(36), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.String(36), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_briefing_reading")),
    )
    op.create_index(op.f("ix_briefing_reading_briefing_id"), "briefing_reading", ["briefing_id"])
    op.create_table(
        "situation_week",
        sa.Column("week", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("author_id", sa.String(36), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.String(36), nullable=False),
        sa.Column("kept", _json(), nullable=True),
        sa.Column("flagged", _json(), nullable=True),
        sa.PrimaryKeyConstraint("week", name=op.f("pk_situation_week")),
    )
    op.create_table(
        "situation_edition",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("week", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.String(36), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("figures", _json(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("flagged", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_situation_edition")),
        sa.UniqueConstraint("week", "number", name=op.f("uq_situation_edition_week_number")),
    )
    op.create_table(
        "situation_edition_record",
        sa.Column("edition_id", sa.String(36), nullable=False),
        sa.Column("observation_id", sa.String(36), nullable=False),
        sa.Column("corrections", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("edition_id", "observation_id", name=op.f("pk_situation_edition_record")),
    )
    # A place's records over a span: what stands behind its figures.
    op.create_index(op.f("ix_observation_place_id_happened_from"), "observation", ["place_id", "happened_from"])


def downgrade() -> None:
    op.drop_index(op.f("ix_observation_place_id_happened_from"), "observation")
    op.drop_table("situation_edition_record")
    op.drop_table("situation_edition")
    op.drop_table("situation_week")
    op.drop_table("briefing_reading")
    op.drop_column("briefing", "version")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
