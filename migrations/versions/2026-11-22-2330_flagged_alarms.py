"""flagged alarms: which of their notes hold words that must not be kept; a rebuild looks through those of before"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("alert", sa.Column("flagged", JSON, nullable=True))


def downgrade() -> None:
    op.drop_column("alert", "flagged")
