"""Every read of briefings. They are for everybody who is signed in."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.access.permission import Viewer
from app.briefing.models import Briefing
from app.core.clock import stamp
from app.guard.veil import seen

BRIEFING = Briefing.__table__  # type: ignore[attr-defined]


def wire(row: Any, viewer: Viewer) -> dict[str, Any]:
    """A briefing as the apps read it (kind `briefing`)."""
    return {"id": row.id, "author_id": row.author_id, "stated_at": stamp(row.stated_at), "places": row.places,
            "area_id": row.area_id, "valid_from": stamp(row.valid_from), "valid_to": stamp(row.valid_to),
            "active": row.active, **seen(viewer, row.flagged, text=row.text)}  # fmt: skip


def coming(conn: Connection, now: datetime) -> list[Any]:
    """Those in force and those to come, the earliest first."""
    found = select(BRIEFING).where(BRIEFING.c.valid_to >= now, BRIEFING.c.active)
    return list(conn.execute(found.order_by(BRIEFING.c.valid_from, BRIEFING.c.id)))


def get(conn: Connection, briefing_id: str) -> Any | None:
    return conn.execute(select(BRIEFING).where(BRIEFING.c.id == briefing_id)).one_or_none()
