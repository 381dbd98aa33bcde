"""Every read of pairs and events. What a viewer may not read is neither hinted, nor linked, nor counted for them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, select, union_all

from app.access.permission import Viewer
from app.core.clock import stamp
from app.duplicate.models import DuplicateEvent, DuplicatePair
from app.duplicate.rules import ABOUT, LONGEST, WITHIN, Seen, hints
from app.observation.queries import OBSERVATION, readable
from app.place.queries import PLACE
from app.shift.queries import in_scope

PAIR = DuplicatePair.__table__  # type: ignore[attr-defined]
EVENT = DuplicateEvent.__table__  # type: ignore[attr-defined]
#: More were never seen in one evening; what is beyond it is not compared, and still counted.
AROUND_MAX = 2_000
#: For those who count: each report beside the event that it belongs to.
REPORTS: FromClause = OBSERVATION.outerjoin(EVENT, EVENT.c.observation_id == OBSERVATION.c.id)
#: Count these, distinct: linked reports are one event, every other report is its own.
EVENT_ID: ColumnElement[str] = func.coalesce(EVENT.c.event_id, OBSERVATION.c.id)


def of_shift(conn: Connection, viewer: Viewer, shift_id: str) -> dict[str, list[dict[str, Any]]]:
    """{"hints", "pairs"} that one of this shift's reports is in. Three statements; one where it has none."""
    o = OBSERVATION.c
    own = list(conn.execute(_reports(viewer).where(o.shift_id == shift_id)))
    if not own:
        return {"hints": [], "pairs": []}
    ids = [row.id for row in own]
    pairs = list(conn.execute(select(PAIR).where(PAIR.c.one.in_(ids) | PAIR.c.other.in_(ids))))
    linked = {target for pair in pairs for target in (pair.one, pair.other)} - set(ids)
    begins, ends = min(row.happened_from for row in own), max(_ends(row) for row in own)
    span = (o.happened_from >= begins - LONGEST, o.happened_from <= ends + WITHIN + ABOUT)
    near = _reports(viewer).where(*span, o.shift_id.is_distinct_from(shift_id)).limit(AROUND_MAX)
    parts = [select(near.subquery()), _reports(viewer).where(o.id.in_(sorted(linked)))]
    others = {row.id: row for row in conn.execute(union_all(*parts))}
    facts = {row.id: row for row in own} | others
    said = {(pair.one, pair.other) for pair in pairs}
    alive = [_seen(row) for row in own if row.status != "retracted"]
    beside = [_seen(row) for row in others.values() if row.status != "retracted"]
    found = [one for one in hints(alive, beside) if (one.one, one.other) not in said]
    return {
        "hints": [{"one": _fact(facts[h.one]), "other": _fact(facts[h.other]), "minutes": h.minutes,
                   "metres": h.metres} for h in found],
        "pairs": [{"one": _fact(facts[p.one]), "other": _fact(facts[p.other]), **pair_wire(p)}
                  for p in pairs if p.one in facts and p.other in facts],
    }  # fmt: skip


def pair(conn: Connection, one: str, other: str) -> Any | None:
    first, second = sorted((one, other))
    return conn.execute(select(PAIR).where(PAIR.c.one == first, PAIR.c.other == second)).one_or_none()


def pair_wire(row: Any) -> dict[str, Any]:
    return {"is_same": row.is_same, "author_id": row.author_id, "stated_at": stamp(row.stated_at),
            "version": row.version}  # fmt: skip


def events(conn: Connection, viewer: Viewer, start: datetime, end: datetime, *conditions: Any) -> dict[str, Any]:
    """{"events", "reports", "by_category": {code: {"events", "reports"}}}; retracted reports are none. Two statements.

    An event whose reports are of several categories counts once in each, and once in all.
    """
    o = OBSERVATION.c
    where = [o.happened_from >= start, o.happened_from < end, o.status != "retracted", readable(viewer),
             in_scope(viewer, o.shift_id, o.author_id), *conditions]  # fmt: skip
    counted = (func.count(EVENT_ID.distinct()).label("events"), func.count().label("reports"))
    total = conn.execute(select(*counted).select_from(REPORTS).where(*where)).one()
    each = conn.execute(select(o.category, *counted).select_from(REPORTS).where(*where).group_by(o.category))
    told = {row.category: {"events": row.events, "reports": row.reports} for row in each}
    return {"events": total.events, "reports": total.reports, "by_category": told}


def _reports(viewer: Viewer) -> Select[Any]:
    names = ("id", "author_id", "shift_id", "status", "category", "happened_kind", "happened_from", "happened_to",
             "place_id", "lat", "lon", "accuracy_m")  # fmt: skip
    o = OBSERVATION.c
    place = (PLACE.c.lat.label("place_lat"), PLACE.c.lon.label("place_lon"))
    found = select(*(o[name] for name in names), *place).outerjoin(PLACE, PLACE.c.id == o.place_id)
    return found.where(readable(viewer), in_scope(viewer, o.shift_id, o.author_id))


def _seen(row: Any) -> Seen:
    at_place = row.place_lat is not None
    lat, lon = (row.place_lat, row.place_lon) if at_place else (row.lat, row.lon)
    within = 0.0 if at_place or row.accuracy_m is None else float(row.accuracy_m)
    return Seen(row.id, row.category, row.author_id, row.shift_id, row.happened_from, _ends(row),
                row.happened_kind == "about", row.place_id, lat, lon, within)  # fmt: skip


def _ends(row: Any) -> datetime:
    """What lasts longer than a night is a mistake, not a reason to compare it with a week."""
    ends: datetime = row.happened_to or row.happened_from
    begins: datetime = row.happened_from
    return max(begins, min(ends, begins + LONGEST))


def _fact(row: Any) -> dict[str, Any]:
    return {"id": row.id, "shift_id": row.shift_id, "author_id": row.author_id, "category": row.category,
            "happened_from": stamp(row.happened_from), "place_id": row.place_id}  # fmt: skip
