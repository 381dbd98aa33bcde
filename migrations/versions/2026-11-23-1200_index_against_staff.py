"""an index of reports of threats against staff: looked for every few seconds"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

AGAINST_STAFF = sa.text("category = 'X1'")


def upgrade() -> None:
    op.create_index("ix_observation_against_staff", "observation", ["happened_from"], sqlite_where=AGAINST_STAFF,
                    postgresql_where=AGAINST_STAFF)  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_observation_against_staff", table_name="observation")
