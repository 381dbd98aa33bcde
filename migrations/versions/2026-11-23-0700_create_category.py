"""categories that an organisation switched off or added"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "category",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_seq", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("group", sa.String(40), nullable=True),
        sa.Column("sv", sa.Text(), nullable=True),
        sa.Column("en", sa.Text(), nullable=True),
        sa.Column("protection", sa.Integer(), nullable=True),
        sa.Column("photos", sa.Boolean(), nullable=True),
        sa.Column("retired", sa.String(40), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
    )
    op.create_index(op.f("ix_category_changed_seq"), "category", ["changed_seq"])


def downgrade() -> None:
    op.drop_table("category")
