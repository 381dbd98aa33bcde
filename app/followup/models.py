"""What becomes of what was reported: a passing host's word on whether it is still there."""

import sqlalchemy as sa

from app.core.columns import code_field, id_field
from app.journal.record import Record


class FollowupAnswer(Record, table=True):
    __tablename__ = "followup_answer"
    __table_args__ = (sa.Index(None, "target"),)
    shift_id: str | None = id_field(default=None)
    target: str = id_field()
    answer: str = code_field()
