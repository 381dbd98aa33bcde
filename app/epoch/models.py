"""Who has seen that the database went back in time; that it did stands in the journal's own table of epochs."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import id_field, time_field


class EpochAcknowledgement(SQLModel, table=True):
    """By name, of this epoch and of all that began before it. The first one counts."""

    __tablename__ = "epoch_acknowledgement"
    epoch: str = id_field(primary_key=True)
    id: str = id_field()
    author_id: str | None = id_field(default=None)
    stated_at: datetime = time_field()
    changed_seq: int = Field(sa_type=sa.BigInteger)
