"""Tables of retention: what is decided, what is held back, and the protocol of what was erased."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import code_field, id_field, json_field, text_field, time_field


class RetentionRule(SQLModel, table=True):
    """The decision in force for a class; `months` is null where it was taken back. Without a row nothing is erased."""

    __tablename__ = "retention_rule"
    cls: str = code_field(primary_key=True)
    months: int | None = Field(default=None, sa_type=sa.Integer)
    reference: str = text_field()
    author_id: str | None = id_field(default=None)
    stated_at: datetime = time_field()
    changed_seq: int = Field(sa_type=sa.BigInteger)
    flagged: dict[str, Any] | None = json_field(default=None)


class RetentionHold(SQLModel, table=True):
    """A shift that is kept whatever is decided, until somebody lifts it."""

    __tablename__ = "retention_hold"
    shift_id: str = id_field(primary_key=True)
    active: bool = Field(sa_type=sa.Boolean)
    reason: str = text_field()
    author_id: str | None = id_field(default=None)
    stated_at: datetime = time_field()
    changed_seq: int = Field(sa_type=sa.BigInteger)
    flagged: dict[str, Any] | None = json_field(default=None)


class RetentionRun(SQLModel, table=True):
    """One erasing of one class: counts alone, nothing of what was erased."""

    __tablename__ = "retention_run"
    __table_args__ = (sa.Index(None, "at"),)
    id: str = id_field(primary_key=True)
    cls: str = code_field()
    #: What is older than this day.
    before: date = Field(sa_type=sa.Date)
    months: int = Field(sa_type=sa.Integer)
    reference: str = text_field()
    #: Null: by itself.
    author_id: str | None = id_field(default=None)
    at: datetime = time_field()
    #: Shifts, plans, people or noted readings.
    things: int = Field(sa_type=sa.Integer)
    ops: int = Field(sa_type=sa.Integer)
    photos: int = Field(sa_type=sa.Integer)
    #: reason → how many of the class were old enough and were kept
    kept: dict[str, int] = json_field()
    flagged: dict[str, Any] | None = json_field(default=None)
