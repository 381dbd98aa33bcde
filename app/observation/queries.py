"""Every read of observations. Restricted ones (protection 3) are for their author and for overseers."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select, true

from app.access.permission import Right, Viewer
from app.core.clock import stamp, stamp_or_none
from app.journal.record import wire_of
from app.observation import rules
from app.observation.models import Observation, ObservationRevision
from app.place.vocabulary import restricted_categories

OBSERVATION = Observation.__table__  # type: ignore[attr-defined]
REVISION = ObservationRevision.__table__  # type: ignore[attr-defined]


def readable(viewer: Viewer) -> ColumnElement[bool]:
    """A record that ever was restricted stays so: correcting the category does not open it."""
    if viewer.may(Right.RECORD_READ_RESTRICTED):
        return true()
    once = select(REVISION.c.observation_id).where(
        REVISION.c.content["category"].as_string().in_(restricted_categories())
    )
    closed = OBSERVATION.c.category.in_(restricted_categories()) | OBSERVATION.c.id.in_(once)
    return or_(~closed, OBSERVATION.c.author_id == viewer.id)


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


def wire(row: Any, versions: Iterable[Any]) -> dict[str, Any]:
    """An observation as the apps read it (kind `observation`): the version in force, and all versions beside it."""
    return wire_of(row) | {
        "shift_id": row.shift_id, "status": row.status, "category": row.category,
        "happened": {"kind": row.happened_kind, "from": stamp(row.happened_from),
                     "to": stamp_or_none(row.happened_to)},
        "place_id": row.place_id, "place_text": row.place_text, "count": row.count, "ages": row.ages,
        "certainty": row.certainty, "severity": row.severity, "ongoing": row.ongoing, "actions": row.actions,
        "text": row.text, "attachments": row.attachments,
        "revisions": [
            {"id": v.id, "author_id": v.author_id, "stated_at": stamp(v.stated_at), "reason": v.reason,
             "observation": _content(v.content)}
            for v in versions
        ],
        "retracted": row.retracted,
    }  # fmt: skip


def _content(content: dict[str, Any]) -> dict[str, Any]:
    happened = {part: content[f"happened_{part}"] for part in ("kind", "from", "to")}
    return {"happened": happened} | {k: v for k, v in content.items() if not k.startswith("happened_")}
