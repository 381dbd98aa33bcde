"""A talk afterwards for the hosts who met suicide risk: the newest word on each such record."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import code_field, id_field, time_field


class Debrief(SQLModel, table=True):
    """`id` is that of the observation: there is one talk for each."""

    __tablename__ = "debrief"
    __table_args__ = (sa.Index(None, "changed_seq"),)
    id: str = id_field(primary_key=True)
    shift_id: str | None = id_field(default=None)
    #: Whoever wrote the record, who is told.
    reporter_id: str | None = id_field(default=None)
    status: str = code_field()
    #: Whoever said so.
    author_id: str | None = id_field(default=None)
    stated_at: datetime = time_field()
    received_at: datetime = time_field()
    #: The op that said it.
    version: str = id_field()
    changed_seq: int = Field(sa_type=sa.BigInteger)
