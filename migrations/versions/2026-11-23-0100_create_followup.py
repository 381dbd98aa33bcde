"""follow-ups and their steps, pairs of reports of one event, what is missing and does not matter"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INDEXES: tuple[tuple[str, str, list[str]], ...] = (
    ("ix_followup_changed_seq", "followup", ["changed_seq"]),
    ("ix_followup_observation_id", "followup", ["observation_id"]),
    ("ix_followup_status_due_id", "followup", ["status", "due", "id"]),
    ("ix_followup_status_received_at_id", "followup", ["status", "received_at", "id"]),
    ("ix_followup_step_followup_id", "followup_step", ["followup_id"]),
    ("ix_duplicate_pair_other", "duplicate_pair", ["other"]),
    ("ix_duplicate_event_event_id", "duplicate_event", ["event_id"]),
)
#: On tables that were there before.
MORE: tuple[tuple[str, str, list[str]], ...] = (
    ("ix_shift_status_started_at", "shift", ["status", "started_at"]),
    ("ix_escalation_status_stated_at", "escalation", ["status", "stated_at"]),
    ("ix_escalation_observation_id", "escalation", ["observation_id"]),
    ("ix_review_verdict_stated_at", "review", ["verdict", "stated_at"]),
)


def upgrade() -> None:
    _followup()
    op.create_table(
        "duplicate_pair",
        sa.Column("one", sa.String(36), nullable=False),
        sa.Column("other", sa.String(36), nullable=False),
        sa.Column("is_same", sa.Boolean(), nullable=False),
        sa.Column("author_id", sa.String(36), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.String(36), nullable=False),
        sa.Column("changed_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_duplicate_pair")),
    )
    op.create_table(
        "duplicate_event",
        sa.Column("observation_id", sa.String(36), nullable=False),
        sa.Column("event_id", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("observation_id", name=op.f("pk_duplicate_event")),
    )
    op.create_table(
        "missing_dismissal",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(36), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("flagged", _json(), nullable=True),
        sa.Column("author_id", sa.String(36), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", name=op.f("pk_missing_dismissal")),
    )
    for name, table, columns in (*INDEXES, *MORE):
        op.create_index(op.f(name), table, columns)
    severe = sa.text("severity >= 3")
    op.create_index(op.f("ix_observation_severe"), "observation", ["happened_from"], sqlite_where=severe,
                    postgresql_where=severe)  # fmt: skip


def _followup() -> None:
    op.create_table(
        "followup",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("observation_id", sa.String(36), nullable=False),
        sa.Column("shift_id", sa.String(36), nullable=True),
        sa.Column("reporter_id", sa.String(36), nullable=True),
        sa.Column("author_id", sa.String(36), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("owner_id", sa.String(36), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("draft", sa.Text(), nullable=True),
        sa.Column("outcome", sa.String(40), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("flagged", _json(), nullable=True),
        sa.Column("sent", _json(), nullable=False),
        sa.Column("version", sa.String(36), nullable=False),
        sa.Column("changed_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followup")),
        sa.CheckConstraint("status IN ('open', 'closed')", name=op.f("ck_followup_status")),
    )
    op.create_table(
        "followup_step",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("followup_id", sa.String(36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("author_id", sa.String(36), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said", _json(), nullable=False),
        sa.Column("flagged", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_followup_step")),
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_observation_severe"), "observation")
    for name, table, _ in MORE:
        op.drop_index(op.f(name), table)
    for table in ("missing_dismissal", "duplicate_event", "duplicate_pair", "followup_step", "followup"):
        op.drop_table(table)


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
