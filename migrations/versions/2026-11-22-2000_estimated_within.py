"""estimated_within_ms: how far off the server's estimate of a record's time may be"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = (
    "checkin", "comment", "escalation", "followup_answer", "handover", "journal_op", "observation", "photo",
    "review", "shift",
)  # fmt: skip


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("estimated_within_ms", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    for table in TABLES:
        op.drop_column(table, "estimated_within_ms")
