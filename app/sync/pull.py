"""The pull feed: every entity that changed after the cursor, at its newest, as the reader may see it (I9)."""

import base64
import binascii
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, case, or_, select

from app.access import queries as access
from app.access.permission import Right, Viewer
from app.alert import queries as alerts
from app.blob import queries as blobs
from app.briefing import queries as briefings
from app.checkin import queries as checkins
from app.core import errors
from app.core.errors import Problem
from app.core.ids import is_uuid
from app.debrief import queries as debriefs
from app.escalation import queries as escalations
from app.followup import queries as followups
from app.journal import rows
from app.journal.read import SEQ_MAX
from app.observation import queries as observations
from app.photo import queries as photos
from app.place import queries as places
from app.place.vocabulary import restricted_categories
from app.plan import queries as plans
from app.review import queries as reviews
from app.shift import handover
from app.shift import queries as shifts

HOST_DAYS = 14
HANDOVER_DAYS = 7
LIMIT_DEFAULT, LIMIT_MAX = 500, 2000
MEMBER = shifts.MEMBER
Wires = Callable[[Connection, Viewer, list[Any]], Iterable[dict[str, Any] | None]]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of entity; `shift_column` is None for reference data, which everybody reads."""

    kind: str
    table: Any
    wires: Wires
    shift_column: str | None = None
    #: Which of its rows are told at all.
    only: Callable[[datetime], Any] | None = None
    #: Names the observation that it belongs to: what closes that one, or opens it to its author, changes this too.
    about_column: str | None = None
    #: Whose it is, besides those of the shift.
    author_column: str = "author_id"


@dataclass(frozen=True, slots=True)
class Cursor:
    seq: int
    rank: int
    id: str


START = Cursor(0, -1, "")
#: In place of a value: the reader has never been told of it, and does not hear that it is there.
UNTOLD: Any = object()


def pull(conn: Connection, viewer: Viewer, cursor_text: str | None, limit: int, now: datetime) -> dict[str, Any]:
    """Raises Problem(RESET) for a cursor of another epoch or scope, or one that is none of ours."""
    epoch = rows.head(conn).epoch
    after = START if cursor_text is None else _decode(cursor_text, epoch, viewer)
    found: list[tuple[int, int, str, Any]] = []
    for rank, source in enumerate(SOURCES):
        found += [(r.effective_seq, rank, r.id, r) for r in _changed(conn, viewer, source, rank, after, limit + 1, now)]
    found.sort(key=lambda change: change[:3])
    chosen, more = found[:limit], len(found) > limit
    values = _values(conn, viewer, chosen)
    changes = [
        {"seq": seq, "kind": SOURCES[rank].kind, "id": entity, "deleted": values[rank, entity] is None,
         "value": values[rank, entity]}
        for seq, rank, entity, _ in chosen
        if values[rank, entity] is not UNTOLD
    ]  # fmt: skip
    last = Cursor(*chosen[-1][:3]) if chosen else after
    return {"epoch": epoch, "changes": changes, "cursor": _encode(last, epoch, viewer), "more": more}


def _changed(conn: Connection, viewer: Viewer, source: Source, rank: int, after: Cursor, limit: int,
             now: datetime) -> list[Any]:  # fmt: skip
    table = source.table
    stmt, seq = select(table), table.c.changed_seq
    if source.about_column is not None and not viewer.may(Right.RECORD_READ_RESTRICTED):
        about = observations.OBSERVATION
        stmt = stmt.outerjoin(about, about.c.id == table.c[source.about_column])
        seq = case((about.c.changed_seq > seq, about.c.changed_seq), else_=seq)
    if source.shift_column is not None and not viewer.may(Right.RECORD_READ_ALL):
        # Whoever joins a shift late gets what was written before: it counts as changed when they joined.
        seq = case((MEMBER.c.since_seq > seq, MEMBER.c.since_seq), else_=seq)
        mine = and_(MEMBER.c.shift_id == table.c[source.shift_column], MEMBER.c.user_id == viewer.id)
        stmt = stmt.outerjoin(MEMBER, mine).where(
            or_(MEMBER.c.user_id.is_not(None), table.c[source.author_column] == viewer.id),
            table.c.received_at >= now - timedelta(days=HOST_DAYS),
        )
    if source.only is not None:
        stmt = stmt.where(source.only(now))
    tie = table.c.id > (after.id if rank == after.rank else "") if rank >= after.rank else None
    newer = seq > after.seq if tie is None else or_(seq > after.seq, and_(seq == after.seq, tie))
    stmt = stmt.add_columns(seq.label("effective_seq")).where(seq >= after.seq, newer)
    return list(conn.execute(stmt.order_by(seq, table.c.id).limit(limit)))


def _values(conn: Connection, viewer: Viewer, chosen: list[tuple[int, int, str, Any]]) -> dict[tuple[int, str], Any]:
    by_rank: dict[int, list[Any]] = {}
    for _, rank, _, row in chosen:
        by_rank.setdefault(rank, []).append(row)
    values: dict[tuple[int, str], Any] = {}
    for rank, found in by_rank.items():
        for row, value in zip(found, SOURCES[rank].wires(conn, viewer, found), strict=True):
            values[rank, row.id] = value
    return values


def _shift_wires(conn: Connection, viewer: Viewer, found: list[Any]) -> Iterable[dict[str, Any]]:
    crews = shifts.members(conn, [row.id for row in found])
    return [shifts.wire(row, crews.get(row.id, []), viewer) for row in found]


def _observation_wires(conn: Connection, viewer: Viewer, found: list[Any]) -> Iterable[dict[str, Any] | None]:
    """None, told as deleted, for what has become restricted since the reader may have read it."""
    versions = observations.revisions(conn, [row.id for row in found])
    here = blobs.here(conn, observations.blobs_of(found, versions.values()))
    everything, closed = viewer.may(Right.RECORD_READ_RESTRICTED), restricted_categories()
    wires: list[dict[str, Any] | None] = []
    for row in found:
        mine = versions.get(row.id, [])
        restricted = row.category in closed or any(v.content["category"] in closed for v in mine)
        hidden = restricted and not everything and row.author_id != viewer.id
        wires.append(None if hidden else observations.wire(row, mine, here, viewer))
    return wires


def _comment_wires(conn: Connection, viewer: Viewer, found: list[Any]) -> Iterable[dict[str, Any] | None]:
    """None for what was said of a record that the reader may not see."""
    closed = reviews.closed_targets(conn, viewer, [row.target for row in found])
    untold = observations.closed_from_the_start(conn, closed.values())
    told = {target: UNTOLD if record in untold else None for target, record in closed.items()}
    return [told[row.target] if row.target in told else reviews.comment_wire(row, viewer) for row in found]


def _of_record(column: str, wires: Wires) -> Wires:
    """What was never told is not told as deleted either: that alone would say that a restricted record is there."""

    def told(conn: Connection, viewer: Viewer, found: list[Any]) -> Iterable[Any]:
        values = list(zip(found, wires(conn, viewer, found), strict=True))
        closed = (getattr(row, column) for row, value in values if value is None)
        untold = observations.closed_from_the_start(conn, closed)
        return [UNTOLD if value is None and getattr(row, column) in untold else value for row, value in values]

    return told


def _debrief_wires(conn: Connection, viewer: Viewer, found: list[Any]) -> Iterable[Any]:
    """It comes after what closes the record, so who may not read that was never told of it."""
    return [UNTOLD if value is None else value for value in debriefs.phones(conn, viewer, found)]


def _for(wire: Callable[[Any, Viewer], dict[str, Any]]) -> Wires:
    return lambda _conn, viewer, found: [wire(row, viewer) for row in found]


def _plain(wire: Callable[[Any], dict[str, Any]]) -> Wires:
    return lambda _conn, _viewer, found: [wire(row) for row in found]


def _all(wires: Callable[[Connection, list[Any]], Iterable[dict[str, Any] | None]]) -> Wires:
    return lambda conn, _viewer, found: wires(conn, found)


def _in_force(now: datetime) -> Any:
    """Also for a while after: a phone is told that one was taken back."""
    return briefings.BRIEFING.c.valid_to >= now - timedelta(days=HOST_DAYS)


def _not_over(now: datetime) -> Any:
    return plans.PLANNED.c.ends_at >= now - timedelta(days=1)


def _lately(now: datetime) -> Any:
    return handover.HANDOVER.c.received_at >= now - timedelta(days=HANDOVER_DAYS)


#: In this order inside one seq; the order is part of the cursor's meaning.
SOURCES = (
    Source("vocabulary", places.VOCABULARY, _all(places.vocabulary_wires)),
    Source("area", places.AREA, _plain(places.area_wire)),
    Source("place", places.PLACE, _plain(places.place_wire)),
    Source("contact", places.CONTACT, _plain(places.contact_wire)),
    Source("user", access.PERSON, _plain(access.wire)),
    Source("shift", shifts.SHIFT, _shift_wires, "id"),
    Source("checkin", checkins.CHECKIN, _for(checkins.wire), "shift_id"),
    Source("observation", observations.OBSERVATION, _of_record("id", _observation_wires), "shift_id"),
    Source("escalation", escalations.ESCALATION, escalations.wires, "shift_id", about_column="observation_id"),
    Source("comment", reviews.COMMENT, _comment_wires, "shift_id", about_column="target"),
    Source("review", reviews.REVIEW, _for(reviews.review_wire), "shift_id"),
    Source("photo", photos.PHOTO, _of_record("target", photos.wires), "shift_id", about_column="target"),
    Source("briefing", briefings.BRIEFING, briefings.wires, only=_in_force),
    Source("handover", handover.HANDOVER, handover.wires, only=_lately),
    Source("question", observations.OBSERVATION, _of_record("id", _all(followups.wires)), only=followups.asked),
    Source("alert", alerts.ALERT, alerts.wires, "shift_id"),
    Source(
        "followup",
        followups.FOLLOWUP,
        _of_record("observation_id", followups.reported),
        "shift_id",
        about_column="observation_id",
        author_column="reporter_id",
    ),
    Source("plan", plans.PLANNED, plans.wires, only=_not_over),
    Source("debrief", debriefs.DEBRIEF, _debrief_wires, "shift_id", about_column="id", author_column="reporter_id"),
)


def _encode(cursor: Cursor, epoch: str, viewer: Viewer) -> str:
    parts = [epoch, viewer.scope_name, cursor.seq, cursor.rank, cursor.id]
    return base64.urlsafe_b64encode(json.dumps(parts, separators=(",", ":")).encode()).decode().rstrip("=")


def _decode(text: str, epoch: str, viewer: Viewer) -> Cursor:
    try:
        parts = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        their_epoch, scope, seq, rank, entity = parts
        plain = type(seq) is int and 0 <= seq < SEQ_MAX and type(rank) is int and (is_uuid(entity) or entity == "")
        if their_epoch == epoch and scope == viewer.scope_name and plain:
            return Cursor(seq, rank, entity)
    except (ValueError, TypeError, binascii.Error):
        pass
    raise Problem(errors.RESET)
