"""Every read of shifts. A host sees the shifts they are on; others as their role says."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select, true

from app.access.permission import Right, Viewer
from app.core.asking import within
from app.core.clock import stamp, stamp_or_none
from app.guard.veil import both_seen, seen
from app.journal.record import wire_of
from app.place.filters import inside
from app.shift.models import Shift, ShiftEnd, ShiftMember
from app.shift.schemas import ShiftsAsked

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


def page(conn: Connection, viewer: Viewer, asked: ShiftsAsked) -> tuple[list[Any], int]:
    """(rows, total), newest first."""
    where = [in_scope(viewer, SHIFT.c.id, SHIFT.c.author_id), *within(SHIFT.c.started_at, asked.from_, asked.to)]
    if asked.box is not None:
        where.append(inside(SHIFT, asked.box))
    if asked.area_id is not None:
        where.append(SHIFT.c.area_id == asked.area_id)
    if asked.status is not None:
        where.append(SHIFT.c.status == asked.status)
    return newest(conn, where, limit=asked.limit, offset=asked.offset)


def newest(conn: Connection, where: list[Any], *, limit: int, offset: int) -> tuple[list[Any], int]:
    """(rows, total) of the shifts that meet the conditions; the scope is among them."""
    total = conn.execute(select(func.count()).select_from(SHIFT).where(*where)).scalar_one()
    order = (SHIFT.c.started_at.desc(), SHIFT.c.id.desc())
    rows = conn.execute(select(SHIFT).where(*where).order_by(*order).limit(limit).offset(offset))
    return list(rows), total


def of_area(shift_column: Any, area_id: str) -> ColumnElement[bool]:
    """In a shift that went out in this area."""
    condition: ColumnElement[bool] = shift_column.in_(select(SHIFT.c.id).where(SHIFT.c.area_id == area_id))
    return condition


def exists(conn: Connection, shift_id: str) -> bool:
    """Whoever asks: for those who write to a shift that they need not be able to read."""
    return conn.execute(select(SHIFT.c.id).where(SHIFT.c.id == shift_id)).first() is not None


def ends(conn: Connection, shift_ids: Iterable[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in conn.execute(select(END).where(END.c.shift_id.in_(list(shift_ids))).order_by(END.c.stated_at, END.c.id)):
        found.setdefault(row.shift_id, []).append(row)
    return found


def wire(row: Any, crew: Iterable[Any], viewer: Viewer) -> dict[str, Any]:
    """A shift as the apps read it (kind `shift`)."""
    summary = seen(viewer, row.summary_flagged, summary=row.summary)
    alone = seen(viewer, row.flagged, alone_reason=row.alone_reason)
    return wire_of(row) | {
        "status": row.status, "shift_date": row.shift_date.isoformat(), "started_at": stamp(row.started_at),
        "ended_at": stamp_or_none(row.ended_at), "hosts": row.hosts,
        "members": [
            {"user_id": m.user_id, "joined_at": stamp(m.joined_at), "left_at": stamp_or_none(m.left_at)} for m in crew
        ],
        "area_id": row.area_id, "transport": row.transport, "planned_end": stamp_or_none(row.planned_end),
        **both_seen(alone, summary),
    }  # fmt: skip


def wires(conn: Connection, viewer: Viewer, rows: list[Any]) -> list[dict[str, Any]]:
    crew = members(conn, [row.id for row in rows])
    return [wire(row, crew.get(row.id, []), viewer) for row in rows]
