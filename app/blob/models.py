"""Blobs: bytes by the hash of their content. No projection: the table tells what lies in the store."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import code_field, id_field, time_field

SHA256_LENGTH = 64


class Blob(SQLModel, table=True):
    """How far an upload has come. `synced_bytes` never exceeds what the store has synced (I14)."""

    __tablename__ = "blob"
    __table_args__ = (sa.CheckConstraint("complete_at IS NULL OR claim IS NULL", name="claim"),)
    sha256: str = Field(sa_type=sa.String(SHA256_LENGTH), primary_key=True)
    synced_bytes: int = Field(sa_type=sa.BigInteger)
    #: Whoever takes over from a writer that has not come back, or begins again, writes into a file of the next number.
    generation: int = Field(sa_type=sa.BigInteger)
    #: The generation whose file holds the synced bytes.
    synced_generation: int = Field(sa_type=sa.BigInteger)
    #: Of the writer at work; it alone may move the offset.
    claim: str | None = id_field(default=None)
    mime: str | None = code_field(default=None)
    begun_at: datetime = time_field()
    complete_at: datetime | None = time_field(default=None)
