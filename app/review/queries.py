"""Every read of comments, reviews, and of what a shift's page and the list of shifts need beside them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Select, cast, func, literal_column, null, select, union_all

from app.access.permission import Right, Viewer
from app.access.queries import PERSON, REPORT, TOKEN
from app.blob import queries as blobs
from app.blob.queries import BLOB
from app.checkin.queries import CHECKIN
from app.escalation.queries import ESCALATION
from app.guard.veil import seen, text_seen
from app.journal import queries as journal
from app.journal.record import wire_of
from app.observation.queries import OBSERVATION, closed_to, readable
from app.photo import queries as photos
from app.place.queries import AREA, PLACE
from app.review.models import Comment, Review
from app.review.rules import Phone
from app.shift.models import ShiftPresence
from app.shift.queries import END, MEMBER, SHIFT, in_scope
from app.shift.rules import day_begins

COMMENT = Comment.__table__  # type: ignore[attr-defined]
REVIEW = Review.__table__  # type: ignore[attr-defined]
#: So far a comment on a comment is followed; beyond that it is closed to those who do not read everything.
ABOUT_MAX = 5
PRESENCE = ShiftPresence.__table__  # type: ignore[attr-defined]


def comment_wire(row: Any, viewer: Viewer) -> dict[str, Any]:
    """A comment as the apps read it (kind `comment`)."""
    told = {"shift_id": row.shift_id, "target": row.target}
    return wire_of(row) | told | text_seen(viewer, row.flagged, row.text)


def review_wire(row: Any, viewer: Viewer) -> dict[str, Any]:
    """A review as the apps read it (kind `review`)."""
    told = {"shift_id": row.shift_id, "target": row.target, "verdict": row.verdict}
    return wire_of(row) | told | seen(viewer, row.flagged, note=row.note)


def closed_targets(conn: Connection, viewer: Viewer, targets: Iterable[str]) -> dict[str, str]:
    """Those of these records, or of what they are about, that belong to an observation this viewer may not read →

    that observation. A comment may be about a call for help or about another comment, these about an observation.
    """
    if viewer.may(Right.RECORD_READ_RESTRICTED):
        return {}
    about = {target: target for target in targets}
    for _ in range(ABOUT_MAX):
        ends = sorted(set(about.values()))
        parts = [
            select(COMMENT.c.id, COMMENT.c.target.label("about")).where(COMMENT.c.id.in_(ends)),
            select(ESCALATION.c.id, ESCALATION.c.observation_id).where(ESCALATION.c.id.in_(ends)),
        ]
        further = {row.id: row.about for row in conn.execute(union_all(*parts)) if row.about}
        if not further:
            closed = closed_to(conn, viewer, ends)
            return {target: end for target, end in about.items() if end in closed}
        about = {target: further.get(end, end) for target, end in about.items()}
    return about


def shifts(
    conn: Connection, viewer: Viewer, *, ids: Collection[str] | None = None, start: date | datetime | None,
    end: date | datetime | None, status: str | None = None, limit: int, offset: int,
) -> tuple[list[Any], int]:  # fmt: skip
    """(rows with `area_name`, total), newest first. A plain date is a shift date, the last one included."""
    where = [in_scope(viewer, SHIFT.c.id, SHIFT.c.author_id)]
    if ids is not None:
        where.append(SHIFT.c.id.in_(list(ids)))
    if start is not None:
        where.append(SHIFT.c.started_at >= (start if isinstance(start, datetime) else day_begins(start)))
    if end is not None:
        where.append(SHIFT.c.started_at < (end if isinstance(end, datetime) else day_begins(end + timedelta(days=1))))
    if status is not None:
        where.append(SHIFT.c.status == status)
    total = conn.execute(select(func.count()).select_from(SHIFT).where(*where)).scalar_one()
    order = (SHIFT.c.started_at.desc(), SHIFT.c.id.desc())
    return list(conn.execute(_shifts().where(*where).order_by(*order).limit(limit).offset(offset))), total


def shift(conn: Connection, viewer: Viewer, shift_id: str) -> Any | None:
    """The row with `area_name`."""
    scope = in_scope(viewer, SHIFT.c.id, SHIFT.c.author_id)
    return conn.execute(_shifts().where(SHIFT.c.id == shift_id, scope)).one_or_none()


def _shifts() -> Select[Any]:
    return select(SHIFT, AREA.c.name.label("area_name")).outerjoin(AREA, AREA.c.id == SHIFT.c.area_id)


def crews(conn: Connection, shift_ids: Collection[str]) -> dict[str, list[Any]]:
    """Members of each shift, each with their `name`."""
    named = select(MEMBER, PERSON.c.name).outerjoin(PERSON, PERSON.c.id == MEMBER.c.user_id)
    order = (MEMBER.c.joined_at, MEMBER.c.user_id)
    return _by_shift(conn.execute(named.where(MEMBER.c.shift_id.in_(list(shift_ids))).order_by(*order)))


def is_review(conn: Connection, op_id: str) -> bool:
    return conn.execute(select(REVIEW.c.id).where(REVIEW.c.id == op_id)).first() is not None


def moves(conn: Connection, shift_id: str) -> list[Any]:
    """Joins, leaves and ends of one shift. `joins` is null for an end."""
    p, e = PRESENCE.c, END.c
    own = (e.install, e.client_seq, e.ops, e.summary, e.flagged)
    came = select(p.op_id, p.user_id, p.shift_id, p.joins, p.stated_at, p.applied_seq, *_nothing(*own))
    ended = select(e.id, e.author_id, e.shift_id, *_nothing(p.joins), e.stated_at, e.seq, *own)
    return list(conn.execute(union_all(came.where(p.shift_id == shift_id), ended.where(e.shift_id == shift_id))))


def phones(conn: Connection, shift_ids: Collection[str], ends: Iterable[Any]) -> dict[str, list[Phone]]:
    """The installs of each shift; what each promised is in the newest of its ends."""
    last: dict[tuple[str, str], Any] = {}
    for end in sorted((e for e in ends if e.install and e.client_seq is not None), key=lambda e: e.client_seq):
        last[end.shift_id, end.install] = end
    told = (
        journal.tallies(shift_ids)
        .add_columns(
            REPORT.c.label,
            REPORT.c.pending,
            REPORT.c.seen_at,
            REPORT.c.skew_ms,
            REPORT.c.persisted,
            REPORT.c.build,
            REPORT.c.oldest_at,
            REPORT.c.emptied_at,
            REPORT.c.battery,
        )
        .outerjoin(REPORT, REPORT.c.install == literal_column("journal_tally.install"))
    )
    found: dict[str, list[Phone]] = {}
    for row in conn.execute(told):
        end = last.get((row.shift, row.install))
        phone = Phone(row.shift, row.install, row.received, row.min_seq, row.max_seq, row.contiguous_seq or 0,
                      end.ops if end else None, end.client_seq if end else None, row.label or "", row.pending,
                      row.seen_at, row.skew_ms, row.persisted, row.build, row.oldest_at, row.emptied_at,
                      row.battery)  # fmt: skip
        found.setdefault(row.shift, []).append(phone)
    return {shift_id: sorted(mine, key=lambda p: (p.label, p.install)) for shift_id, mine in found.items()}


def counts(conn: Connection, viewer: Viewer, shift_ids: Collection[str]) -> dict[str, dict[str, int]]:
    """shift → kind → number of its records; those in quarantine, and photos named and here, as kinds of their own."""
    parts = [
        select(_label(table.name, "kind"), table.c.shift_id.label("shift"), func.count().label("n"))
        .where(table.c.shift_id.in_(list(shift_ids)), readable(viewer) if table is OBSERVATION else sa.true())
        .group_by(table.c.shift_id)
        for table in (CHECKIN, OBSERVATION, ESCALATION, COMMENT)
    ]
    still = (ESCALATION.c.shift_id.in_(list(shift_ids)), ESCALATION.c.status == "open")
    parts.append(
        select(_label("escalation_open", "kind"), ESCALATION.c.shift_id.label("shift"), func.count().label("n"))
        .where(*still).group_by(ESCALATION.c.shift_id)
    )  # fmt: skip
    waiting = journal.quarantined_counts(shift_ids).subquery()
    parts.append(select(_label("quarantined", "kind"), *waiting.c))
    named = photos.named_in(viewer, shift_ids).subquery()
    parts.append(select(_label("photo", "kind"), named.c.shift, func.count().label("n")).group_by(named.c.shift))
    there = named.join(BLOB, (BLOB.c.sha256 == named.c.sha256) & BLOB.c.complete_at.is_not(None))
    parts.append(
        select(_label("photo_here", "kind"), named.c.shift, func.count().label("n"))
        .select_from(there).group_by(named.c.shift)
    )  # fmt: skip
    found: dict[str, dict[str, int]] = {}
    for row in conn.execute(union_all(*parts)):
        found.setdefault(row.shift, {})[row.kind] = row.n
    return found


def plain_records(conn: Connection, shift_id: str) -> "list[PlainRecord]":
    """Check-ins, comments and reviews of one shift in one statement, as if all were check-ins; `what` says which."""
    c, o, r = CHECKIN.c, COMMENT.c, REVIEW.c
    parts = (
        _plain("checkin", CHECKIN, c.kind, c.place_id, c.note, c.flagged, c.next_due, *_nothing(o.target)),
        _plain("comment", COMMENT, *_nothing(c.kind, c.place_id), o.text, o.flagged, *_nothing(c.next_due), o.target),
        _plain("review", REVIEW, r.verdict, *_nothing(c.place_id), r.note, r.flagged, *_nothing(c.next_due), r.target),
    )
    found = conn.execute(union_all(*(part.where(literal_column("shift_id") == shift_id) for part in parts)))
    return [PlainRecord._make(row) for row in found]


def names(
    conn: Connection, authors: Collection[str], places: Collection[str], hashes: Collection[str]
) -> tuple[dict[str, str], dict[str, str], Collection[str]]:
    """(name of each person or program, name of each place, those of the blobs that are here)."""
    parts = [
        select(_label(what, "what"), table.c.id, table.c.name).where(table.c.id.in_(sorted(ids)))
        for what, table, ids in (("who", PERSON, authors), ("who", TOKEN, authors), ("where", PLACE, places))
    ]
    found: dict[str, dict[str, str]] = {"who": {}, "where": {}, "blob": {}}
    if hashes:
        there = blobs.complete(hashes).subquery()
        parts.append(select(_label("blob", "what"), there.c.sha256.label("id"), there.c.sha256.label("name")))
    for row in conn.execute(union_all(*parts)):
        found[row.what][row.id] = row.name
    return found["who"], found["where"], found["blob"]


class PlainRecord(NamedTuple):
    """A row of the union. A shift has hundreds of them, and these members are read far faster than a result row's."""

    what: str
    id: str
    author_id: str | None
    install: str | None
    stated_at: datetime
    estimated_at: datetime | None
    estimated_within_ms: int | None
    received_at: datetime
    lat: float | None
    lon: float | None
    accuracy_m: float | None
    position_age_ms: float | None
    position_source: str | None
    seq: int
    shift_id: str | None
    kind: str | None
    place_id: str | None
    note: str | None
    flagged: dict[str, Any] | None
    next_due: datetime | None
    target: str | None


COMMON, OWN = PlainRecord._fields[1:15], PlainRecord._fields[15:]


def _plain(what: str, table: Any, *own: ColumnElement[Any]) -> Select[Any]:
    common = [table.c[name] for name in COMMON]
    labelled = [column.label(name) for name, column in zip(OWN, own, strict=True)]
    return select(_label(what, "what"), *common, *labelled)


def _label(word: str, name: str) -> ColumnElement[str]:
    """A word of ours as a column: which part of a union a row is from."""
    return literal_column(f"'{word}'", sa.String).label(name)


def _nothing(*columns: Any) -> list[ColumnElement[Any]]:
    """NULLs under these columns' names and types: a union takes both from its first part."""
    return [cast(null(), column.type).label(column.name) for column in columns]


def _by_shift(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.shift_id, []).append(row)
    return found


def by_install(numbered: Sequence[Any]) -> dict[str, list[Any]]:
    """Numbered ops per install, in the order of their numbers."""
    found: dict[str, list[Any]] = {}
    for op in sorted(numbered, key=lambda op: int(op.client_seq)):
        found.setdefault(op.install, []).append(op)
    return found
