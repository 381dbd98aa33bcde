"""Every read of observations. Restricted ones (protection 3) are for their author and for overseers."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, literal_column, or_, select, true, union

from app.access.permission import Right, Viewer
from app.blob import queries as blobs
from app.blob.rules import is_sha256
from app.core.asking import within
from app.core.clock import stamp, stamp_or_none
from app.guard.veil import is_hidden, note_seen, seen
from app.journal.record import wire_of
from app.observation import rules
from app.observation.models import Observation, ObservationBlob, ObservationRevision
from app.observation.schemas import ObservationsAsked
from app.place.filters import at_place_in, inside
from app.place.queries import PLACE
from app.place.vocabulary import restricted_categories
from app.shift.queries import in_scope, of_area

OBSERVATION = Observation.__table__  # type: ignore[attr-defined]
REVISION = ObservationRevision.__table__  # type: ignore[attr-defined]
OBSERVATION_BLOB = ObservationBlob.__table__  # type: ignore[attr-defined]
#: As their index says it: a bound value would not be known to be the one that it holds.
AGAINST_STAFF: ColumnElement[bool] = literal_column("observation.category = 'X1'")


def readable(viewer: Viewer) -> ColumnElement[bool]:
    """A record that ever was restricted stays so: correcting the category does not open it."""
    if viewer.may(Right.RECORD_READ_RESTRICTED):
        return true()
    once = select(REVISION.c.observation_id).where(
        REVISION.c.content["category"].as_string().in_(restricted_categories())
    )
    closed = OBSERVATION.c.category.in_(restricted_categories()) | OBSERVATION.c.id.in_(once)
    return or_(~closed, OBSERVATION.c.author_id == viewer.id)


def corrections() -> ColumnElement[int]:
    """How often an observation of the question around it has been corrected."""
    told = (REVISION.c.observation_id == OBSERVATION.c.id, REVISION.c.reason.is_not(None))
    return select(func.count()).where(*told).scalar_subquery()


def closed_to(conn: Connection, viewer: Viewer, observation_ids: Iterable[str | None]) -> set[str]:
    """Those of these that this viewer may not read: what belongs to them is closed too. No statement for overseers."""
    wanted = sorted({one for one in observation_ids if one})
    if not wanted or viewer.may(Right.RECORD_READ_RESTRICTED):
        return set()
    # Found from these ids: as `readable` asks it of many, all corrections would be read through for a few.
    category, others = REVISION.c.content["category"].as_string(), OBSERVATION.c.author_id.is_distinct_from(viewer.id)
    once = select(OBSERVATION.c.id).join(REVISION, REVISION.c.observation_id == OBSERVATION.c.id)
    now = select(OBSERVATION.c.id).where(OBSERVATION.c.id.in_(wanted), others)
    found = union(
        now.where(OBSERVATION.c.category.in_(restricted_categories())),
        once.where(REVISION.c.observation_id.in_(wanted), others, category.in_(restricted_categories())),
    )
    return set(conn.execute(found).scalars())


def closed_from_the_start(conn: Connection, observation_ids: Iterable[str | None]) -> set[str]:
    """Those of these whose first version was restricted: who may not read them has never been told of them."""
    wanted = sorted({one for one in observation_ids if one})
    first = func.coalesce(REVISION.c.content["category"].as_string(), OBSERVATION.c.category)
    found = select(OBSERVATION.c.id).outerjoin(REVISION, REVISION.c.id == OBSERVATION.c.id)
    stmt = found.where(OBSERVATION.c.id.in_(wanted), first.in_(restricted_categories()))
    return set(conn.execute(stmt).scalars()) if wanted else set()


def revisions(conn: Connection, observation_ids: Iterable[str]) -> dict[str, list[Any]]:
    """Versions of each observation, the original first, the one in force last."""
    found: dict[str, list[Any]] = {}
    wanted = list(observation_ids)
    if wanted:
        for row in conn.execute(select(REVISION).where(REVISION.c.observation_id.in_(wanted))):
            found.setdefault(row.observation_id, []).append(row)
    return {target: _in_order(versions) for target, versions in found.items()}


def _in_order(versions: list[Any]) -> list[Any]:
    by_id = {v.id: v for v in versions}
    order = [rules.Version(v.id, v.install, v.client_seq, v.id == v.observation_id) for v in versions]
    return [by_id[v.id] for v in rules.in_order(order)]


def wire(row: Any, versions: Iterable[Any], here: Collection[str], viewer: Viewer) -> dict[str, Any]:
    """An observation as the apps read it (kind `observation`): the version in force, and all versions beside it.

    `here`: those of the blobs it names that are complete; the others are told as missing.
    """
    return wire_of(row) | {
        "shift_id": row.shift_id, "status": row.status, "category": row.category,
        "happened": {"kind": row.happened_kind, "from": stamp(row.happened_from),
                     "to": stamp_or_none(row.happened_to)},
        "place_id": row.place_id, "count": row.count, "ages": row.ages,
        "certainty": row.certainty, "severity": row.severity, "ongoing": row.ongoing, "actions": row.actions,
        "revisions": [_revision(v, here, viewer) for v in versions],
        "retracted": note_seen(viewer, row.retracted, "reason"),
        **_words(viewer, row.flagged, row.text, row.place_text, _attachments(row.attachments, here)),
    }  # fmt: skip


def _revision(version: Any, here: Collection[str], viewer: Viewer) -> dict[str, Any]:
    """The reason is of the same statement as the content."""
    content, found = version.content, version.content.get("flagged")
    happened = {part: content[f"happened_{part}"] for part in ("kind", "from", "to")}
    own = {k: v for k, v in content.items() if k != "flagged" and not k.startswith("happened_")}
    words = _words(viewer, found, own["text"], own["place_text"], _attachments(content["attachments"], here))
    return {"id": version.id, "author_id": version.author_id, "stated_at": stamp(version.stated_at),
            "reason": None if is_hidden(viewer, found) else version.reason,
            "observation": {"happened": happened, **own, **words}}  # fmt: skip


def _words(
    viewer: Viewer, flagged: Any, text: str | None, place_text: str | None, photos: list[dict[str, Any]]
) -> dict[str, Any]:
    """A photo without its caption is still a photo of the record."""
    if is_hidden(viewer, flagged):
        photos = [{**photo, "caption": None} for photo in photos]
    return seen(viewer, flagged, text=text, place_text=place_text) | {"attachments": photos}


def _attachments(named: Iterable[dict[str, Any]], here: Collection[str]) -> list[dict[str, Any]]:
    return [{**attached, "missing": attached["sha256"] not in here} for attached in named]


def blobs_of(rows: Iterable[Any], versions: Iterable[Sequence[Any]]) -> set[str]:
    """Every blob that these observations name in any version."""
    contents = [row.attachments for row in rows] + [v.content["attachments"] for mine in versions for v in mine]
    return {attached["sha256"] for named in contents for attached in named if is_sha256(attached["sha256"])}


def page(conn: Connection, viewer: Viewer, asked: ObservationsAsked) -> tuple[list[Any], int]:
    """(rows with `place_lon`, `place_lat`; total), newest first."""
    where = _where(viewer, asked)
    total = conn.execute(select(func.count()).select_from(OBSERVATION).where(*where)).scalar_one()
    order = (OBSERVATION.c.happened_from.desc(), OBSERVATION.c.id.desc())
    found = (
        select(OBSERVATION, PLACE.c.lon.label("place_lon"), PLACE.c.lat.label("place_lat"))
        .outerjoin(PLACE, PLACE.c.id == OBSERVATION.c.place_id)
        .where(*where)
    )
    return list(conn.execute(found.order_by(*order).limit(asked.limit).offset(asked.offset))), total


def get(conn: Connection, viewer: Viewer, observation_id: str) -> Any | None:
    scope = in_scope(viewer, OBSERVATION.c.shift_id, OBSERVATION.c.author_id)
    found = select(OBSERVATION).where(OBSERVATION.c.id == observation_id, scope, readable(viewer))
    return conn.execute(found).one_or_none()


def some(conn: Connection, viewer: Viewer, observation_ids: Sequence[str]) -> list[Any]:
    """Those of these that the viewer may read, in the order of their time."""
    found = select(OBSERVATION).where(
        OBSERVATION.c.id.in_(list(observation_ids)),
        in_scope(viewer, OBSERVATION.c.shift_id, OBSERVATION.c.author_id), readable(viewer),
    )  # fmt: skip
    return list(conn.execute(found.order_by(OBSERVATION.c.happened_from, OBSERVATION.c.id)))


def wires(conn: Connection, viewer: Viewer, rows: list[Any]) -> list[dict[str, Any]]:
    versions = revisions(conn, [row.id for row in rows])
    here = blobs.here(conn, blobs_of(rows, versions.values()))
    return [wire(row, versions.get(row.id, []), here, viewer) for row in rows]


def _where(viewer: Viewer, asked: ObservationsAsked) -> list[Any]:
    o = OBSERVATION.c
    where = [in_scope(viewer, o.shift_id, o.author_id), readable(viewer)]
    where += within(o.happened_from, asked.from_, asked.to)
    if asked.box is not None:
        where.append(inside(OBSERVATION, asked.box))
    if asked.category:
        where.append(o.category.in_(asked.category))
    if asked.area_id is not None:
        where.append(at_place_in(o.place_id, asked.area_id) | of_area(o.shift_id, asked.area_id))
    equal = {o.place_id: asked.place_id, o.shift_id: asked.shift_id, o.status: asked.status}
    return where + [column == value for column, value in equal.items() if value is not None]


def of_shift(conn: Connection, viewer: Viewer, shift_id: str) -> list[tuple[Any, list[Any]]]:
    """Each observation of a shift with its versions, in one statement."""
    versions = [column.label(f"version_{column.name}") for column in REVISION.c]
    found = (
        select(OBSERVATION, *versions)
        .outerjoin(REVISION, REVISION.c.observation_id == OBSERVATION.c.id)
        .where(OBSERVATION.c.shift_id == shift_id, readable(viewer))
        .order_by(OBSERVATION.c.id, REVISION.c.id)
    )
    together: dict[str, tuple[Any, list[Any]]] = {}
    for row in conn.execute(found):
        _, mine = together.setdefault(row.id, (row, []))
        if row.version_id is not None:
            mine.append(Version(row.version_id, row.version_author_id, row.version_stated_at, row.version_reason,
                                row.version_content))  # fmt: skip
    return list(together.values())


class Version(NamedTuple):
    id: str
    author_id: str | None
    stated_at: datetime
    reason: str | None
    content: dict[str, Any]
