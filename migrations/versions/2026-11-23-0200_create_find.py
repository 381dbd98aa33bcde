"""what can be found: one row for each record, its words indexed; the server fills it at its next start"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
INDEXES = (("nth", "lon", "lat", "place_id"), ("code", "nth"), ("place_id", "nth"), ("shift_id", "nth"),
           ("severity", "nth"), ("kind", "nth"))  # fmt: skip
#: Ranked by time and never by words, so neither the order of words nor their number is kept.
FTS5 = """CREATE VIRTUAL TABLE find_words USING fts5(words, content='find_entry', content_rowid='nth', detail=none,
columnsize=0, prefix='2 3', tokenize='unicode61 remove_diacritics 0')"""
FORGET = "INSERT INTO find_words (find_words, rowid, words) VALUES ('delete', old.nth, old.words);"
LEARN = "INSERT INTO find_words (rowid, words) VALUES (new.nth, new.words);"
TRIGGERS = {"insert": LEARN, "delete": FORGET, "update": f"{FORGET} {LEARN}"}
#: No parser of PostgreSQL's: the words come as they are to be compared.
GIN = """CREATE INDEX ix_find_entry_words ON find_entry
USING gin (array_to_tsvector(string_to_array(words, ' ')))"""


def upgrade() -> None:
    op.create_table(
        "find_entry",
        sa.Column("nth", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("code", sa.String(40), nullable=True),
        sa.Column("severity", sa.SmallInteger(), nullable=False),
        sa.Column("shift_id", sa.String(36), nullable=True),
        sa.Column("place_id", sa.String(36), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("about_id", sa.String(36), nullable=True),
        sa.Column("is_restricted", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("nth", name=op.f("pk_find_entry")),
    )
    op.create_index(op.f("ix_find_entry_id"), "find_entry", ["id"], unique=True)
    for columns in INDEXES:
        op.create_index(op.f(f"ix_find_entry_{'_'.join(columns)}"), "find_entry", list(columns))
    if op.get_context().dialect.name == "sqlite":
        op.execute(FTS5)
        for act, steps in TRIGGERS.items():
            op.execute(f"CREATE TRIGGER find_entry_{act} AFTER {act} ON find_entry BEGIN {steps} END")
    else:
        op.execute(GIN)
    op.create_table(
        "find_saved",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("asked", JSON, nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed_seq", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_find_saved")),
    )
    op.create_index(op.f("ix_find_saved_person_id"), "find_saved", ["person_id"])


def downgrade() -> None:
    op.drop_table("find_saved")
    if op.get_context().dialect.name == "sqlite":
        op.drop_table("find_words")
    op.drop_table("find_entry")
