"""Noting that somebody has read something. Nobody is shown what could not be noted: a failure goes to the caller."""

from datetime import datetime

from sqlalchemy import Connection, select

from app.audit.models import AuditReading
from app.core.db import Database
from app.core.insert import insert_new

READING = AuditReading.__table__  # type: ignore[attr-defined]
KEY = ("viewer_id", "what", "subject", "hour")


def note(db: Database, *, viewer_id: str, what: str, subject: str, at: datetime) -> None:
    """Opens its own transaction. Raises Problem(BUSY) where it cannot have one."""
    row = {"viewer_id": viewer_id, "what": what, "subject": subject, "hour": _hour(at), "first_at": at}
    with db.read() as conn:
        if _is_noted(conn, row):
            return
    with db.write() as conn:
        insert_new(conn, AuditReading, [row], KEY)


def _is_noted(conn: Connection, row: dict[str, object]) -> bool:
    same = [READING.c[name] == row[name] for name in KEY]
    return conn.execute(select(READING.c.first_at).where(*same)).first() is not None


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
