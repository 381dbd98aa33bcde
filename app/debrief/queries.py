"""Every read of talks afterwards. Whoever may not read the record is told of none."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from app.access.permission import Viewer
from app.access.queries import PERSON
from app.core.clock import stamp
from app.debrief.models import Debrief
from app.observation.queries import OBSERVATION, REVISION, closed_to, readable

DEBRIEF = Debrief.__table__  # type: ignore[attr-defined]
#: Of which a talk afterwards is asked: suicide risk.
CATEGORIES = ("H2",)


def of_shift(conn: Connection, viewer: Viewer, shift_id: str) -> list[dict[str, Any]]:
    """One line for each record of a shift that asks for it, the oldest first. One statement."""
    return _lines(conn, viewer, OBSERVATION.c.shift_id == shift_id, OBSERVATION.c.status != "retracted")


def of_record(conn: Connection, viewer: Viewer, observation_id: str) -> dict[str, Any] | None:
    """None where the record is not here for this viewer, or asks for no talk."""
    return next(iter(_lines(conn, viewer, OBSERVATION.c.id == observation_id)), None)


def phones(conn: Connection, viewer: Viewer, rows: Sequence[Any]) -> list[dict[str, Any] | None]:
    """As phones read it (kind `debrief`): None, told as deleted, where the record is closed to the reader."""
    closed = closed_to(conn, viewer, [row.id for row in rows])
    return [
        None if row.id in closed else
        {"id": row.id, "shift_id": row.shift_id, "status": row.status, "author_id": row.author_id,
         "stated_at": stamp(row.stated_at)}
        for row in rows
    ]  # fmt: skip


def _lines(conn: Connection, viewer: Viewer, *where: Any) -> list[dict[str, Any]]:
    """Also of what once was one of these: it was met, whatever it is called now."""
    o, d = OBSERVATION.c, DEBRIEF.c
    # Counted, since PostgreSQL would answer an EXISTS here by reading all revisions first.
    once = select(func.count()).where(
        REVISION.c.observation_id == o.id, REVISION.c.content["category"].as_string().in_(CATEGORIES)
    )
    found = (
        select(o.id, o.shift_id, o.happened_from, d.status, d.author_id, d.stated_at, d.version, PERSON.c.name)
        .outerjoin(DEBRIEF, d.id == o.id)
        .outerjoin(PERSON, PERSON.c.id == d.author_id)
        .where(*where, o.category.in_(CATEGORIES) | (once.scalar_subquery() > 0), readable(viewer))
        .order_by(o.happened_from, o.id)
    )
    return [
        {"observation_id": row.id, "shift_id": row.shift_id, "happened_from": stamp(row.happened_from),
         "word": _word(row)}
        for row in conn.execute(found)
    ]  # fmt: skip


def _word(row: Any) -> dict[str, Any] | None:
    if row.version is None:
        return None
    return {"status": row.status, "author": {"id": row.author_id or "", "name": row.name or ""},
            "stated_at": stamp(row.stated_at), "version": row.version}  # fmt: skip
