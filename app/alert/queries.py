"""Every read of alarms. A host sees those of their shifts and their own; overseers see all."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from app.access.permission import Right, Role, Viewer
from app.access.queries import PERSON
from app.alert.ladder import KINDS
from app.alert.models import Alert, AlertStep, Ladder
from app.alert.rules import FRESH, REPORT, Open, Promise, Taken, reckoned
from app.alert.schemas import AlertsAsked
from app.checkin.queries import latest
from app.core.clock import stamp, stamp_or_none
from app.guard.veil import note_seen, seen
from app.journal.record import wire_of
from app.journal.rows import OP
from app.observation.queries import AGAINST_STAFF, OBSERVATION
from app.shift.queries import SHIFT, ends, in_scope, members

ALERT = Alert.__table__  # type: ignore[attr-defined]
STEP = AlertStep.__table__  # type: ignore[attr-defined]
LADDER = Ladder.__table__  # type: ignore[attr-defined]
#: A shift that began longer ago is not looked at: it was forgotten, not lost.
SHIFT_AGE_MAX = 2 * FRESH
ROLES = {"supervisors": Role.SUPERVISOR, "admins": Role.ADMIN}


def wire(row: Any, taken: Iterable[Any], viewer: Viewer) -> dict[str, Any]:
    """An alarm as the apps read it (kind `alert`)."""
    return wire_of(row) | {
        "shift_id": row.shift_id, "status": row.status, "kind": row.kind, "host_id": row.host_id,
        "checkin_id": row.checkin_id, "due_at": stamp_or_none(row.due_at), "acknowledged": row.acknowledged,
        "cleared": note_seen(viewer, row.cleared, "note"), **seen(viewer, row.flagged, note=row.note),
        "steps": [
            {"number": s.number, "attempt": s.attempt, "rung": s.rung, "to": s.whom, "at": stamp(s.at), "told": s.told,
             "told_at": stamp_or_none(s.told_at)}
            for s in taken
        ],
    }  # fmt: skip


def wires(conn: Connection, viewer: Viewer, rows: Sequence[Any]) -> list[dict[str, Any] | None]:
    """None, told as deleted, for those who read records but not alarms."""
    if not viewer.may(Right.ALERT_READ):
        return [None] * len(rows)
    taken = steps(conn, [row.id for row in rows])
    return [wire(row, taken.get(row.id, ()), viewer) for row in rows]


def page(conn: Connection, viewer: Viewer, asked: AlertsAsked) -> tuple[list[Any], int]:
    """(rows, total), newest first."""
    where = [in_scope(viewer, ALERT.c.shift_id, ALERT.c.author_id)]
    if asked.status != "all":
        where.append(ALERT.c.status == asked.status)
    equal = {ALERT.c.kind: asked.kind, ALERT.c.shift_id: asked.shift_id}
    where += [column == value for column, value in equal.items() if value is not None]
    total = conn.execute(select(func.count()).select_from(ALERT).where(*where)).scalar_one()
    order = (ALERT.c.received_at.desc(), ALERT.c.id.desc())
    found = select(ALERT).where(*where).order_by(*order).limit(asked.limit).offset(asked.offset)
    return list(conn.execute(found)), total


def get(conn: Connection, viewer: Viewer, alert_id: str) -> Any | None:
    scope = in_scope(viewer, ALERT.c.shift_id, ALERT.c.author_id)
    return conn.execute(select(ALERT).where(ALERT.c.id == alert_id, scope)).one_or_none()


def steps(conn: Connection, alert_ids: Sequence[str]) -> dict[str, list[Any]]:
    """Steps of each alarm in the order in which they were taken."""
    found: dict[str, list[Any]] = {}
    if alert_ids:
        order = (STEP.c.at, STEP.c.number, STEP.c.attempt)
        for row in conn.execute(select(STEP).where(STEP.c.alert_id.in_(list(alert_ids))).order_by(*order)):
            found.setdefault(row.alert_id, []).append(row)
    return found


def of_shift(conn: Connection, viewer: Viewer, shift_id: str) -> list[tuple[Any, list[Any]]]:
    """Each alarm of a shift with its steps, in one statement; none for those who may not read alarms."""
    if not viewer.may(Right.ALERT_READ):
        return []
    taken = [STEP.c[name].label(f"step_{name}") for name in Step._fields]
    found = (
        select(ALERT, STEP.c.id.label("step_id"), *taken)
        .outerjoin(STEP, STEP.c.alert_id == ALERT.c.id)
        .where(ALERT.c.shift_id == shift_id)
        .order_by(ALERT.c.id, STEP.c.at, STEP.c.number, STEP.c.attempt)
    )
    together: dict[str, tuple[Any, list[Any]]] = {}
    for row in conn.execute(found):
        _, mine = together.setdefault(row.id, (row, []))
        if row.step_id is not None:
            mine.append(Step(*(getattr(row, f"step_{name}") for name in Step._fields)))
    return list(together.values())


class Step(NamedTuple):
    number: int
    attempt: int
    rung: str
    whom: list[str]
    at: datetime
    told: list[dict[str, Any]] | None
    told_at: datetime | None


def open_alerts(conn: Connection, now: datetime) -> list[tuple[Any, Open]]:
    """Rows that may still need something of the server, the oldest first."""
    c = ALERT.c
    found = list(conn.execute(select(ALERT).where(c.status == "open", c.received_at > now - FRESH)
                              .order_by(c.received_at, c.id)))  # fmt: skip
    taken = steps(conn, [row.id for row in found])
    return [(row, _open(row, taken.get(row.id, ()))) for row in found]


def still_open(conn: Connection, alert_id: str) -> Open | None:
    row = conn.execute(select(ALERT).where(ALERT.c.id == alert_id, ALERT.c.status == "open")).one_or_none()
    return None if row is None else _open(row, steps(conn, [alert_id]).get(alert_id, ()))


def reports(conn: Connection, now: datetime) -> list[Open]:
    """Threats against staff that came, or became one by a correction, within a day: who is told of them is over them,

    so no shift's crew is named with them. Answered once anybody was reached.
    """
    o = OBSERVATION.c
    newest = select(o.id, o.author_id, OP.c.received_at).join(OP, OP.c.seq == o.changed_seq)
    fresh = newest.where(AGAINST_STAFF, o.status != "retracted", OP.c.received_at > now - FRESH)
    found = list(conn.execute(fresh.order_by(o.id)))
    taken = steps(conn, [row.id for row in found])
    return [_report(row, taken.get(row.id, ())) for row in found]


def promises(conn: Connection, now: datetime, shift_ids: Iterable[str]) -> dict[tuple[str, str], Promise]:
    """(shift, host) → the host's last word there; of the shifts that go on, and of these besides."""
    going = and_(SHIFT.c.status == "open", SHIFT.c.started_at > now - SHIFT_AGE_MAX)
    found_shifts = select(SHIFT.c.id, SHIFT.c.status).where(or_(going, SHIFT.c.id.in_(list(shift_ids))))
    shifts = {row.id: row.status == "open" for row in conn.execute(found_shifts)}
    if not shifts:
        return {}
    crews, newest = members(conn, shifts), latest(conn, shifts)
    closed = ends(conn, [shift_id for shift_id, is_open in shifts.items() if not is_open])
    found = {}
    for shift_id, is_open in shifts.items():
        there = {member.user_id: member.left_at is None for member in crews.get(shift_id, ())}
        ended = {end.author_id for end in closed.get(shift_id, ())}
        for row in newest.get(shift_id, ()):  # in order, so that the last of two at one instant counts
            found[shift_id, row.author_id] = _promise(row, is_open and there.get(row.author_id, False),
                                                      _gone(row.author_id, there, ended))  # fmt: skip
    return found


def raised(conn: Connection, checkin_ids: Iterable[str]) -> set[str]:
    """Those of these check-ins whose promise was raised before."""
    return set(conn.execute(select(ALERT.c.checkin_id).where(ALERT.c.checkin_id.in_(list(checkin_ids)))).scalars())


def people(conn: Connection, alert: Open, whom: Sequence[str]) -> list[str]:
    """Active people whom a rung names, each once."""
    crew = [] if alert.shift_id is None else members(conn, [alert.shift_id]).get(alert.shift_id, [])
    found: list[str] = []
    rows = list(conn.execute(select(PERSON).where(PERSON.c.active).order_by(PERSON.c.username)))
    active = {row.id for row in rows}
    for who in whom:
        if who == "host":
            found += [alert.host_id] if alert.host_id else []
        elif who == "partner":
            found += [m.user_id for m in crew if m.left_at is None and m.user_id != alert.host_id]
        elif who.startswith("@"):
            found += [row.id for row in rows if row.username == who[1:]]
        else:
            found += [row.id for row in rows if row.role == ROLES[who].value] if who in ROLES else [who]
    return [person for person in dict.fromkeys(found) if person in active]


def ladders(conn: Connection, seqs: Sequence[int] = ()) -> list[Any]:
    """What the organisation has said of its ladders: the last word of each kind, and what held at these numbers."""
    return list(conn.execute(select(LADDER).where(or_(*(_held(kind, seqs) for kind in KINDS))).order_by(LADDER.c.seq)))


def _held(kind: str, seqs: Sequence[int]) -> ColumnElement[bool]:
    """Since the first of these numbers, and what held then."""
    earlier = LADDER.alias()
    last = select(func.max(earlier.c.seq)).where(earlier.c.kind == kind)
    if seqs:
        last = last.where(earlier.c.seq < min(seqs))
    return and_(LADDER.c.kind == kind, LADDER.c.seq >= func.coalesce(last.scalar_subquery(), 0))


def name(conn: Connection, person_id: str | None) -> str:
    """A first name, for a notice; empty where nobody is known."""
    found = conn.execute(select(PERSON.c.name).where(PERSON.c.id == person_id)).scalar()
    return (found or "").split(" ")[0]


def _open(row: Any, taken: Iterable[Any]) -> Open:
    past = [Taken(s.number, s.attempt, s.at, s.told is not None) for s in taken]
    return Open(row.id, row.kind, row.received_at, row.shift_id, row.host_id, row.checkin_id, bool(row.acknowledged),
                past)  # fmt: skip


def _report(row: Any, taken: Sequence[Any]) -> Open:
    is_heard = any(heard["ok"] for step in taken for heard in step.told or ())
    past = [Taken(s.number, s.attempt, s.at, s.told is not None) for s in taken]
    return Open(row.id, REPORT, row.received_at, None, row.author_id, None, is_heard, past)


def _promise(row: Any, in_force: bool, gone: str | None) -> Promise:
    due = None if row.next_due is None else reckoned(row.next_due, row.stated_at, row.estimated_at)
    return Promise(row.shift_id, row.author_id, row.id, due, in_force, gone)


def _gone(host_id: str, there: dict[str, bool], ended: set[str | None]) -> str | None:
    if host_id in ended:
        return "ended"
    return "left" if there.get(host_id) is False else None
