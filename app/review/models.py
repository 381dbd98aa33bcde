"""What is said about a shift and its records afterwards: comments and reviews."""

from typing import Any

import sqlalchemy as sa

from app.core.columns import code_field, id_field, json_field, text_field
from app.journal.record import Record


class Comment(Record, table=True):
    __tablename__ = "comment"
    __table_args__ = (sa.Index(None, "changed_seq"), sa.Index(None, "shift_id"))
    shift_id: str | None = id_field(default=None)
    target: str = id_field()
    text: str = text_field()
    flagged: dict[str, Any] | None = json_field(default=None)


class Review(Record, table=True):
    __tablename__ = "review"
    __table_args__ = (
        sa.Index(None, "changed_seq"),
        sa.Index(None, "shift_id"),
        sa.Index(None, "verdict", "stated_at"),
    )
    shift_id: str | None = id_field(default=None)
    target: str = id_field()
    verdict: str = code_field()
    note: str | None = text_field(default=None)
    flagged: dict[str, Any] | None = json_field(default=None)
