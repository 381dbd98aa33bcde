"""history of what is edited in place, planned shifts, calendars by secret address"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

#: Types whose history begins before this table did.
KEPT = ("user.put", "user.contact", "area.put", "place.put", "contact.put")


def upgrade() -> None:
    op.create_table(
        "entity_edit",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("entity_id", sa.String(36), nullable=False),
        sa.Column("type", sa.String(40), nullable=False),
        sa.Column("author_id", sa.String(36), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("value", _json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entity_edit")),
    )
    op.create_index(op.f("ix_entity_edit_entity_id_seq"), "entity_edit", ["entity_id", "seq"])
    _fill()
    _create_plans()


def downgrade() -> None:
    for table in ("calendar_feed", "planned_host", "planned_shift", "plan"):
        op.drop_table(table)
    op.drop_table("entity_edit")


def _create_plans() -> None:
    op.create_table(
        "plan",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("rule", _json(), nullable=False),
        sa.Column("area_id", sa.String(36), nullable=True),
        sa.Column("hosts", _json(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_table(
        "planned_shift",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("plan_id", sa.String(36), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("area_id", sa.String(36), nullable=True),
        sa.Column("hosts", _json(), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("changed_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_shift")),
        sa.CheckConstraint("status IN ('planned', 'cancelled', 'removed')", name=op.f("ck_planned_shift_status")),
    )
    op.create_index(op.f("ix_planned_shift_changed_seq"), "planned_shift", ["changed_seq"])
    op.create_index(op.f("ix_planned_shift_starts_at"), "planned_shift", ["starts_at"])
    op.create_index(op.f("ix_planned_shift_plan_id_starts_at"), "planned_shift", ["plan_id", "starts_at"])
    op.create_table(
        "planned_host",
        sa.Column("planned_id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("planned_id", "person_id", name=op.f("pk_planned_host")),
    )
    op.create_index(op.f("ix_planned_host_person_id_planned_id"), "planned_host", ["person_id", "planned_id"])
    op.create_table(
        "calendar_feed",
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )


def _fill() -> None:
    """As a rebuild would: these types were always applied at once, each at its own seq."""
    conn = op.get_bind()
    cast = "CAST(:value AS jsonb)" if conn.dialect.name == "postgresql" else ":value"
    asked = sa.text(
        "SELECT op_id, type, author, received_at, seq, body FROM journal_op"
        " WHERE status = 'applied' AND body IS NOT NULL AND type IN :types ORDER BY seq"
    ).bindparams(sa.bindparam("types", KEPT, expanding=True))
    rows = []
    for found in conn.execute(asked).all():
        data = json.loads(bytes(found.body))["data"]
        rows.append({"id": found.op_id, "entity_id": data["id"], "type": found.type, "author": found.author,
                     "at": found.received_at, "seq": found.seq, "value": json.dumps(data)})  # fmt: skip
    if rows:
        into = f"INSERT INTO entity_edit VALUES (:id, :entity_id, :type, :author, :at, :seq, {cast})"
        conn.execute(sa.text(into), rows)


def _json() -> sa.types.TypeEngine[Any]:
    return sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
