"""in which language people are told"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person_language",
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("language", sa.String(40), nullable=False),
        sa.Column("changed_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_language")),
    )


def downgrade() -> None:
    op.drop_table("person_language")
