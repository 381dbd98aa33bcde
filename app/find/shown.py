"""What is shown of what was found: in the list, on the map, in files. No host's name or id is in it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from app.access.permission import Viewer
from app.core.clock import stamp, stamp_or_none
from app.escalation.queries import ESCALATION
from app.find.queries import Hit
from app.guard.veil import note_seen, seen
from app.observation.queries import OBSERVATION
from app.place.queries import PLACE
from app.shift.queries import SHIFT

Shown = dict[str, Any]
NOTHING: Shown = {"severity": None, "place_id": None, "place_text": None, "area_id": None, "certainty": None,
                  "count": None, "ages": None, "ongoing": None, "actions": [], "about_id": None, "ended": None,
                  "retracted": None}  # fmt: skip


def records(conn: Connection, viewer: Viewer, hits: Sequence[Hit]) -> list[Shown]:
    """In the order of the hits. A statement for each kind that is among them."""
    told: dict[str, Shown] = {}
    for kind, table in (("observation", OBSERVATION), ("escalation", ESCALATION), ("shift", SHIFT)):
        if ids := [hit.id for hit in hits if hit.kind == kind]:
            told |= {row.id: SHOW[kind](row, viewer) for row in _rows(conn, table, ids)}
    return [told[hit.id] | {"kind": hit.kind, "restricted": hit.is_restricted} for hit in hits if hit.id in told]


def _rows(conn: Connection, table: Any, ids: Iterable[str]) -> Iterable[Any]:
    if "place_id" not in table.c:
        return conn.execute(select(table).where(table.c.id.in_(list(ids))))
    at = select(table, PLACE.c.lon.label("place_lon"), PLACE.c.lat.label("place_lat"))
    return conn.execute(at.outerjoin(PLACE, PLACE.c.id == table.c.place_id).where(table.c.id.in_(list(ids))))


def _observation(row: Any, viewer: Viewer) -> Shown:
    return NOTHING | {
        "id": row.id, "shift_id": row.shift_id, "status": row.status, "code": row.category, "severity": row.severity,
        "happened": {"kind": row.happened_kind, "from": stamp(row.happened_from),
                     "to": stamp_or_none(row.happened_to)},
        "place_id": row.place_id, "position": _position(row), "certainty": row.certainty, "count": row.count,
        "ages": row.ages, "ongoing": row.ongoing, "actions": row.actions,
        "retracted": _nameless(note_seen(viewer, row.retracted, "reason")),
        **seen(viewer, row.flagged, text=row.text, place_text=row.place_text),
    }  # fmt: skip


def _escalation(row: Any, viewer: Viewer) -> Shown:
    closed = _nameless(note_seen(viewer, row.closed, "note"))
    return NOTHING | {
        "id": row.id, "shift_id": row.shift_id, "status": row.status, "code": row.service, "position": _position(row),
        "happened": {"kind": "point", "from": stamp(row.stated_at), "to": None}, "about_id": row.observation_id,
        "ended": closed, **seen(viewer, row.flagged, text=row.cause),
    }  # fmt: skip


def _shift(row: Any, viewer: Viewer) -> Shown:
    ended = stamp_or_none(row.ended_at)
    return NOTHING | {
        "id": row.id, "shift_id": row.id, "status": row.status, "code": None, "position": _position(row),
        "happened": {"kind": "point" if ended is None else "interval", "from": stamp(row.started_at), "to": ended},
        "area_id": row.area_id, **seen(viewer, row.summary_flagged, text=row.summary),
    }  # fmt: skip


SHOW = {"observation": _observation, "escalation": _escalation, "shift": _shift}


def _nameless(note: Mapping[str, Any] | None) -> Shown | None:
    return None if note is None else {k: v for k, v in note.items() if k not in ("author_id", "id")}


def _position(row: Any) -> Shown | None:
    """That of the record; of its chosen place, where it has none. As in GeoJSON, and as boxes are asked about."""
    if row.lat is not None:
        return {"lat": row.lat, "lon": row.lon, "source": row.position_source, "accuracy_m": row.accuracy_m}
    if getattr(row, "place_lat", None) is not None:
        return {"lat": row.place_lat, "lon": row.place_lon, "source": "place", "accuracy_m": None}
    return None
