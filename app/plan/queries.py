"""Every read of planning. A host is told of the shifts that they are on, overseers of all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.access.permission import Right, Viewer
from app.core.clock import stamp
from app.plan import rules
from app.plan.models import CalendarFeed, Plan, PlannedHost, PlannedShift
from app.shift.queries import MEMBER, SHIFT

PLAN = Plan.__table__  # type: ignore[attr-defined]
PLANNED = PlannedShift.__table__  # type: ignore[attr-defined]
HOST = PlannedHost.__table__  # type: ignore[attr-defined]
FEED = CalendarFeed.__table__  # type: ignore[attr-defined]
#: More than any organisation plans in the time that may be asked for.
SHOWN_MAX = 2000


def wire(row: Any) -> dict[str, Any]:
    """A planned shift as the apps read it (kind `plan`)."""
    return {"id": row.id, "plan_id": row.plan_id, "day": row.day.isoformat(), "starts_at": stamp(row.starts_at),
            "ends_at": stamp(row.ends_at), "area_id": row.area_id, "hosts": row.hosts, "status": row.status,
            "is_own": row.is_own}  # fmt: skip


def desk_wire(row: Any) -> dict[str, Any]:
    """With what an edit of it is based on."""
    return wire(row) | {"version": row.changed_seq}


def wires(_conn: Connection, viewer: Viewer, rows: Sequence[Any]) -> list[dict[str, Any] | None]:
    """None, told as deleted, for what the series no longer has, and for hosts who are not on it (any longer)."""
    sees_all = viewer.may(Right.PLAN_EDIT)
    return [None if row.status == "removed" or not (sees_all or viewer.id in row.hosts) else wire(row) for row in rows]


def plan_wire(row: Any) -> dict[str, Any]:
    return {"id": row.id, "rule": row.rule, "area_id": row.area_id, "hosts": row.hosts, "active": row.active,
            "version": row.changed_seq}  # fmt: skip


def between(conn: Connection, viewer: Viewer, start: datetime, end: datetime) -> tuple[list[Any], list[Any]]:
    """(planned shifts that begin in the span, in order; the series that they are of). Nothing for who may not plan."""
    if not viewer.may(Right.PLAN_EDIT):
        return [], []
    where = (PLANNED.c.starts_at >= start, PLANNED.c.starts_at < end, PLANNED.c.status != "removed")
    order = (PLANNED.c.starts_at, PLANNED.c.id)
    shifts = list(conn.execute(select(PLANNED).where(*where).order_by(*order).limit(SHOWN_MAX)))
    ids = sorted({row.plan_id for row in shifts})
    return shifts, list(conn.execute(select(PLAN).where(PLAN.c.id.in_(ids))))


def without_log(conn: Connection, viewer: Viewer, start: datetime, end: datetime) -> list[Any]:
    """Planned shifts in the span that none of their hosts started: for whoever looks for reports that are missing.

    `end` is when they should have begun by; two statements whatever the span holds.
    """
    if not viewer.may(Right.RECORD_READ_ALL):
        return []
    where = (PLANNED.c.starts_at >= start, PLANNED.c.starts_at < end, PLANNED.c.status == "planned")
    planned = list(conn.execute(select(PLANNED).where(*where).order_by(PLANNED.c.starts_at, PLANNED.c.id)))
    if not planned:
        return []
    last = max(row.ends_at for row in planned)
    began = (SHIFT.c.started_at >= start - rules.EARLY, SHIFT.c.started_at < last)
    crews: dict[str, tuple[datetime, set[str]]] = {}
    found = select(SHIFT.c.id, SHIFT.c.started_at, MEMBER.c.user_id).join(MEMBER, MEMBER.c.shift_id == SHIFT.c.id)
    for row in conn.execute(found.where(*began)):
        crews.setdefault(row.id, (row.started_at, set()))[1].add(row.user_id)
    logged = [rules.Logged(started_at, frozenset(hosts)) for started_at, hosts in crews.values()]
    missing = set(rules.without_log([(r.id, r.starts_at, r.ends_at, r.hosts) for r in planned], logged))
    return [row for row in planned if row.id in missing]


def plan(conn: Connection, plan_id: str) -> Any | None:
    return conn.execute(select(PLAN).where(PLAN.c.id == plan_id)).one_or_none()


def planned(conn: Connection, planned_id: str) -> Any | None:
    where = (PLANNED.c.id == planned_id, PLANNED.c.status != "removed")
    return conn.execute(select(PLANNED).where(*where)).one_or_none()


def of_person(conn: Connection, person_id: str, since: datetime) -> list[Any]:
    """For that person's own calendar."""
    mine = select(HOST.c.planned_id).where(HOST.c.person_id == person_id)
    where = (PLANNED.c.id.in_(mine), PLANNED.c.ends_at >= since, PLANNED.c.status != "removed")
    return list(conn.execute(select(PLANNED).where(*where).order_by(PLANNED.c.starts_at).limit(SHOWN_MAX)))
