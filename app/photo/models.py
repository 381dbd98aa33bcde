"""Photos that were added to an observation after it was written; those written with it are its attachments."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from app.core.columns import id_field, json_field, text_field
from app.journal.record import Record


class Photo(Record, table=True):
    __tablename__ = "photo"
    __table_args__ = (sa.Index(None, "changed_seq"), sa.Index(None, "sha256"), sa.Index(None, "target"))
    shift_id: str | None = id_field(default=None)
    target: str = id_field()
    sha256: str = Field(sa_type=sa.String(64))
    size: int = Field(sa_type=sa.BigInteger)
    mime: str = text_field()
    caption: str | None = text_field(default=None)
    flagged: dict[str, Any] | None = json_field(default=None)
