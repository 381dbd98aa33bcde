"""A record as it stands → its row in `find_entry`.

The row depends on the record alone, and not on the ops that made it: whatever order they came in, it is the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select

from app.core.insert import insert_new
from app.escalation.queries import ATTEMPT, ESCALATION
from app.find.models import FindEntry
from app.find.rules import findable, place_in_time
from app.observation.queries import OBSERVATION, REVISION
from app.place.vocabulary import restricted_categories
from app.shift.queries import SHIFT

ENTRY = FindEntry.__table__  # type: ignore[attr-defined]
Entry = dict[str, Any]
NOTHING: Entry = {"code": None, "severity": 0, "place_id": None, "about_id": None, "is_restricted": False}


def observations(conn: Connection, ids: Sequence[str]) -> list[Entry]:
    o = OBSERVATION.c
    found = conn.execute(
        select(o.id, o.happened_from, o.status, o.category, o.severity, o.shift_id, o.place_id, o.lon, o.lat, o.text,
               o.place_text, o.attachments, o.flagged).where(o.id.in_(ids))
    ).all()  # fmt: skip
    once = _once_restricted(conn, [row.id for row in found if row.status != "current"])
    return [
        NOTHING
        | {"nth": place_in_time(row.happened_from, row.id), "id": row.id, "kind": "observation", "status": row.status,
           "code": row.category, "severity": row.severity or 0, "shift_id": row.shift_id, "place_id": row.place_id,
           "lon": row.lon, "lat": row.lat,
           "is_restricted": row.category in restricted_categories() or row.id in once,
           "words": findable(([row.text, row.place_text, *_captions(row.attachments)], row.flagged))}
        for row in found
    ]  # fmt: skip


def _captions(attachments: Iterable[Mapping[str, Any]]) -> list[str | None]:
    return [attached.get("caption") for attached in attachments]


def _once_restricted(conn: Connection, ids: Sequence[str]) -> set[str]:
    """Correcting a category opens nothing."""
    if not ids:
        return set()
    category = REVISION.c.content["category"].as_string()
    ever = select(REVISION.c.observation_id).where(REVISION.c.observation_id.in_(ids))
    return set(conn.execute(ever.where(category.in_(restricted_categories()))).scalars())


def escalations(conn: Connection, ids: Sequence[str]) -> list[Entry]:
    found = conn.execute(select(ESCALATION).where(ESCALATION.c.id.in_(ids))).all()
    made: dict[str, list[Any]] = {}
    a = ATTEMPT.c
    for row in conn.execute(select(a.escalation_id, a.reference, a.note, a.flagged).where(a.escalation_id.in_(ids))):
        made.setdefault(row.escalation_id, []).append(row)
    return [
        NOTHING
        | {"nth": place_in_time(row.stated_at, row.id), "id": row.id, "kind": "escalation", "status": row.status,
           "code": row.service, "shift_id": row.shift_id, "lon": row.lon, "lat": row.lat,
           "about_id": row.observation_id, "words": _words_of_call(row, made.get(row.id, []))}
        for row in found
    ]  # fmt: skip


def _words_of_call(row: Any, attempts: Iterable[Any]) -> str:
    closed = row.closed or {}
    return findable(([row.cause], row.flagged), ([closed.get("note")], closed.get("flagged")),
                    *(([one.reference, one.note], one.flagged) for one in attempts))  # fmt: skip


def shifts(conn: Connection, ids: Sequence[str]) -> list[Entry]:
    s = SHIFT.c
    found = conn.execute(
        select(s.id, s.started_at, s.status, s.lon, s.lat, s.summary, s.summary_flagged).where(s.id.in_(ids))
    )
    return [
        NOTHING
        | {"nth": place_in_time(row.started_at, row.id), "id": row.id, "kind": "shift", "status": row.status,
           "shift_id": row.id, "lon": row.lon, "lat": row.lat,
           "words": findable(([row.summary], row.summary_flagged))}
        for row in found
    ]  # fmt: skip


Make = Callable[[Connection, Sequence[str]], list[Entry]]


def note(conn: Connection, entries: Sequence[Entry]) -> None:
    """In place of the rows of these records."""
    conn.execute(delete(ENTRY).where(ENTRY.c.id.in_([entry["id"] for entry in entries])))
    insert_new(conn, FindEntry, _apart(conn, entries), ["id"])


def _apart(conn: Connection, entries: Sequence[Entry]) -> list[Entry]:
    """Two of one second whose ids are alike in what counts: the later takes the next place."""
    taken: set[int] = set()
    told = []
    for entry in sorted(entries, key=lambda entry: (entry["nth"], entry["id"])):
        while entry["nth"] in taken:
            entry = entry | {"nth": entry["nth"] + 1}
        taken.add(entry["nth"])
        told.append(entry)
    there = select(ENTRY.c.nth).where(ENTRY.c.nth.in_(sorted(taken)), ENTRY.c.id.not_in([e["id"] for e in entries]))
    held = set(conn.execute(there).scalars())
    if not held:
        return told
    return _apart(conn, [e | {"nth": e["nth"] + 1} if e["nth"] in held else e for e in told])
