"""Noting that somebody has read something. Nobody is shown what could not be noted: a failure goes to the caller."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from app.audit.models import AuditReading
from app.core.db import Database
from app.core.insert import insert_new

READING = AuditReading.__table__  # type: ignore[attr-defined]
KEY = ("viewer_id", "what", "subject", "hour")


def note(db: Database, *, viewer_id: str, what: str, subject: str, at: datetime) -> None:
    """Opens its own transaction. Raises Problem(BUSY) where it cannot have one."""
    note_all(db, viewer_id=viewer_id, what=what, subjects=[subject], at=at)


def note_all(db: Database, *, viewer_id: str, what: str, subjects: Iterable[str], at: datetime) -> None:
    """The same of many, in one transaction; none at all where nothing is new."""
    asked = sorted(set(subjects))
    if not asked:
        return
    with db.read() as conn:
        known = _noted(conn, viewer_id, what, asked, _hour(at))
    told = {"viewer_id": viewer_id, "what": what, "hour": _hour(at), "first_at": at}
    rows = [told | {"subject": subject} for subject in asked if subject not in known]
    if rows:
        with db.write() as conn:
            insert_new(conn, AuditReading, rows, KEY)


def _noted(conn: Connection, viewer_id: str, what: str, subjects: Sequence[str], hour: datetime) -> set[str]:
    same = (READING.c.viewer_id == viewer_id, READING.c.what == what, READING.c.hour == hour)
    found = select(READING.c.subject).where(*same, READING.c.subject.in_(list(subjects)))
    return set(conn.execute(found).scalars())


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
