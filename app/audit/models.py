"""Who read what, and when: told by the hour, so that a page that is looked at all evening is one row an hour."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import SQLModel

from app.core.columns import code_field, id_field, time_field


class AuditReading(SQLModel, table=True):
    """No projection: a reading is not an op, and a rebuild leaves it alone."""

    __tablename__ = "audit_reading"
    __table_args__ = (sa.Index(None, "subject"),)
    viewer_id: str = id_field(primary_key=True)
    what: str = code_field(primary_key=True)
    subject: str = id_field(primary_key=True)
    hour: datetime = time_field(primary_key=True)
    first_at: datetime = time_field()
