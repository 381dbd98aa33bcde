"""note readings"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_reading",
        sa.Column("viewer_id", sa.String(length=36), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=False),
        sa.Column("hour", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("viewer_id", "what", "subject", "hour", name=op.f("pk_audit_reading")),
    )
    with op.batch_alter_table("audit_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_reading_subject"), ["subject"], unique=False)


def downgrade() -> None:
    op.drop_table("audit_reading")
