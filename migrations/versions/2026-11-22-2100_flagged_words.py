"""flagged words: which statements hold words that must not be kept; a rebuild looks through those of before"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
COLUMNS = (
    ("shift", "flagged"), ("shift", "summary_flagged"), ("shift_end", "flagged"), ("checkin", "flagged"),
    ("observation", "flagged"), ("escalation", "flagged"), ("escalation_attempt", "flagged"), ("comment", "flagged"),
    ("review", "flagged"), ("photo", "flagged"), ("handover", "flagged"), ("briefing", "flagged"),
)  # fmt: skip


def upgrade() -> None:
    for table, column in COLUMNS:
        op.add_column(table, sa.Column(column, JSON, nullable=True))


def downgrade() -> None:
    for table, column in COLUMNS:
        op.drop_column(table, column)
