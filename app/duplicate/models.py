"""Two reports of one event: what people said of a pair, and the events that come of it. The reports stay."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import id_field, time_field


class DuplicatePair(SQLModel, table=True):
    """The newest word on a pair, `one` < `other`: one event, or two."""

    __tablename__ = "duplicate_pair"
    __table_args__ = (sa.Index(None, "other"),)
    one: str = id_field(primary_key=True)
    other: str = id_field(primary_key=True)
    is_same: bool = Field(sa_type=sa.Boolean)
    author_id: str | None = id_field(default=None)
    stated_at: datetime = time_field()
    #: The op that said it.
    version: str = id_field()
    changed_seq: int = Field(sa_type=sa.BigInteger)


class DuplicateEvent(SQLModel, table=True):
    """Of each report that is linked to another: the least id of all that are linked with it stands for the event."""

    __tablename__ = "duplicate_event"
    observation_id: str = id_field(primary_key=True)
    event_id: str = id_field(index=True)
