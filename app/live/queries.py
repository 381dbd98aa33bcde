"""Which shifts each op of the journal's tail concerns, its own and those of what it is about; and who may know."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, String, cast, null, select, union_all

from app.access.permission import Role, Viewer
from app.alert.queries import ALERT
from app.alert.queries import STEP as ALERT_STEP
from app.checkin.queries import CHECKIN
from app.core.ids import is_uuid
from app.escalation.queries import ESCALATION
from app.followup.queries import FOLLOWUP
from app.followup.queries import STEP as FOLLOWUP_STEP
from app.journal import tail
from app.journal.about import BARE
from app.live.about import named
from app.live.changes import Change, kind_of
from app.observation.queries import OBSERVATION, OBSERVATION_BLOB
from app.photo.queries import PHOTO
from app.review.queries import COMMENT, closed_targets
from app.shift.handover import HANDOVER
from app.shift.queries import SHIFT

#: Ops whose bodies are held at once: each may be as large as a push.
LOOKED_INTO_MAX = 100
#: Table → the column that names the record which its row is, or belongs to; none for what is never restricted.
RECORDS = {CHECKIN: None, OBSERVATION: "id", ESCALATION: "id", ALERT: None, COMMENT: "id", PHOTO: "target",
           FOLLOWUP: "observation_id", HANDOVER: None}  # fmt: skip
NONE = cast(null(), String)
ANYBODY = Viewer(id="", name="", role=Role.HOST)


class About(NamedTuple):
    shifts: set[str]
    records: set[str]


def changes(conn: Connection, entries: Sequence[tail.Entry]) -> list[Change]:
    """In the order of the entries. A few statements for each hundred that may be about something."""
    seqs = sorted({entry.op for entry in entries if entry.type not in BARE})
    about = {entry.op: About(set() if entry.shift is None else {entry.shift}, set()) for entry in entries}
    for start in range(0, len(seqs), LOOKED_INTO_MAX):
        for seq, others in _about(conn, seqs[start : start + LOOKED_INTO_MAX]).items():
            about[seq].shifts.update(others.shifts)
            about[seq].records.update(others.records)
    for entry in entries:
        if entry.type == "observation.create":
            about[entry.op].records.add(entry.id)
    closed = _closed(conn, set[str]().union(*(one.records for one in about.values())))
    return [
        Change(entry.seq, kind_of(entry.type), frozenset(about[entry.op].shifts),
               frozenset(closed[record] for record in about[entry.op].records if record in closed))
        for entry in entries
    ]  # fmt: skip


def _closed(conn: Connection, records: Collection[str]) -> dict[str, str]:
    """Those of these records that are, or are about, a restricted one → the author of that."""
    found = closed_targets(conn, ANYBODY, records) if records else {}
    if not found:
        return {}
    asked = select(OBSERVATION.c.id, OBSERVATION.c.author_id).where(OBSERVATION.c.id.in_(sorted(found.values())))
    authors = {row.id: row.author_id for row in conn.execute(asked)}
    return {record: authors.get(end, ANYBODY.id) for record, end in found.items()}


def _about(conn: Connection, seqs: Collection[int]) -> dict[int, About]:
    """An op's seq → the shifts and the records of what it is about."""
    told = {seq: named(body) for seq, body in tail.bodies(conn, seqs).items()}
    known: dict[str, About] = {}
    if parts := _parts(set().union(*told.values())):
        for row in conn.execute(union_all(*parts)):
            one = known.setdefault(row.about, About(set(), set()))
            one.shifts.add(row.shift_id)
            one.records.update({row.record} - {None})
    return {
        seq: About(
            {shift for one in mine & known.keys() for shift in known[one].shifts},
            {record for one in mine & known.keys() for record in known[one].records},
        )
        for seq, mine in told.items()
    }


def _parts(about: Collection[str]) -> list[Select[Any]]:
    """(about, shift_id, record), each by an index; nothing for a record of no shift."""
    ids = sorted(one for one in about if is_uuid(one))
    hashes = sorted(set(about).difference(ids))
    parts: list[Select[Any]] = []
    if ids:
        parts.append(_of(SHIFT.c.id, SHIFT.c.id, NONE, ids))
        parts += [
            _of(table.c.id, table.c.shift_id, NONE if name is None else table.c[name], ids)
            for table, name in RECORDS.items()
        ]
        # A step of an alarm's ladder, or of a report's; and a word of a follow-up.
        for step, one, target, record in (
            (ALERT_STEP, ALERT, ALERT_STEP.c.alert_id, NONE),
            (ALERT_STEP, OBSERVATION, ALERT_STEP.c.alert_id, OBSERVATION.c.id),
            (FOLLOWUP_STEP, FOLLOWUP, FOLLOWUP_STEP.c.followup_id, FOLLOWUP.c.observation_id),
        ):
            parts.append(_of(step.c.id, one.c.shift_id, record, ids).join(one, one.c.id == target))
    if hashes:
        parts.append(_of(PHOTO.c.sha256, PHOTO.c.shift_id, PHOTO.c.target, hashes))
        written = _of(OBSERVATION_BLOB.c.sha256, OBSERVATION.c.shift_id, OBSERVATION.c.id, hashes)
        parts.append(written.join(OBSERVATION, OBSERVATION.c.id == OBSERVATION_BLOB.c.observation_id))
    return parts


def _of(key: Any, shift_id: Any, record: Any, wanted: Collection[str]) -> Select[Any]:
    told = (key.label("about"), shift_id.label("shift_id"), record.label("record"))
    return select(*told).select_from(key.table).where(key.in_(list(wanted)), shift_id.is_not(None))
