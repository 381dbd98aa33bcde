"""Help that was called: the service, each attempt to reach it, and how it ended."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from app.core.columns import code_field, id_field, json_field, text_field, time_field
from app.journal.record import Record


class Escalation(Record, table=True):
    __tablename__ = "escalation"
    __table_args__ = (
        sa.Index(None, "changed_seq"),
        sa.Index(None, "shift_id"),
        sa.Index(None, "stated_at", "lon", "lat"),
        sa.Index(None, "status", "stated_at"),
        sa.Index(None, "observation_id"),
        sa.CheckConstraint("status IN ('open', 'closed')", name="status"),
    )
    shift_id: str | None = id_field(default=None)
    status: str = code_field()
    service: str = code_field()
    channel: str | None = code_field(default=None)
    observation_id: str | None = id_field(default=None)
    cause: str | None = text_field(default=None)
    closed: dict[str, Any] | None = json_field(default=None)
    flagged: dict[str, Any] | None = json_field(default=None)


class EscalationAttempt(SQLModel, table=True):
    """Times are `{"kind": "point"|"about", "from": time}` or null: what was not seen is not guessed."""

    __tablename__ = "escalation_attempt"
    id: str = id_field(primary_key=True)
    escalation_id: str = id_field(index=True)
    author_id: str | None = id_field(default=None)
    stated_at: datetime = time_field()
    attempted_at: datetime = time_field()
    attempted: dict[str, Any] = json_field()
    answered: dict[str, Any] | None = json_field(default=None)
    arrived: dict[str, Any] | None = json_field(default=None)
    left: dict[str, Any] | None = json_field(default=None)
    outcome: str = code_field()
    reference: str | None = text_field(default=None)
    note: str | None = text_field(default=None)
    flagged: dict[str, Any] | None = json_field(default=None)
