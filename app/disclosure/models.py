"""The register of what was handed out. It names versions and what was masked in them, and copies no words."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import code_field, id_field, json_field, text_field, time_field


class Disclosure(SQLModel, table=True):
    """Never changed."""

    __tablename__ = "disclosure"
    __table_args__ = (sa.Index(None, "year", "number"),)
    id: str = id_field(primary_key=True)
    year: int = Field(sa_type=sa.Integer)
    number: int = Field(sa_type=sa.Integer)
    author_id: str | None = id_field(default=None)
    stated_at: datetime = time_field()
    #: police, authority, subject, public; others are kept and shown as they are.
    recipient_kind: str = code_field()
    recipient: str | None = text_field(default=None)
    reference: str | None = text_field(default=None)
    decision: str = text_field()
    positions: bool = Field(sa_type=sa.Boolean)
    flagged: dict[str, Any] | None = json_field(default=None)


class DisclosureRecord(SQLModel, table=True):
    """An observation in it, as it was then. `versions`: `bodies.Version`, in order."""

    __tablename__ = "disclosure_record"
    __table_args__ = (sa.Index(None, "observation_id"),)
    disclosure_id: str = id_field(primary_key=True)
    observation_id: str = id_field(primary_key=True)
    place: int = Field(sa_type=sa.Integer)
    corrections: int = Field(sa_type=sa.Integer)
    retracted: bool = Field(sa_type=sa.Boolean)
    versions: list[dict[str, Any]] = json_field()
