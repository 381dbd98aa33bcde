"""Shifts: who went out, when, where, and each phone's word of how much it wrote."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import code_field, id_field, json_field, text_field, time_field
from app.journal.record import Record


class Shift(Record, table=True):
    __tablename__ = "shift"
    __table_args__ = (
        sa.Index(None, "changed_seq"),
        sa.Index(None, "started_at"),
        sa.Index(None, "area_id"),
        sa.Index(None, "status", "started_at"),
        sa.CheckConstraint("status IN ('open', 'ended')", name="status"),
    )
    status: str = code_field()
    shift_date: date = Field(sa_type=sa.Date)
    started_at: datetime = time_field()
    ended_at: datetime | None = time_field(default=None)
    hosts: list[str] = json_field()
    area_id: str | None = id_field(default=None)
    transport: str | None = code_field(default=None)
    planned_end: datetime | None = time_field(default=None)
    alone_reason: str | None = text_field(default=None)
    summary: str | None = text_field(default=None)
    flagged: dict[str, Any] | None = json_field(default=None)
    summary_flagged: dict[str, Any] | None = json_field(default=None)


class ShiftPresence(SQLModel, table=True):
    """One row per start, join and leave: whatever order they come in, the same crew comes out."""

    __tablename__ = "shift_presence"
    op_id: str = id_field(primary_key=True)
    user_id: str = id_field(primary_key=True)
    shift_id: str = id_field(index=True)
    joins: bool = Field(sa_type=sa.Boolean)
    stated_at: datetime = time_field()
    applied_seq: int = Field(sa_type=sa.BigInteger)


class ShiftMember(SQLModel, table=True):
    """A person's part in a shift. `since_seq`: from when on the shift belongs to their scope."""

    __tablename__ = "shift_member"
    __table_args__ = (sa.Index(None, "user_id", "shift_id"),)
    shift_id: str = id_field(primary_key=True)
    user_id: str = id_field(primary_key=True)
    joined_at: datetime = time_field()
    left_at: datetime | None = time_field(default=None)
    since_seq: int = Field(sa_type=sa.BigInteger)


class ShiftEnd(SQLModel, table=True):
    """One phone's end of a shift, with the number of ops it made in it."""

    __tablename__ = "shift_end"
    id: str = id_field(primary_key=True)
    shift_id: str = id_field(index=True)
    author_id: str | None = id_field(default=None)
    install: str | None = id_field(default=None)
    client_seq: int | None = Field(default=None, sa_type=sa.BigInteger)
    ops: int = Field(sa_type=sa.BigInteger)
    summary: str | None = text_field(default=None)
    stated_at: datetime = time_field()
    received_at: datetime = time_field()
    seq: int = Field(sa_type=sa.BigInteger)
    flagged: dict[str, Any] | None = json_field(default=None)
