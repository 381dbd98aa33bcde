"""What is said of a week, and its editions: figures and words as they were when they were frozen."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import code_field, id_field, json_field, text_field, time_field


class SituationWeek(SQLModel, table=True):
    """The newest words; earlier ones stay in the journal."""

    __tablename__ = "situation_week"
    #: ISO 8601: 2026-W47.
    week: str = code_field(primary_key=True)
    text: str | None = text_field(default=None)
    author_id: str | None = id_field(default=None)
    stated_at: datetime = time_field()
    #: Id of the op that said so: what an editor says that a change is based on.
    version: str = id_field()
    #: Reasons for words that were looked at and stay; an edition of these words carries them.
    kept: list[dict[str, Any]] | None = json_field(default=None)
    flagged: dict[str, Any] | None = json_field(default=None)


class SituationEdition(SQLModel, table=True):
    """Never changed."""

    __tablename__ = "situation_edition"
    __table_args__ = (sa.UniqueConstraint("week", "number"),)
    id: str = id_field(primary_key=True)
    week: str = code_field()
    number: int = Field(sa_type=sa.Integer)
    author_id: str | None = id_field(default=None)
    stated_at: datetime = time_field()
    seq: int = Field(sa_type=sa.BigInteger)
    figures: dict[str, Any] = json_field()
    text: str | None = text_field(default=None)
    flagged: dict[str, Any] | None = json_field(default=None)


class SituationEditionRecord(SQLModel, table=True):
    """An observation that was counted, and how many times it had been corrected by then."""

    __tablename__ = "situation_edition_record"
    edition_id: str = id_field(primary_key=True)
    observation_id: str = id_field(primary_key=True)
    corrections: int = Field(sa_type=sa.Integer)
