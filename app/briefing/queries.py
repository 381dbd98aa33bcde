"""Every read of briefings. They are for everybody who is signed in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, or_, select

from app.access.permission import Viewer
from app.briefing.models import Briefing, BriefingReading
from app.briefing.rules import EARLY, Out, is_settled
from app.core.clock import stamp
from app.guard.veil import seen
from app.shift.queries import SHIFT

BRIEFING = Briefing.__table__  # type: ignore[attr-defined]
READING = BriefingReading.__table__  # type: ignore[attr-defined]


def wires(conn: Connection, viewer: Viewer, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Briefings as the apps read them (kind `briefing`), each with the first word of each person who has read it so."""
    read: dict[str, dict[Any, Any]] = {row.id: {} for row in rows}
    if rows:
        found = select(READING).where(READING.c.briefing_id.in_(list(read)))
        for one in conn.execute(found.order_by(READING.c.stated_at, READING.c.id)):
            read[one.briefing_id].setdefault((one.author_id, one.version), one)
    return [_wire(row, viewer, list(read[row.id].values())) for row in rows]


def _wire(row: Any, viewer: Viewer, read: Sequence[Any]) -> dict[str, Any]:
    return {"id": row.id, "author_id": row.author_id, "stated_at": stamp(row.stated_at), "places": row.places,
            "area_id": row.area_id, "valid_from": stamp(row.valid_from), "valid_to": stamp(row.valid_to),
            "active": row.active, "version": row.version, **seen(viewer, row.flagged, text=row.text),
            "read_by": [{"author_id": one.author_id, "stated_at": stamp(one.stated_at), "version": one.version}
                        for one in read]}  # fmt: skip


def coming(conn: Connection, now: datetime) -> list[Any]:
    """Those in force and those to come, the earliest first."""
    found = select(BRIEFING).where(BRIEFING.c.valid_to >= now, BRIEFING.c.active)
    return list(conn.execute(found.order_by(BRIEFING.c.valid_from, BRIEFING.c.id)))


def earlier(conn: Connection, now: datetime, *, limit: int, offset: int) -> tuple[list[Any], int]:
    """(rows, total) of those that are over or were withdrawn, the latest first."""
    over = or_(BRIEFING.c.valid_to < now, ~BRIEFING.c.active)
    total = conn.execute(select(func.count()).select_from(BRIEFING).where(over)).scalar_one()
    order = (BRIEFING.c.valid_to.desc(), BRIEFING.c.id.desc())
    return list(conn.execute(select(BRIEFING).where(over).order_by(*order).limit(limit).offset(offset))), total


def get(conn: Connection, briefing_id: str) -> Any | None:
    return conn.execute(select(BRIEFING).where(BRIEFING.c.id == briefing_id)).one_or_none()


def settled(conn: Connection, rows: Sequence[Any], now: datetime) -> set[str]:
    """Ids of those that no longer change."""
    found = select(SHIFT.c.started_at, SHIFT.c.area_id).where(
        SHIFT.c.started_at >= now - EARLY, SHIFT.c.status == "open"
    )
    out = [Out(*row) for row in conn.execute(found)]
    return {row.id for row in rows if is_settled(row.valid_from, row.area_id, out, now)}
