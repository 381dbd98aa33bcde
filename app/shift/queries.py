"""Every read of shifts. A host sees the shifts they are on; others as their role says."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, true

from app.access.permission import Right, Viewer
from app.core.clock import stamp, stamp_or_none
from app.journal.record import wire_of
from app.shift.models import Shift, ShiftEnd, ShiftMember

SHIFT = Shift.__table__  # type: ignore[attr-defined]
MEMBER = ShiftMember.__table__  # type: ignore[attr-defined]
END = ShiftEnd.__table__  # type: ignore[attr-defined]


def crews(conn: Connection, shift_ids: Iterable[str | None]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    wanted = [s for s in shift_ids if s]
    for row in conn.execute(select(MEMBER.c.shift_id, MEMBER.c.user_id).where(MEMBER.c.shift_id.in_(wanted))):
        found.setdefault(row.shift_id, set()).add(row.user_id)
    return found


def members(conn: Connection, shift_ids: Iterable[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    stmt = select(MEMBER).where(MEMBER.c.shift_id.in_(list(shift_ids))).order_by(MEMBER.c.joined_at, MEMBER.c.user_id)
    for row in conn.execute(stmt):
        found.setdefault(row.shift_id, []).append(row)
    return found


def in_scope(viewer: Viewer, shift_column: Any, author_column: Any) -> ColumnElement[bool]:
    """The records a viewer may read: all, or those of their shifts and their own."""
    if viewer.may(Right.RECORD_READ_ALL):
        return true()
    mine = select(MEMBER.c.shift_id).where(MEMBER.c.user_id == viewer.id)
    return shift_column.in_(mine) | (author_column == viewer.id)  # type: ignore[no-any-return]


def get(conn: Connection, viewer: Viewer, shift_id: str) -> Any | None:
    scope = in_scope(viewer, SHIFT.c.id, SHIFT.c.author_id)
    return conn.execute(select(SHIFT).where(SHIFT.c.id == shift_id, scope)).one_or_none()


def page(
    conn: Connection, viewer: Viewer, *, where: Iterable[ColumnElement[bool]] = (), limit: int, offset: int,
) -> tuple[list[Any], int]:  # fmt: skip
    """(rows, total), newest first."""
    conditions = [in_scope(viewer, SHIFT.c.id, SHIFT.c.author_id), *where]
    total = conn.execute(select(func.count()).select_from(SHIFT).where(*conditions)).scalar_one()
    order = (SHIFT.c.started_at.desc(), SHIFT.c.id.desc())
    rows = conn.execute(select(SHIFT).where(*conditions).order_by(*order).limit(limit).offset(offset))
    return list(rows), total


def between(start: datetime | None, end: datetime | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if start is not None:
        conditions.append(SHIFT.c.started_at >= start)
    if end is not None:
        conditions.append(SHIFT.c.started_at < end)
    return conditions


def ends(conn: Connection, shift_ids: Iterable[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in conn.execute(select(END).where(END.c.shift_id.in_(list(shift_ids))).order_by(END.c.stated_at, END.c.id)):
        found.setdefault(row.shift_id, []).append(row)
    return found


def wire(row: Any, crew: Iterable[Any]) -> dict[str, Any]:
    """A shift as the apps read it (kind `shift`)."""
    return wire_of(row) | {
        "status": row.status, "shift_date": row.shift_date.isoformat(), "started_at": stamp(row.started_at),
        "ended_at": stamp_or_none(row.ended_at), "hosts": row.hosts,
        "members": [
            {"user_id": m.user_id, "joined_at": stamp(m.joined_at), "left_at": stamp_or_none(m.left_at)} for m in crew
        ],
        "area_id": row.area_id, "transport": row.transport, "planned_end": stamp_or_none(row.planned_end),
        "alone_reason": row.alone_reason, "summary": row.summary,
    }  # fmt: skip
