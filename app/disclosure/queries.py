"""Every read of the register. Its words are those of the versions in the log, masked as when they were handed out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from app.access.permission import Viewer
from app.access.queries import PERSON
from app.core.clock import stamp
from app.disclosure import rules
from app.disclosure.models import Disclosure, DisclosureRecord
from app.guard.veil import seen
from app.observation import queries as observations
from app.observation.queries import OBSERVATION
from app.place.queries import PLACE

DISCLOSURE = Disclosure.__table__  # type: ignore[attr-defined]
RECORD = DisclosureRecord.__table__  # type: ignore[attr-defined]
Json = dict[str, Any]
RETRACTED = "retracted"


def _is_corrected() -> Any:
    """Says something else now than when it was handed out."""
    o = OBSERVATION.c
    since = and_(o.status == RETRACTED, ~RECORD.c.retracted)
    return and_(o.status != "current", or_(since, observations.corrections() > RECORD.c.corrections))


def listed(conn: Connection, viewer: Viewer, *, limit: int, offset: int) -> tuple[list[Json], int]:
    """(heads, the newest first; total). Three statements."""
    d = DISCLOSURE.c
    total = conn.execute(select(func.count()).select_from(DISCLOSURE)).scalar_one()
    found = _heads().order_by(d.year.desc(), d.number.desc(), d.id.desc()).limit(limit).offset(offset)
    rows = list(conn.execute(found))
    counts = _counts(conn, [row.id for row in rows])
    return [_head(viewer, row, counts.get(row.id, (0, 0))) for row in rows], total


def _heads() -> Any:
    named = DISCLOSURE.outerjoin(PERSON, PERSON.c.id == DISCLOSURE.c.author_id)
    return select(DISCLOSURE, PERSON.c.name.label("author_name")).select_from(named)


def _counts(conn: Connection, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """id → (records in it, those corrected since)"""
    joined = RECORD.outerjoin(OBSERVATION, OBSERVATION.c.id == RECORD.c.observation_id)
    corrected = func.count().filter(_is_corrected()).label("corrected")
    stmt = select(RECORD.c.disclosure_id, func.count().label("n"), corrected).select_from(joined)
    stmt = stmt.where(RECORD.c.disclosure_id.in_(ids)).group_by(RECORD.c.disclosure_id)
    return {row.disclosure_id: (row.n, row.corrected) for row in conn.execute(stmt)}


def _head(viewer: Viewer, row: Any, counts: tuple[int, int], *more: str) -> Json:
    words = {name: getattr(row, name) for name in ("recipient", "reference", *more)}
    return {"id": row.id, "year": row.year, "number": row.number, "to": row.recipient_kind,
            "author": {"id": row.author_id, "name": row.author_name}, "stated_at": stamp(row.stated_at),
            "records": counts[0], "corrected": counts[1], **seen(viewer, row.flagged, **words)}  # fmt: skip


def said(conn: Connection, disclosure_id: str) -> Json | None:
    """What its maker said, as `schemas.MakeIn` has it; None where there is none of this id."""
    row = conn.execute(select(DISCLOSURE).where(DISCLOSURE.c.id == disclosure_id)).one_or_none()
    if row is None:
        return None
    found = conn.execute(select(RECORD).where(RECORD.c.disclosure_id == disclosure_id).order_by(RECORD.c.place))
    records = [
        {
            "id": one.observation_id,
            "versions": [{name: said[name] for name in ("id", "masked")} for said in one.versions],
        }
        for one in found
    ]
    return {"to": row.recipient_kind, "records": records,
            **{name: getattr(row, name) for name in ("recipient", "reference", "decision", "positions")}}  # fmt: skip


def next_number(conn: Connection, year: int) -> int:
    newest: int | None = conn.execute(select(func.max(DISCLOSURE.c.number)).where(DISCLOSURE.c.year == year)).scalar()
    return (newest or 0) + 1


def states(conn: Connection, observation_ids: Sequence[str]) -> dict[str, tuple[int, bool]]:
    """id → (how often it has been corrected, whether it is retracted)"""
    stmt = select(OBSERVATION.c.id, observations.corrections().label("times"), OBSERVATION.c.status)
    stmt = stmt.where(OBSERVATION.c.id.in_(list(observation_ids)))
    return {row.id: (row.times, row.status == RETRACTED) for row in conn.execute(stmt)}


def values(conn: Connection, viewer: Viewer, observation_ids: Sequence[str]) -> dict[str, Json]:
    """Observations as this viewer is told them; those that they may not read are not among them."""
    rows = observations.some(conn, viewer, observation_ids)
    return {value["id"]: value for value in observations.wires(conn, viewer, rows)}


def places(conn: Connection, place_ids: Iterable[str | None]) -> dict[str, Any]:
    wanted = sorted({one for one in place_ids if one})
    if not wanted:
        return {}
    stmt = select(PLACE.c.id, PLACE.c.name, PLACE.c.lon, PLACE.c.lat).where(PLACE.c.id.in_(wanted))
    return {row.id: row for row in conn.execute(stmt)}


def one(conn: Connection, viewer: Viewer, disclosure_id: str) -> Json | None:
    """A disclosure with its records, as they were handed out."""
    row = conn.execute(_heads().where(DISCLOSURE.c.id == disclosure_id)).one_or_none()
    if row is None:
        return None
    joined = RECORD.outerjoin(OBSERVATION, OBSERVATION.c.id == RECORD.c.observation_id)
    here = OBSERVATION.c.id.is_not(None).label("is_here")
    stmt = select(RECORD, _is_corrected().label("is_corrected"), here).select_from(joined)
    records = list(conn.execute(stmt.where(RECORD.c.disclosure_id == disclosure_id).order_by(RECORD.c.place)))
    told = values(conn, viewer, [record.observation_id for record in records])
    at = places(conn, [version["place_id"] for value in told.values() for version in rules.versions_of(value)])
    items = [_item(record, told.get(record.observation_id), at if row.positions else None) for record in records]
    counts = (len(records), sum(item["is_corrected"] for item in items))
    return _head(viewer, row, counts, "decision") | {"positions": row.positions, "items": items}


def _item(record: Any, value: Json | None, at: Mapping[str, Any] | None) -> Json:
    """`at`: the places by id, where it is told exactly where something was."""
    told = {"id": record.observation_id, "is_corrected": bool(record.is_corrected)}
    if value is None:
        # What was erased by decision stays in the register, without its words.
        return told | {"shift_id": None, "closed": bool(record.is_here), "erased": not record.is_here, "versions": []}
    known = {version["id"]: version for version in rules.versions_of(value)}
    versions = [
        _version(kept, known[kept["id"]], value["position"], at) for kept in record.versions if kept["id"] in known
    ]
    return told | {"shift_id": value["shift_id"], "closed": False, "erased": False, "versions": versions}


def _version(kept: Json, version: Json, position: Json | None, at: Mapping[str, Any] | None) -> Json:
    is_hidden = kept["hidden"] or bool(version.get("hidden"))
    words = {} if is_hidden else rules.words_of(version)
    fields = {name: rules.pieces(said, kept["masked"][name]) for name, said in words.items()}
    named = ("id", "stated_at", "category", "happened", "count", "ages", "certainty", "severity", "ongoing", "actions")
    return {name: version[name] for name in named} | {
        "place": kept["place"], "position": None if at is None else _position(version, position, at),
        "hidden": is_hidden, "fields": fields,
    }  # fmt: skip


def _position(version: Json, position: Json | None, at: Mapping[str, Any]) -> Json | None:
    """That of its place, which a correction may have changed; else where it was written."""
    place = at.get(version["place_id"] or "")
    if place is not None and place.lat is not None:
        return {"lon": place.lon, "lat": place.lat}
    return None if position is None else {"lon": position["lon"], "lat": position["lat"]}
