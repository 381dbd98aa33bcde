"""What becomes of what was reported: whose it is and until when, each step, and what passing hosts saw."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import code_field, id_field, json_field, text_field, time_field
from app.journal.record import Record


class FollowupAnswer(Record, table=True):
    __tablename__ = "followup_answer"
    __table_args__ = (sa.Index(None, "target"),)
    shift_id: str | None = id_field(default=None)
    target: str = id_field()
    answer: str = code_field()


class Followup(SQLModel, table=True):
    """As its newest word left it."""

    __tablename__ = "followup"
    __table_args__ = (
        sa.Index(None, "changed_seq"),
        sa.Index(None, "observation_id"),
        sa.Index(None, "shift_id"),
        sa.Index(None, "status", "due", "id"),
        sa.Index(None, "status", "received_at", "id"),
        sa.CheckConstraint("status IN ('open', 'closed')", name="status"),
    )
    id: str = id_field(primary_key=True)
    observation_id: str = id_field()
    #: The observation's own: whose shift it was, and who reported it, are told what came of it.
    shift_id: str | None = id_field(default=None)
    reporter_id: str | None = id_field(default=None)
    author_id: str | None = id_field(default=None)
    stated_at: datetime = time_field()
    #: When the server received the newest word.
    received_at: datetime = time_field()
    status: str = code_field()
    kind: str = code_field()
    owner_id: str = id_field()
    due: date = Field(sa_type=sa.Date)
    note: str | None = text_field(default=None)
    draft: str | None = text_field(default=None)
    outcome: str | None = code_field(default=None)
    result: str | None = text_field(default=None)
    #: Of each of its texts: what was found in it.
    flagged: dict[str, Any] | None = json_field(default=None)
    #: Each time that the draft was handed to a channel.
    sent: list[dict[str, Any]] = json_field()
    #: The op that said the newest word.
    version: str = id_field()
    changed_seq: int = Field(sa_type=sa.BigInteger)


class FollowupStep(SQLModel, table=True):
    """One word of its history; `said` holds the members that it set."""

    __tablename__ = "followup_step"
    id: str = id_field(primary_key=True)
    followup_id: str = id_field(index=True)
    seq: int = Field(sa_type=sa.BigInteger)
    what: str = code_field()
    author_id: str | None = id_field(default=None)
    stated_at: datetime = time_field()
    said: dict[str, Any] = json_field()
    flagged: dict[str, Any] | None = json_field(default=None)
