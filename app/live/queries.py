"""Which shifts each op of the journal's tail concerns: its own, and those of what it is about."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Select, select, union_all

from app.alert.queries import ALERT
from app.alert.queries import STEP as ALERT_STEP
from app.checkin.queries import CHECKIN
from app.core.ids import is_uuid
from app.escalation.queries import ESCALATION
from app.followup.queries import FOLLOWUP
from app.followup.queries import STEP as FOLLOWUP_STEP
from app.journal import tail
from app.live.about import BARE, named
from app.live.changes import Change, kind_of
from app.observation.queries import OBSERVATION, OBSERVATION_BLOB
from app.photo.queries import PHOTO
from app.review.queries import COMMENT
from app.shift.handover import HANDOVER
from app.shift.queries import SHIFT

#: Ops whose bodies are held at once: each may be as large as a push.
LOOKED_INTO_MAX = 100
RECORDS = (CHECKIN, OBSERVATION, ESCALATION, ALERT, COMMENT, PHOTO, FOLLOWUP, HANDOVER)


def changes(conn: Connection, entries: Sequence[tail.Entry]) -> list[Change]:
    """In the order of the entries. Two statements for each hundred that may be about something."""
    seqs = sorted({entry.op for entry in entries if entry.type not in BARE})
    shifts: dict[int, set[str]] = {entry.op: {entry.shift} for entry in entries if entry.shift is not None}
    for start in range(0, len(seqs), LOOKED_INTO_MAX):
        for seq, others in _about(conn, seqs[start : start + LOOKED_INTO_MAX]).items():
            shifts.setdefault(seq, set()).update(others)
    return [Change(entry.seq, kind_of(entry.type), frozenset(shifts.get(entry.op, ()))) for entry in entries]


def _about(conn: Connection, seqs: Collection[int]) -> dict[int, set[str]]:
    """An op's seq → the shifts of what it is about."""
    told = {seq: named(body) for seq, body in tail.bodies(conn, seqs).items()}
    shifts: dict[str, set[str]] = {}
    if parts := _parts(set().union(*told.values())):
        for row in conn.execute(union_all(*parts)):
            shifts.setdefault(row.about, set()).add(row.shift_id)
    return {seq: {shift for one in mine for shift in shifts.get(one, ())} for seq, mine in told.items()}


def _parts(about: Collection[str]) -> list[Select[Any]]:
    """(about, shift_id), each by an index; nothing for a record of no shift."""
    ids = sorted(one for one in about if is_uuid(one))
    hashes = sorted(set(about).difference(ids))
    parts: list[Select[Any]] = []
    if ids:
        parts.append(_of(SHIFT.c.id, SHIFT.c.id, ids))
        parts += [_of(record.c.id, record.c.shift_id, ids) for record in RECORDS]
        # A step of an alarm's ladder, or of a report's; and a word of a follow-up.
        for step, one, target in (
            (ALERT_STEP, ALERT, ALERT_STEP.c.alert_id),
            (ALERT_STEP, OBSERVATION, ALERT_STEP.c.alert_id),
            (FOLLOWUP_STEP, FOLLOWUP, FOLLOWUP_STEP.c.followup_id),
        ):
            parts.append(_of(step.c.id, one.c.shift_id, ids).join(one, one.c.id == target))
    if hashes:
        parts.append(_of(PHOTO.c.sha256, PHOTO.c.shift_id, hashes))
        written = _of(OBSERVATION_BLOB.c.sha256, OBSERVATION.c.shift_id, hashes)
        parts.append(written.join(OBSERVATION, OBSERVATION.c.id == OBSERVATION_BLOB.c.observation_id))
    return parts


def _of(key: Any, shift_id: Any, wanted: Collection[str]) -> Select[Any]:
    found = select(key.label("about"), shift_id.label("shift_id")).select_from(key.table)
    return found.where(key.in_(list(wanted)), shift_id.is_not(None))
