"""Check-ins: "vi är ok", arrived, left, round, pause."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from app.core.columns import code_field, id_field, json_field, text_field, time_field
from app.journal.record import Record


class Checkin(Record, table=True):
    __tablename__ = "checkin"
    __table_args__ = (
        sa.Index(None, "changed_seq"),
        sa.Index(None, "shift_id"),
        sa.Index(None, "stated_at", "lon", "lat"),
    )
    shift_id: str | None = id_field(default=None)
    kind: str = code_field()
    place_id: str | None = id_field(default=None)
    note: str | None = text_field(default=None)
    next_due: datetime | None = time_field(default=None)
    flagged: dict[str, Any] | None = json_field(default=None)
