"""Briefings: what the next evenings are to look at."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import id_field, json_field, text_field, time_field


class Briefing(SQLModel, table=True):
    """The newest word of it; earlier ones stay in the journal."""

    __tablename__ = "briefing"
    __table_args__ = (sa.Index(None, "changed_seq"), sa.Index(None, "valid_to"))
    id: str = id_field(primary_key=True)
    author_id: str | None = id_field(default=None)
    stated_at: datetime = time_field()
    text: str | None = text_field(default=None)
    places: list[dict[str, Any]] = json_field()
    area_id: str | None = id_field(default=None)
    valid_from: datetime = time_field()
    valid_to: datetime = time_field()
    flagged: dict[str, Any] | None = json_field(default=None)
    active: bool = Field(sa_type=sa.Boolean)
    #: Id of the last `briefing.put`: what an editor says that a change is based on.
    version: str = id_field()
    changed_seq: int = Field(sa_type=sa.BigInteger)


class BriefingReading(SQLModel, table=True):
    """Somebody's word of having read it. Its op's id: said twice, it is kept twice and told once."""

    __tablename__ = "briefing_reading"
    id: str = id_field(primary_key=True)
    briefing_id: str = id_field(index=True)
    author_id: str | None = id_field(default=None)
    stated_at: datetime = time_field()
    #: Of the briefing as it was read; null where the phone did not say.
    version: str | None = id_field(default=None)
