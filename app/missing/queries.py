"""Every read of what is missing: one statement for each kind, each by an index and with a limit."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, exists, func, literal_column, or_, select, union, union_all

from app.access.models import Device
from app.access.permission import Viewer
from app.access.queries import DEVICE_USER, REPORT
from app.checkin.queries import CHECKIN
from app.core.clock import stamp, stamp_or_none
from app.core.ids import uuid7_least
from app.escalation.queries import ATTEMPT, ESCALATION
from app.followup.queries import ANSWER, FOLLOWUP
from app.followup.rules import ASKED_DAYS, asking_categories
from app.guard.veil import seen
from app.journal import queries as journal
from app.missing.models import MissingDismissal
from app.missing.rules import (
    ANSWER_WITHIN,
    BEGINNING_WITHIN,
    CALL_GRACE,
    END_GRACE,
    LINES_MAX,
    LONGEST_SHIFT,
    LOOKED_BACK,
    OUTCOMES,
    SEEN_WITHIN,
    SILENT_AFTER,
    START_GRACE,
    Line,
)
from app.observation.queries import AGAINST_STAFF, OBSERVATION, REVISION, closed_to, readable
from app.plan import queries as plans
from app.review.queries import COMMENT, REVIEW
from app.shift.queries import SHIFT

DISMISSAL = MissingDismissal.__table__  # type: ignore[attr-defined]
DEVICE = Device.__table__  # type: ignore[attr-defined]
#: What is written in a shift.
IN_SHIFTS = (OBSERVATION, CHECKIN, ESCALATION)
KINDS = ("staff_threat", "shift_planned", "shift_unknown", "shift_open", "severe_unanswered", "call_open",
         "phone_silent", "return_unanswered", "question_unanswered")  # fmt: skip
Finder = Callable[[Connection, Viewer, datetime], list[Line]]


def not_ended(conn: Connection, _viewer: Viewer, now: datetime) -> list[Line]:
    """However old: an open shift is looked for at every evening."""
    s = SHIFT.c
    over = or_(s.planned_end < now - END_GRACE, and_(s.planned_end.is_(None), s.started_at < now - LONGEST_SHIFT))
    found = select(s.id, s.started_at, s.planned_end, s.area_id, s.hosts).where(
        s.status == "open", s.started_at < now - END_GRACE, over
    )
    rows = conn.execute(found.order_by(s.started_at.desc()).limit(LINES_MAX))
    return [Line("shift_open", r.id, r.started_at, r.id,
                 about={"planned_end": stamp_or_none(r.planned_end), "area_id": r.area_id, "hosts": r.hosts})
            for r in rows]  # fmt: skip


def never_told(conn: Connection, viewer: Viewer, now: datetime) -> list[Line]:
    """Records of a shift whose beginning is not here: it is in no list of shifts, and neither are they."""
    # A shift's id begins with the time at which it was made, so that the index tells those of late.
    least = uuid7_least(now - BEGINNING_WITHIN)
    of_late = [
        select(table.c.shift_id).where(table.c.shift_id >= least, ~exists().where(SHIFT.c.id == table.c.shift_id))
        for table in IN_SHIFTS
    ]
    unknown = union(*of_late).cte("unknown")
    told = [
        select(table.c.shift_id, table.c.author_id, table.c.stated_at).where(
            table.c.shift_id.in_(select(unknown.c.shift_id)), *([readable(viewer)] if table is OBSERVATION else [])
        )
        for table in IN_SHIFTS
    ]
    r = union_all(*told).subquery().c
    newest = func.max(r.stated_at)
    found = select(r.shift_id, r.author_id, func.count().label("records"), func.min(r.stated_at).label("first"))
    rows = conn.execute(found.group_by(r.shift_id, r.author_id).order_by(newest.desc()).limit(LINES_MAX))
    shifts: dict[str, list[Any]] = {}
    for row in rows:
        shifts.setdefault(row.shift_id, []).append(row)
    return [_unknown(shift_id, of) for shift_id, of in shifts.items()
            if min(row.first for row in of) < now - START_GRACE]  # fmt: skip


def _unknown(shift_id: str, rows: Sequence[Any]) -> Line:
    first = min(row.first for row in rows)
    about = {"records": sum(row.records for row in rows), "hosts": sorted({row.author_id for row in rows})}
    return Line("shift_unknown", shift_id, first, about=about)


def against_staff(conn: Connection, viewer: Viewer, now: datetime) -> list[Line]:
    """A threat against staff that nobody follows up. At once: the employer has to act without delay."""
    o = OBSERVATION.c
    followed = exists().where(FOLLOWUP.c.observation_id == o.id)
    found = select(o.id, o.shift_id, o.happened_from, o.category, o.place_id).where(
        AGAINST_STAFF, o.happened_from > now - LOOKED_BACK, o.status != "retracted", readable(viewer), ~followed
    )
    rows = conn.execute(found.order_by(o.happened_from.desc()).limit(LINES_MAX))
    return [Line("staff_threat", r.id, r.happened_from, r.shift_id, r.id,
                 {"category": r.category, "place_id": r.place_id}) for r in rows]  # fmt: skip


def unanswered(conn: Connection, viewer: Viewer, now: datetime) -> list[Line]:
    """Serious, and nobody was called and nobody follows it up. Threats against staff have lines of their own."""
    o = OBSERVATION.c
    #: As the index says it: a bound value would not be known to be one of those that it holds.
    severe: ColumnElement[bool] = literal_column("observation.severity >= 3")
    called = exists().where(ESCALATION.c.observation_id == o.id)
    followed = exists().where(FOLLOWUP.c.observation_id == o.id)
    found = select(o.id, o.shift_id, o.happened_from, o.category, o.place_id, o.severity).where(
        severe, o.happened_from > now - LOOKED_BACK, o.happened_from < now - CALL_GRACE, o.status != "retracted",
        readable(viewer), ~called, ~followed, ~AGAINST_STAFF,
    )  # fmt: skip
    rows = conn.execute(found.order_by(o.happened_from.desc()).limit(LINES_MAX))
    return [Line("severe_unanswered", r.id, r.happened_from, r.shift_id, r.id,
                 {"category": r.category, "place_id": r.place_id, "severity": r.severity}) for r in rows]  # fmt: skip


def without_outcome(conn: Connection, viewer: Viewer, now: datetime) -> list[Line]:
    e = ESCALATION.c
    known = exists().where(ATTEMPT.c.escalation_id == e.id, ATTEMPT.c.outcome.in_(OUTCOMES))
    found = select(e.id, e.shift_id, e.stated_at, e.service, e.observation_id).where(
        e.status == "open", e.stated_at > now - LOOKED_BACK, e.stated_at < now - CALL_GRACE, ~known
    )
    rows = list(conn.execute(found.order_by(e.stated_at.desc()).limit(LINES_MAX)))
    closed = closed_to(conn, viewer, [r.observation_id for r in rows])
    return [Line("call_open", r.id, r.stated_at, r.shift_id,
                 None if r.observation_id in closed else r.observation_id, {"service": r.service})
            for r in rows]  # fmt: skip


def silent(conn: Connection, _viewer: Viewer, now: datetime) -> list[Line]:
    """There are as many rows as phones, so all are looked at."""
    r = REPORT.c
    shift_id = journal.last_shift(r.install).label("shift_id")
    signed_in = select(DEVICE_USER.c.person_id).where(DEVICE_USER.c.device_id == r.device_id)
    last = signed_in.order_by(DEVICE_USER.c.signed_in_at.desc()).limit(1).scalar_subquery().label("person_id")
    found = (
        select(r.device_id, r.label, r.pending, r.seen_at, shift_id, last)
        .join(DEVICE, DEVICE.c.id == r.device_id)
        .where(r.pending > 0, r.seen_at < now - SILENT_AFTER, r.emptied_at.is_(None), DEVICE.c.revoked_at.is_(None))
    )
    rows = conn.execute(found.order_by(r.seen_at.desc()).limit(LINES_MAX))
    return [Line("phone_silent", row.device_id, row.seen_at, row.shift_id,
                 about={"label": row.label, "person_id": row.person_id, "pending": row.pending})
            for row in rows]  # fmt: skip


def not_answered(conn: Connection, _viewer: Viewer, now: datetime) -> list[Line]:
    """A shift was given back with a question, and neither a comment, a correction nor a later review came."""
    r = REVIEW.c
    later = REVIEW.alias("later")
    reviewed = exists().where(later.c.shift_id == r.shift_id, later.c.stated_at > r.stated_at)
    said = exists().where(
        COMMENT.c.shift_id == r.shift_id, COMMENT.c.stated_at > r.stated_at,
        COMMENT.c.author_id.is_distinct_from(r.author_id),
    )  # fmt: skip
    corrected = exists().where(
        OBSERVATION.c.shift_id == r.shift_id, REVISION.c.observation_id == OBSERVATION.c.id,
        REVISION.c.stated_at > r.stated_at,
    )  # fmt: skip
    span = (r.stated_at > now - LOOKED_BACK, r.stated_at < now - ANSWER_WITHIN)
    found = select(r.id, r.shift_id, r.stated_at).where(r.verdict == "return", *span, ~reviewed, ~said, ~corrected)
    rows = conn.execute(found.order_by(r.stated_at.desc()).limit(LINES_MAX))
    return [Line("return_unanswered", row.id, row.stated_at, row.shift_id) for row in rows]


def never_begun(conn: Connection, viewer: Viewer, now: datetime) -> list[Line]:
    """Planned, and none of its hosts began it."""
    rows = plans.without_log(conn, viewer, now - LOOKED_BACK, now - START_GRACE)
    newest = sorted(rows, key=lambda r: r.starts_at, reverse=True)[:LINES_MAX]
    return [Line("shift_planned", r.id, r.starts_at,
                 about={"day": r.day.isoformat(), "ends_at": stamp(r.ends_at), "area_id": r.area_id,
                        "hosts": r.hosts}) for r in newest]  # fmt: skip


def not_asked(conn: Connection, viewer: Viewer, now: datetime) -> list[Line]:
    """Whether it is still there was asked of those who pass, for a week, and nobody has said."""
    o = OBSERVATION.c
    answered = exists().where(ANSWER.c.target == o.id, ANSWER.c.answer != "not_visited")
    done = exists().where(FOLLOWUP.c.observation_id == o.id, FOLLOWUP.c.status == "closed")
    found = select(o.id, o.shift_id, o.happened_from, o.category, o.place_id).where(
        o.happened_from >= now - timedelta(days=ASKED_DAYS), o.happened_from < now - SEEN_WITHIN,
        o.place_id.is_not(None), o.category.in_(asking_categories()), o.status == "current", readable(viewer),
        ~answered, ~done,
    )  # fmt: skip
    rows = conn.execute(found.order_by(o.happened_from.desc()).limit(LINES_MAX))
    return [Line("question_unanswered", r.id, r.happened_from, r.shift_id, r.id,
                 {"category": r.category, "place_id": r.place_id}) for r in rows]  # fmt: skip


#: In this order on the page: (conn, viewer, now) → its lines.
FINDERS: tuple[Finder, ...] = (
    against_staff, never_begun, never_told, not_ended, unanswered, without_outcome, silent, not_answered, not_asked,
)  # fmt: skip


def lines(conn: Connection, viewer: Viewer, now: datetime) -> list[Line]:
    return [line for find in FINDERS for line in find(conn, viewer, now)]


def dismissed(conn: Connection, found: Sequence[Line]) -> dict[tuple[str, str], Any]:
    """(kind, subject) → the word that it does not matter."""
    d = DISMISSAL.c
    subjects = sorted({line.subject for line in found})
    rows = conn.execute(select(DISMISSAL).where(d.subject.in_(subjects), d.kind.in_(KINDS), d.active))
    return {(row.kind, row.subject): row for row in rows}


def wire(line: Line, row: Any | None, viewer: Viewer) -> dict[str, Any]:
    told = {"kind": line.kind, "subject": line.subject, "at": stamp(line.at), "shift_id": line.shift_id,
            "observation_id": line.observation_id, "about": line.about}  # fmt: skip
    if row is None:
        return told | {"dismissed": None}
    words = seen(viewer, row.flagged, reason=row.reason)
    return told | {"dismissed": {"author_id": row.author_id, "stated_at": stamp(row.stated_at), **words}}
