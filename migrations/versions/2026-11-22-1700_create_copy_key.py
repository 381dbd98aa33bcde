"""the organisation's key pairs for saved copies"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "copy_key",
        sa.Column("kid", sa.String(43), nullable=False),
        sa.Column("jwk", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_copy_key")),
    )


def downgrade() -> None:
    op.drop_table("copy_key")
