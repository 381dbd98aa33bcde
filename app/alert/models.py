"""Alarms, each step in which people were told of one, and what the organisation said of who is told when."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import code_field, id_field, json_field, text_field, time_field
from app.journal.record import Record


class Alert(Record, table=True):
    __tablename__ = "alert"
    __table_args__ = (
        sa.Index(None, "changed_seq"),
        sa.Index(None, "shift_id"),
        sa.Index(None, "status", "received_at"),
        sa.Index(None, "checkin_id"),
        sa.CheckConstraint("status IN ('open', 'cleared')", name="status"),
    )
    shift_id: str | None = id_field(default=None)
    status: str = code_field()
    kind: str = code_field()
    #: Whom it is about: who raised it, or who did not check in.
    host_id: str | None = id_field(default=None)
    note: str | None = text_field(default=None)
    #: Overdue: the check-in that promised the next, and when that was due by the server's reckoning.
    checkin_id: str | None = id_field(default=None)
    due_at: datetime | None = time_field(default=None)
    #: Everybody who has acknowledged it, in the order in which they say they did.
    acknowledged: list[dict[str, Any]] = json_field()
    cleared: dict[str, Any] | None = json_field(default=None)
    flagged: dict[str, Any] | None = json_field(default=None)


class AlertStep(SQLModel, table=True):
    """People whom the server set out to tell; `told` is null until it knows what came of it.

    `alert_id`: the alarm, or the observation of a threat against staff, which is told without being one.
    """

    __tablename__ = "alert_step"
    id: str = id_field(primary_key=True)
    alert_id: str = id_field(index=True)
    number: int = Field(sa_type=sa.Integer)
    attempt: int = Field(sa_type=sa.Integer)
    rung: str = text_field()
    whom: list[str] = json_field()
    at: datetime = time_field()
    told: list[dict[str, Any]] | None = json_field(default=None)
    told_at: datetime | None = time_field(default=None)


class Ladder(SQLModel, table=True):
    """Each word that the organisation has said of who is told of what; the last of a kind holds.

    Those before it are kept: an alarm goes by what held when it was raised.
    """

    __tablename__ = "ladder"
    __table_args__ = (sa.Index(None, "kind", "seq"),)
    id: str = id_field(primary_key=True)
    kind: str = code_field()
    #: False: what the settings say holds again.
    active: bool = Field(sa_type=sa.Boolean)
    grace_min: int | None = Field(default=None, sa_type=sa.Integer)
    repeat_min: int | None = Field(default=None, sa_type=sa.Integer)
    steps: list[dict[str, Any]] = json_field()
    at: datetime = time_field()
    seq: int = Field(sa_type=sa.BigInteger)
