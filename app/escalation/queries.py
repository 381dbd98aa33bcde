"""Every read of escalations."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, or_, select

from app.access.permission import Right, Viewer
from app.core.asking import within
from app.core.clock import stamp
from app.escalation.models import Escalation, EscalationAttempt
from app.escalation.schemas import EscalationsAsked
from app.guard.veil import note_seen, seen
from app.journal.record import wire_of
from app.observation.queries import OBSERVATION, closed_to, readable
from app.place.filters import inside
from app.shift.queries import in_scope, of_area

ESCALATION = Escalation.__table__  # type: ignore[attr-defined]
ATTEMPT = EscalationAttempt.__table__  # type: ignore[attr-defined]
#: To whom each restricted record is closed.
NOBODY = Viewer("", "", None)


def attempts(conn: Connection, escalation_ids: Iterable[str]) -> dict[str, list[Any]]:
    """Attempts of each escalation in the order in which they were made."""
    found: dict[str, list[Any]] = {}
    wanted = list(escalation_ids)
    if wanted:
        order = (ATTEMPT.c.attempted_at, ATTEMPT.c.id)
        for row in conn.execute(select(ATTEMPT).where(ATTEMPT.c.escalation_id.in_(wanted)).order_by(*order)):
            found.setdefault(row.escalation_id, []).append(row)
    return found


def wire(row: Any, made: Iterable[Any], viewer: Viewer, *, is_closed: bool = False) -> dict[str, Any]:
    """An escalation as the apps read it (kind `escalation`).

    `is_closed`: it belongs to a record that this viewer may not read. That help was called, whose and how it went is
    told all the same, since others of the crew act on it; why, where and what was said is not.
    """
    told = wire_of(row) | {
        "shift_id": row.shift_id, "status": row.status, "service": row.service, "channel": row.channel,
        "observation_id": row.observation_id, **seen(viewer, row.flagged, cause=row.cause),
        "attempts": [_attempt(a, viewer, is_closed=is_closed) for a in made],
        "closed": note_seen(viewer, row.closed, "note"),
    }  # fmt: skip
    if not is_closed:
        return told
    if told["closed"] is not None and told["closed"]["author_id"] != viewer.id:
        told["closed"] |= {"note": None}
    return told | ({} if row.author_id == viewer.id else CLOSED) | {"restricted": True}


#: What of an escalation is not told of one that belongs to a restricted record.
CLOSED = {"observation_id": None, "cause": None, "position": None}


def _attempt(a: Any, viewer: Viewer, *, is_closed: bool) -> dict[str, Any]:
    words = seen(viewer, a.flagged, reference=a.reference, note=a.note)
    if is_closed and a.author_id != viewer.id:
        words |= {"reference": None, "note": None}
    return {"id": a.id, "author_id": a.author_id, "stated_at": stamp(a.stated_at), "attempted": a.attempted,
            "answered": a.answered, "arrived": a.arrived, "left": a.left, "outcome": a.outcome, **words}  # fmt: skip


def page(conn: Connection, viewer: Viewer, asked: EscalationsAsked) -> tuple[list[Any], int]:
    """(rows, total), newest first."""
    where = _where(viewer, asked)
    total = conn.execute(select(func.count()).select_from(ESCALATION).where(*where)).scalar_one()
    order = (ESCALATION.c.stated_at.desc(), ESCALATION.c.id.desc())
    found = select(ESCALATION).where(*where).order_by(*order).limit(asked.limit).offset(asked.offset)
    return list(conn.execute(found)), total


def get(conn: Connection, viewer: Viewer, escalation_id: str) -> Any | None:
    scope = in_scope(viewer, ESCALATION.c.shift_id, ESCALATION.c.author_id)
    return conn.execute(select(ESCALATION).where(ESCALATION.c.id == escalation_id, scope)).one_or_none()


def wires(conn: Connection, viewer: Viewer, rows: list[Any]) -> list[dict[str, Any]]:
    made = attempts(conn, [row.id for row in rows])
    closed = closed_to(conn, viewer, [row.observation_id for row in rows])
    return [wire(row, made.get(row.id, []), viewer, is_closed=row.observation_id in closed) for row in rows]


def restricted(conn: Connection, viewer: Viewer, rows: list[Any]) -> list[str]:
    """Those of them that tell this viewer of a record that is closed to most."""
    if not viewer.may(Right.RECORD_READ_RESTRICTED):
        return []
    closed = closed_to(conn, NOBODY, [row.observation_id for row in rows])
    return [row.id for row in rows if row.observation_id in closed]


def _where(viewer: Viewer, asked: EscalationsAsked) -> list[Any]:
    e = ESCALATION.c
    where = [in_scope(viewer, e.shift_id, e.author_id), *within(e.stated_at, asked.from_, asked.to)]
    if asked.box is not None:
        where += [inside(ESCALATION, asked.box), _tells_where(viewer)]
    if asked.area_id is not None:
        where.append(of_area(e.shift_id, asked.area_id))
    equal = {e.shift_id: asked.shift_id, e.status: asked.status}
    return where + [column == value for column, value in equal.items() if value is not None]


def _tells_where(viewer: Viewer) -> ColumnElement[bool]:
    """Whose position this viewer is told: by boxes, half by half, the others' would be found."""
    e, closed = ESCALATION.c, select(OBSERVATION.c.id).where(~readable(viewer))
    return or_(e.author_id == viewer.id, e.observation_id.is_(None), e.observation_id.not_in(closed))


def of_shift(conn: Connection, shift_id: str) -> list[tuple[Any, list[Any]]]:
    """Each escalation of a shift with its attempts, in one statement."""
    made = [ATTEMPT.c[name].label(f"attempt_{name}") for name in Attempt._fields]
    found = (
        select(ESCALATION, *made)
        .outerjoin(ATTEMPT, ATTEMPT.c.escalation_id == ESCALATION.c.id)
        .where(ESCALATION.c.shift_id == shift_id)
        .order_by(ESCALATION.c.id, ATTEMPT.c.attempted_at, ATTEMPT.c.id)
    )
    together: dict[str, tuple[Any, list[Any]]] = {}
    for row in conn.execute(found):
        _, mine = together.setdefault(row.id, (row, []))
        if row.attempt_id is not None:
            mine.append(Attempt(*(getattr(row, f"attempt_{name}") for name in Attempt._fields)))
    return list(together.values())


class Attempt(NamedTuple):
    id: str
    author_id: str | None
    stated_at: datetime
    attempted: dict[str, Any]
    answered: dict[str, Any] | None
    arrived: dict[str, Any] | None
    left: dict[str, Any] | None
    outcome: str
    reference: str | None
    note: str | None
    flagged: dict[str, Any] | None
