"""how far what can be found has been filled: no longer in the transaction that takes a record in"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "find_filled",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_find_filled")),
    )
    # Until now each record's row was written beside it; where none is, all are still to be made.
    op.execute("""
        INSERT INTO find_filled (id, seq)
        SELECT 1, CASE WHEN EXISTS (SELECT 1 FROM find_entry) THEN coalesce(max(seq), 0) ELSE 0 END FROM journal_head
    """)


def downgrade() -> None:
    """The version before writes a row beside each new record, and all of them where there is none."""
    op.execute("DELETE FROM find_entry")
    op.drop_table("find_filled")
