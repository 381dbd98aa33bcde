"""Every read of check-ins."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, and_, func, select

from app.access.permission import Viewer
from app.checkin.models import Checkin
from app.checkin.schemas import CheckinsAsked
from app.core.asking import within
from app.core.clock import stamp_or_none
from app.guard.veil import seen
from app.journal.record import wire_of
from app.place.filters import at_place_in, inside
from app.place.queries import PLACE
from app.shift.queries import in_scope, of_area

CHECKIN = Checkin.__table__  # type: ignore[attr-defined]


def wire(row: Any, viewer: Viewer) -> dict[str, Any]:
    """A check-in as the apps read it (kind `checkin`)."""
    return wire_of(row) | {"shift_id": row.shift_id, "kind": row.kind, "place_id": row.place_id,
                           "next_due": stamp_or_none(row.next_due),
                           **seen(viewer, row.flagged, note=row.note)}  # fmt: skip


def latest(conn: Connection, shift_ids: Iterable[str]) -> dict[str, list[Any]]:
    """shift → the last stated check-in of each of its authors."""
    c = CHECKIN.c
    newest = (
        select(c.shift_id, c.author_id, func.max(c.stated_at).label("stated_at"))
        .where(c.shift_id.in_(list(shift_ids)))
        .group_by(c.shift_id, c.author_id)
        .subquery()
    )
    same = and_(*(c[name] == newest.c[name] for name in ("shift_id", "author_id", "stated_at")))
    found: dict[str, list[Any]] = {}
    for row in conn.execute(select(CHECKIN).join(newest, same).order_by(c.stated_at, c.id)):
        found.setdefault(row.shift_id, []).append(row)
    return found


def page(conn: Connection, viewer: Viewer, asked: CheckinsAsked) -> tuple[list[Any], int]:
    """(rows with `place_lon`, `place_lat`; total), newest first."""
    where = _where(viewer, asked)
    total = conn.execute(select(func.count()).select_from(CHECKIN).where(*where)).scalar_one()
    order = (CHECKIN.c.stated_at.desc(), CHECKIN.c.id.desc())
    found = (
        select(CHECKIN, PLACE.c.lon.label("place_lon"), PLACE.c.lat.label("place_lat"))
        .outerjoin(PLACE, PLACE.c.id == CHECKIN.c.place_id)
        .where(*where)
    )
    return list(conn.execute(found.order_by(*order).limit(asked.limit).offset(asked.offset))), total


def get(conn: Connection, viewer: Viewer, checkin_id: str) -> Any | None:
    scope = in_scope(viewer, CHECKIN.c.shift_id, CHECKIN.c.author_id)
    return conn.execute(select(CHECKIN).where(CHECKIN.c.id == checkin_id, scope)).one_or_none()


def _where(viewer: Viewer, asked: CheckinsAsked) -> list[Any]:
    where = [in_scope(viewer, CHECKIN.c.shift_id, CHECKIN.c.author_id)]
    where += within(CHECKIN.c.stated_at, asked.from_, asked.to)
    if asked.box is not None:
        where.append(inside(CHECKIN, asked.box))
    if asked.place_id is not None:
        where.append(CHECKIN.c.place_id == asked.place_id)
    if asked.shift_id is not None:
        where.append(CHECKIN.c.shift_id == asked.shift_id)
    if asked.area_id is not None:
        where.append(at_place_in(CHECKIN.c.place_id, asked.area_id) | of_area(CHECKIN.c.shift_id, asked.area_id))
    return where
