"""Every read of follow-ups, and what is asked of those who pass: questions without words and without names."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from app.access.permission import Right, Role, Viewer
from app.access.queries import PERSON
from app.core.clock import stamp
from app.followup.models import Followup, FollowupAnswer, FollowupStep
from app.followup.rules import ASKED_DAYS, Step, asking_categories, today
from app.followup.schemas import FollowupsAsked
from app.guard.veil import seen
from app.observation.queries import OBSERVATION, closed_to, readable, revisions
from app.place.queries import PLACE
from app.place.vocabulary import restricted_categories

ANSWER = FollowupAnswer.__table__  # type: ignore[attr-defined]
FOLLOWUP = Followup.__table__  # type: ignore[attr-defined]
STEP = FollowupStep.__table__  # type: ignore[attr-defined]
CURRENT = "current"
#: What of the record stands beside its follow-up.
ABOUT = ("category", "place_id", "place_text", "happened_from", "text", "lat", "lon", "flagged")


def asked(now: datetime) -> ColumnElement[bool]:
    """Observations that ask, and those corrected since: what no longer asks is told as gone.

    What is followed up asks until that is done, however old it is.
    """
    o, f = OBSERVATION.c, FOLLOWUP.c
    recent = now - timedelta(days=ASKED_DAYS)
    followed = select(f.observation_id).where((f.status == "open") | (f.received_at >= recent))
    condition: ColumnElement[bool] = (
        o.place_id.is_not(None)
        & ((o.happened_from >= recent) | o.id.in_(followed))
        & (o.category.in_(asking_categories()) | (o.status != CURRENT))
    )
    return condition


def wires(conn: Connection, rows: Sequence[Any]) -> list[dict[str, Any] | None]:
    """Questions as the apps read them (kind `question`); None for what asks no longer."""
    ids = [row.id for row in rows]
    told = answers(conn, ids)
    closed = ever_restricted(conn, [row.id for row in rows if row.status != CURRENT]) | _done(conn, ids)
    return [_wire(row, told.get(row.id, [])) if row.id not in closed else None for row in rows]


def answers(conn: Connection, targets: Collection[str]) -> dict[str, list[dict[str, Any]]]:
    """What was answered of each record, the last word last."""
    told: dict[str, list[dict[str, Any]]] = {}
    found = select(ANSWER).where(ANSWER.c.target.in_(list(targets))).order_by(ANSWER.c.stated_at, ANSWER.c.id)
    for one in conn.execute(found):
        said = {"shift_id": one.shift_id, "stated_at": stamp(one.stated_at), "answer": one.answer}
        told.setdefault(one.target, []).append(said)
    return told


def _done(conn: Connection, ids: Sequence[str]) -> set[str]:
    """Those whose follow-ups are all closed: nobody needs to look any more."""
    f = FOLLOWUP.c
    states: dict[str, set[str]] = {}
    for row in conn.execute(select(f.observation_id, f.status).where(f.observation_id.in_(list(ids)))):
        states.setdefault(row.observation_id, set()).add(row.status)
    return {target for target, found in states.items() if found == {"closed"}}


def ever_restricted(conn: Connection, ids: Sequence[str]) -> set[str]:
    """Correcting the category does not open a record: nothing of it goes out."""
    restricted = restricted_categories()
    return {
        target for target, versions in revisions(conn, ids).items()
        if any(version.content["category"] in restricted for version in versions)
    }  # fmt: skip


def is_restricted(conn: Connection, row: Any) -> bool:
    """Of a follow-up: whether its record is one, or ever was."""
    return row.category in restricted_categories() or bool(ever_restricted(conn, [row.observation_id]))


def _wire(row: Any, told: list[dict[str, Any]]) -> dict[str, Any] | None:
    if row.status == "retracted" or row.category not in asking_categories():
        return None
    return {"id": row.id, "shift_id": row.shift_id, "category": row.category, "place_id": row.place_id,
            "happened_from": stamp(row.happened_from), "answers": told}  # fmt: skip


def _select() -> Select[Any]:
    """A follow-up with its record and the place of that."""
    about = [OBSERVATION.c[name].label(name if name != "flagged" else "found_in_it") for name in ABOUT]
    place = (PLACE.c.name.label("place_name"), PLACE.c.lat.label("place_lat"), PLACE.c.lon.label("place_lon"))
    return (
        select(FOLLOWUP, *about, OBSERVATION.c.status.label("record_status"), *place)
        .join(OBSERVATION, OBSERVATION.c.id == FOLLOWUP.c.observation_id)
        .outerjoin(PLACE, PLACE.c.id == OBSERVATION.c.place_id)
    )


def page(conn: Connection, viewer: Viewer, asked: FollowupsAsked, now: datetime) -> tuple[list[Any], int]:
    """(rows, total): the open ones by the day that they are due, the others by when they were closed."""
    f, where = FOLLOWUP.c, _where(viewer, asked, today(now))
    total = conn.execute(_count(viewer).where(*where)).scalar_one()
    order = (f.received_at.desc(), f.id.desc()) if asked.status == "closed" else (f.status.desc(), f.due, f.id)
    found = _select().where(*where).order_by(*order).limit(asked.limit).offset(asked.offset)
    return list(conn.execute(found)), total


def _where(viewer: Viewer, asked: FollowupsAsked, day: date) -> list[Any]:
    f = FOLLOWUP.c
    where = [] if viewer.may(Right.RECORD_READ_RESTRICTED) else [readable(viewer)]
    states = ("open", "closed") if asked.status == "all" else (asked.status,)
    where.append(f.status.in_(states))
    if asked.due == "overdue":
        where += [f.status == "open", f.due < day]
    equal = {f.owner_id: asked.owner, f.kind: asked.kind, f.observation_id: asked.observation_id,
             f.shift_id: asked.shift_id}  # fmt: skip
    return where + [column == value for column, value in equal.items() if value is not None]


def _count(viewer: Viewer) -> Select[Any]:
    found = select(func.count()).select_from(FOLLOWUP)
    if viewer.may(Right.RECORD_READ_RESTRICTED):
        return found
    return found.join(OBSERVATION, OBSERVATION.c.id == FOLLOWUP.c.observation_id)


def counts(conn: Connection, viewer: Viewer, now: datetime) -> dict[str, int]:
    """Open ones, those of them that are overdue, and those that are the viewer's own. One statement."""
    f, day = FOLLOWUP.c, today(now)
    late = func.count().filter(f.due < day)
    mine = func.count().filter(f.owner_id == viewer.id)
    found = _count(viewer).with_only_columns(func.count(), late, mine, maintain_column_froms=True)
    hidden = [] if viewer.may(Right.RECORD_READ_RESTRICTED) else [readable(viewer)]
    row = conn.execute(found.where(f.status == "open", *hidden)).one()
    return {"open": row[0], "overdue": row[1], "mine": row[2]}


def get(conn: Connection, viewer: Viewer, followup_id: str) -> Any | None:
    return conn.execute(_select().where(FOLLOWUP.c.id == followup_id, readable(viewer))).one_or_none()


def steps(conn: Connection, followup_id: str) -> list[Any]:
    """Its history, the first word first."""
    return list(conn.execute(select(STEP).where(STEP.c.followup_id == followup_id).order_by(STEP.c.seq)))


def words(found: Sequence[Any]) -> list[Step]:
    return [Step(row.id, row.what, row.said) for row in found]


def hosts(conn: Connection) -> list[str]:
    """Names that never leave the unit, of those too who have left it."""
    named = (PERSON.c.role == Role.HOST.value, PERSON.c.name != "")  # one that was erased has none
    return list(conn.execute(select(PERSON.c.name).where(*named)).scalars())


def active(conn: Connection, person_id: str) -> bool:
    return conn.execute(select(PERSON.c.id).where(PERSON.c.id == person_id, PERSON.c.active)).first() is not None


def wire(row: Any, viewer: Viewer, now: datetime, told: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """A follow-up as the desk reads it; `answers`: what passing hosts said of its record."""
    flags = row.flagged or {}
    texts = {
        name: seen(viewer, flags.get(name), **{name: getattr(row, name)})[name] for name in ("note", "draft", "result")
    }
    return {
        "id": row.id, "version": row.version, "observation_id": row.observation_id, "shift_id": row.shift_id,
        "author_id": row.author_id, "stated_at": stamp(row.stated_at), "changed_at": stamp(row.received_at),
        "status": row.status, "kind": row.kind, "owner_id": row.owner_id, "due": row.due.isoformat(),
        "overdue": row.status == "open" and row.due < today(now), "outcome": row.outcome, **texts, "sent": row.sent,
        "hidden": any(seen(viewer, found).get("hidden", False) for found in flags.values()),
        "record": {"category": row.category, "place_id": row.place_id, "happened_from": stamp(row.happened_from),
                   "status": row.record_status}, "answers": list(told),
    }  # fmt: skip


def step_wire(row: Any, viewer: Viewer) -> dict[str, Any]:
    flags = row.flagged or {}
    said = {name: seen(viewer, flags.get(name), text=value)["text"] for name, value in row.said.items()}
    return {"id": row.id, "what": row.what, "author_id": row.author_id, "stated_at": stamp(row.stated_at),
            "said": said}  # fmt: skip


def reported(conn: Connection, viewer: Viewer, rows: Sequence[Any]) -> list[dict[str, Any] | None]:
    """As the phones of those who reported read it (kind `followup`): what comes of it, not what the desk writes to

    itself. None, told as deleted, where the record is closed to the reader.
    """
    ids = [row.observation_id for row in rows]
    closed = closed_to(conn, viewer, ids)
    o = OBSERVATION.c
    about = {row.id: row for row in conn.execute(
        select(o.id, o.category, o.place_id, o.happened_from).where(o.id.in_(ids))
    )}  # fmt: skip
    told: list[dict[str, Any] | None] = []
    for row in rows:
        record = about.get(row.observation_id)
        if record is None or row.observation_id in closed:
            told.append(None)
            continue
        result = seen(viewer, (row.flagged or {}).get("result"), result=row.result)
        told.append({
            "id": row.id, "observation_id": row.observation_id, "shift_id": row.shift_id,
            "reporter_id": row.reporter_id, "owner_id": row.owner_id, "status": row.status, "kind": row.kind,
            "due": row.due.isoformat(), "outcome": row.outcome, "stated_at": stamp(row.stated_at),
            "changed_at": stamp(row.received_at), "category": record.category, "place_id": record.place_id,
            "happened_from": stamp(record.happened_from),
            "sent_at": max((one["stated_at"] for one in row.sent if one["ok"]), default=None), **result,
        })  # fmt: skip
    return told
