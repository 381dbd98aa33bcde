"""blobs: how far the upload of each has come"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("synced_bytes", sa.BigInteger(), nullable=False),
        sa.Column("generation", sa.BigInteger(), nullable=False),
        sa.Column("synced_generation", sa.BigInteger(), nullable=False),
        sa.Column("claim", sa.String(36), nullable=True),
        sa.Column("mime", sa.String(40), nullable=True),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("complete_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("complete_at IS NULL OR claim IS NULL", name=op.f("ck_blob_claim")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )


def downgrade() -> None:
    op.drop_table("blob")
