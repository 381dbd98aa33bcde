"""phone battery: how much was left when it last pushed"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("device_report", sa.Column("battery", sa.SmallInteger(), nullable=True))


def downgrade() -> None:
    op.drop_column("device_report", "battery")
