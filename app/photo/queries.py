"""Every read of photos. A photo is read by those who may read the observation that it belongs to."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Select, select, union, union_all

from app.access.permission import Viewer
from app.blob import queries as blobs
from app.guard.veil import seen
from app.journal.record import wire_of
from app.observation.queries import OBSERVATION, OBSERVATION_BLOB, readable
from app.photo.models import Photo
from app.shift.queries import in_scope

PHOTO = Photo.__table__  # type: ignore[attr-defined]


def readable_by(conn: Connection, viewer: Viewer, sha256: str) -> str | None:
    """The id of some record in the viewer's scope that names this blob."""
    by_content = select(OBSERVATION_BLOB.c.observation_id).where(OBSERVATION_BLOB.c.sha256 == sha256)
    by_photo = select(PHOTO.c.target).where(PHOTO.c.sha256 == sha256)
    o = OBSERVATION.c
    named = o.id.in_(union_all(by_content, by_photo))
    scope = in_scope(viewer, o.shift_id, o.author_id)
    found: str | None = conn.execute(select(o.id).where(named, scope, readable(viewer)).limit(1)).scalar()
    return found


def of_shift(conn: Connection, viewer: Viewer, shift_id: str) -> list[Any]:
    """Photos added to observations of a shift, where these may be read, in the order in which they were stated."""
    target = OBSERVATION.c.id == PHOTO.c.target
    found = select(PHOTO).join(OBSERVATION, target).where(OBSERVATION.c.shift_id == shift_id, readable(viewer))
    return list(conn.execute(found.order_by(PHOTO.c.stated_at, PHOTO.c.id)))


def named_in(viewer: Viewer, shift_ids: Collection[str]) -> Select[Any]:
    """(shift, sha256) of every photo that records of these shifts name in any version, each once."""
    o = OBSERVATION.c
    mine = (o.shift_id.in_(list(shift_ids)), readable(viewer))
    written = select(o.shift_id.label("shift"), OBSERVATION_BLOB.c.sha256).join(
        OBSERVATION, o.id == OBSERVATION_BLOB.c.observation_id
    )
    added = select(o.shift_id.label("shift"), PHOTO.c.sha256).join(OBSERVATION, o.id == PHOTO.c.target)
    named = union(written.where(*mine), added.where(*mine)).subquery()
    return select(named.c.shift, named.c.sha256)


def wires(conn: Connection, viewer: Viewer, rows: list[Any]) -> Iterable[dict[str, Any] | None]:
    """Photos as the apps read them (kind `photo`); None where the observation is restricted for this viewer."""
    targets = {row.target for row in rows}
    allowed = select(OBSERVATION.c.id).where(OBSERVATION.c.id.in_(sorted(targets)), readable(viewer))
    shown = set(conn.execute(allowed).scalars()) if targets else set()
    here = blobs.here(conn, {row.sha256 for row in rows})
    return [wire(row, here, viewer) if row.target in shown else None for row in rows]


def wire(row: Any, here: Collection[str], viewer: Viewer) -> dict[str, Any]:
    return wire_of(row) | {
        "shift_id": row.shift_id, "target": row.target, "sha256": row.sha256, "size": row.size, "mime": row.mime,
        "missing": row.sha256 not in here, **seen(viewer, row.flagged, caption=row.caption),
    }  # fmt: skip
