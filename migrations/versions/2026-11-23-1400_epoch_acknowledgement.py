"""who was told that the database went back in time, and who looks after it"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("journal_epoch", sa.Column("seen_seq", sa.BigInteger(), nullable=True))
    for name in ("taken_at", "told_at"):
        op.add_column("journal_epoch", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "epoch_acknowledgement",
        sa.Column("epoch", sa.String(36), nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("author_id", sa.String(36), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("epoch", name=op.f("pk_epoch_acknowledgement")),
    )


def downgrade() -> None:
    op.drop_table("epoch_acknowledgement")
    for name in ("told_at", "taken_at", "seen_seq"):
        op.drop_column("journal_epoch", name)
