"""the register of what was handed out"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "disclosure",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.String(36), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recipient_kind", sa.String(40), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("positions", sa.Boolean(), nullable=False),
        sa.Column("flagged", _json(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disclosure")),
    )
    op.create_index(op.f("ix_disclosure_year_number"), "disclosure", ["year", "number"])
    op.create_table(
        "disclosure_record",
        sa.Column("disclosure_id", sa.String(36), nullable=False),
        sa.Column("observation_id", sa.String(36), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("corrections", sa.Integer(), nullable=False),
        sa.Column("retracted", sa.Boolean(), nullable=False),
        sa.Column("versions", _json(), nullable=False),
        sa.PrimaryKeyConstraint("disclosure_id", "observation_id", name=op.f("pk_disclosure_record")),
    )
    op.create_index(op.f("ix_disclosure_record_observation_id"), "disclosure_record", ["observation_id"])


def downgrade() -> None:
    op.drop_table("disclosure_record")
    op.drop_table("disclosure")


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
