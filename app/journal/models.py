"""Tables of the journal: the ops as received, its head, its epochs, and what is known of each install."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import code_field, id_field, json_field, text_field, time_field

#: On SQLite an INTEGER primary key is the row's own number and needs no index beside it.
ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


class JournalOp(SQLModel, table=True):
    """One stored op. The chain covers op_id, hash, seq and received_at; the body may be blanked, its hash stays."""

    __tablename__ = "journal_op"
    __table_args__ = (
        sa.UniqueConstraint("op_id", "hash"),
        sa.Index(None, "install", "client_seq"),
        sa.Index(None, "waits_for", postgresql_where=sa.text("waits_for IS NOT NULL"),
                 sqlite_where=sa.text("waits_for IS NOT NULL")),
        sa.Index(None, "shift", "seq", postgresql_where=sa.text("status = 'quarantined'"),
                 sqlite_where=sa.text("status = 'quarantined'")),
        sa.Index(None, "why", postgresql_where=sa.text("status = 'quarantined'"),
                 sqlite_where=sa.text("status = 'quarantined'")),
        sa.Index(None, "released_seq", postgresql_where=sa.text("released_seq IS NOT NULL"),
                 sqlite_where=sa.text("released_seq IS NOT NULL")),
        sa.CheckConstraint("status IN ('applied', 'quarantined')", name="status"),
    )  # fmt: skip

    seq: int = Field(sa_type=ROW_NUMBER, primary_key=True, sa_column_kwargs={"autoincrement": False})
    op_id: str = id_field()
    hash: bytes = Field(sa_type=sa.LargeBinary(32))
    chain: bytes = Field(sa_type=sa.LargeBinary(32))
    type: str = code_field()
    v: int = Field(sa_type=sa.Integer)
    author: str | None = id_field(default=None)
    shift: str | None = id_field(default=None)
    install: str | None = id_field(default=None)
    client_seq: int | None = Field(default=None, sa_type=sa.BigInteger)
    device: str | None = id_field(default=None)
    #: The exact bytes whose SHA-256 is `hash`.
    body: bytes | None = Field(default=None, sa_type=sa.LargeBinary)
    #: The envelope as received, only where its members could not be stored as columns.
    envelope: dict[str, Any] | None = json_field(default=None)
    received_at: datetime = time_field()
    #: The server's own reckoning of when the op was made; the device's statement stays in the body.
    estimated_at: datetime | None = time_field(default=None)
    #: How far off that is at most; null where nothing bounds it.
    estimated_within_ms: int | None = Field(default=None, sa_type=sa.BigInteger)
    status: str = code_field()
    why: str | None = code_field(default=None)
    waits_for: str | None = text_field(default=None)
    #: Seq of the op whose arrival let this one be applied after a time in quarantine.
    released_seq: int | None = Field(default=None, sa_type=sa.BigInteger)


class JournalHead(SQLModel, table=True):
    """One row: every append locks it, so seq has no holes and follows the order of commits."""

    __tablename__ = "journal_head"
    id: int = Field(sa_type=sa.Integer, primary_key=True, sa_column_kwargs={"autoincrement": False})
    seq: int = Field(sa_type=sa.BigInteger)
    chain: bytes = Field(sa_type=sa.LargeBinary(32))
    epoch: str = id_field()
    #: Ops in quarantine that something may release; zero spares the look-up.
    waiting: int = Field(sa_type=sa.Integer)


class JournalEpoch(SQLModel, table=True):
    """Every incarnation of the database: why it began and after which seq."""

    __tablename__ = "journal_epoch"
    epoch: str = id_field(primary_key=True)
    after_seq: int = Field(sa_type=sa.BigInteger)
    began_at: datetime = time_field()
    cause: str = code_field()
    #: So far a phone had seen the journal that it began anew for.
    seen_seq: int | None = Field(default=None, sa_type=sa.BigInteger)
    #: When a process began to tell people of it, and when somebody was told.
    taken_at: datetime | None = time_field(default=None)
    told_at: datetime | None = time_field(default=None)


class JournalInstall(SQLModel, table=True):
    """Client numbering of one browser profile; seqs up to `contiguous_seq` are all here, holes lie above it."""

    __tablename__ = "journal_install"
    install: str = id_field(primary_key=True)
    contiguous_seq: int = Field(sa_type=sa.BigInteger)
    max_seq: int = Field(sa_type=sa.BigInteger)
    forked: bool = Field(sa_type=sa.Boolean)


class JournalTally(SQLModel, table=True):
    """Ops received per shift and install, whatever their status: what "41 av 41 mottagna" counts."""

    __tablename__ = "journal_tally"
    shift: str = id_field(primary_key=True)
    install: str = id_field(primary_key=True)
    received: int = Field(sa_type=sa.Integer)
    min_seq: int = Field(sa_type=sa.BigInteger)
    max_seq: int = Field(sa_type=sa.BigInteger)
