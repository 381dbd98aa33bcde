"""blobs and photos: how far each upload has come, and which records name it"""

import re

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
OBSERVATION = sa.table("observation", sa.column("id"), sa.column("attachments", JSON))
REVISION = sa.table("observation_revision", sa.column("observation_id"), sa.column("content", JSON))
OBSERVATION_BLOB = sa.table("observation_blob", sa.column("sha256"), sa.column("observation_id"))


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
    op.create_table(
        "observation_blob",
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("observation_id", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "observation_id", name=op.f("pk_observation_blob")),
    )
    _create_photo()
    _note_blobs()


def _create_photo() -> None:
    op.create_table(
        "photo",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("author_id", sa.String(36), nullable=True),
        sa.Column("install", sa.String(36), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("estimated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("accuracy_m", sa.Float(), nullable=True),
        sa.Column("position_age_ms", sa.Float(), nullable=True),
        sa.Column("position_source", sa.String(40), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("changed_seq", sa.BigInteger(), nullable=False),
        sa.Column("shift_id", sa.String(36), nullable=True),
        sa.Column("target", sa.String(36), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    for column in ("changed_seq", "sha256", "target"):
        op.create_index(op.f(f"ix_photo_{column}"), "photo", [column])


def _note_blobs() -> None:
    """What observations already name, as a rebuild would note it."""
    conn = op.get_bind()
    attached = [(row.id, row.attachments) for row in conn.execute(sa.select(OBSERVATION))]
    attached += [(row.observation_id, row.content.get("attachments")) for row in conn.execute(sa.select(REVISION))]
    found = {
        (one["sha256"], target) for target, several in attached for one in several or ()
        if re.fullmatch("[0-9a-f]{64}", one["sha256"])
    }  # fmt: skip
    rows = [{"sha256": sha256, "observation_id": target} for sha256, target in sorted(found)]
    if rows:
        conn.execute(sa.insert(OBSERVATION_BLOB), rows)


def downgrade() -> None:
    op.drop_table("photo")
    op.drop_table("observation_blob")
    op.drop_table("blob")
