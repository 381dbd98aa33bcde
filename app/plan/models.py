"""Tables of planning: series, the shifts that come of them, who is on each, and calendars by secret address."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import code_field, id_field, json_field, time_field


class Plan(SQLModel, table=True):
    """What a supervisor said once, such as every Friday and Saturday until New Year."""

    __tablename__ = "plan"
    id: str = id_field(primary_key=True)
    #: Wall clock in Stockholm: first, until, weekdays, starts, ends.
    rule: dict[str, Any] = json_field()
    area_id: str | None = id_field(default=None)
    hosts: list[str] = json_field()
    active: bool = Field(sa_type=sa.Boolean)
    changed_seq: int = Field(sa_type=sa.BigInteger)


class PlannedShift(SQLModel, table=True):
    """One evening of a plan. `removed`: the series no longer has it; whoever read it is told so."""

    __tablename__ = "planned_shift"
    __table_args__ = (
        sa.Index(None, "changed_seq"),
        sa.Index(None, "starts_at"),
        sa.Index(None, "plan_id", "starts_at"),
        sa.CheckConstraint("status IN ('planned', 'cancelled', 'removed')", name="status"),
    )
    id: str = id_field(primary_key=True)
    plan_id: str = id_field()
    day: date = Field(sa_type=sa.Date)
    starts_at: datetime = time_field()
    ends_at: datetime = time_field()
    area_id: str | None = id_field(default=None)
    hosts: list[str] = json_field()
    status: str = code_field()
    #: Changed by itself: what is later said of the series leaves it alone.
    is_own: bool = Field(sa_type=sa.Boolean)
    changed_seq: int = Field(sa_type=sa.BigInteger)


class PlannedHost(SQLModel, table=True):
    __tablename__ = "planned_host"
    __table_args__ = (sa.Index(None, "person_id", "planned_id"),)
    planned_id: str = id_field(primary_key=True)
    person_id: str = id_field(primary_key=True)


class CalendarFeed(SQLModel, table=True):
    """A person's secret address; only its hash is kept. Beside the journal, like a sign-in."""

    __tablename__ = "calendar_feed"
    person_id: str = id_field(primary_key=True)
    token_hash: str = Field(sa_type=sa.String(64), unique=True)
    created_at: datetime = time_field()
    read_at: datetime | None = time_field(default=None)
