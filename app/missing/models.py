"""What is missing and does not matter: somebody said so, and why. What is missing is reckoned anew at each look."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from app.core.columns import code_field, id_field, json_field, text_field, time_field


class MissingDismissal(SQLModel, table=True):
    """The newest word on one line of the list."""

    __tablename__ = "missing_dismissal"
    kind: str = code_field(primary_key=True)
    subject: str = id_field(primary_key=True)
    active: bool = Field(sa_type=sa.Boolean)
    reason: str | None = text_field(default=None)
    flagged: dict[str, Any] | None = json_field(default=None)
    author_id: str | None = id_field(default=None)
    stated_at: datetime = time_field()
    changed_seq: int = Field(sa_type=sa.BigInteger)
