"""Ops of a shift → shift, its crew, its ends. The same rows in whatever order the ops arrive."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select, update

from app.core.insert import insert_new, put
from app.guard.said import flagged
from app.journal.ops import Accepted, Body, OpKind, Refusal, Why
from app.journal.record import present, row_of
from app.shift import handover, rules
from app.shift.bodies import ShiftEndData, ShiftJoin, ShiftLeave, ShiftStart
from app.shift.models import Shift, ShiftEnd, ShiftMember, ShiftPresence
from app.shift.part import Part, outsiders

SHIFT = Shift.__table__  # type: ignore[attr-defined]
PRESENCE = ShiftPresence.__table__  # type: ignore[attr-defined]
MEMBER = ShiftMember.__table__  # type: ignore[attr-defined]
END = ShiftEnd.__table__  # type: ignore[attr-defined]


def crew_fits(author: str | None, _shift: str | None, data: Any) -> bool:
    """The author is among the hosts, nobody is named twice, and going alone has a reason."""
    return author is not None and not rules.crew_faults(author, data.hosts, data.alone_reason)


def names_shift(_author: str | None, shift: str | None, _data: Any) -> bool:
    return shift is not None


def start(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    rows, presences = [], []
    for op in ops:
        data: ShiftStart = op.data
        rows.append(
            row_of(op)
            | {
                "status": "open",
                "shift_date": rules.shift_date(op.at.wall),
                "started_at": op.at.wall,
                "ended_at": None,
                "hosts": data.hosts,
                "area_id": data.area_id,
                "transport": data.transport,
                "planned_end": data.planned_end,
                "alone_reason": data.alone_reason,
                "summary": None,
                "flagged": flagged(op.author, [data.alone_reason], data),
                "summary_flagged": None,
            }  # fmt: skip
        )
        presences += [_presence(op, op.id, user, joins=True) for user in data.hosts]
    insert_new(conn, Shift, rows, ["id"])
    insert_new(conn, ShiftPresence, presences, ["op_id", "user_id"])
    _settle_crews(conn, {row["id"]: row["changed_seq"] for row in rows})
    return {}


def join(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    return _come_and_go(conn, ops, joins=True)


def leave(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    return _come_and_go(conn, ops, joins=False)


def end(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    known, refused = _split(conn, ops)
    # What has no install came from a program, whose token says what it may write.
    refused |= outsiders(conn, {op.id: Part(op.author, None, op.shift) for op in known if op.install})
    known = [op for op in known if op.id not in refused]
    rows = [
        {"id": op.id, "shift_id": op.shift, "author_id": op.author, "install": op.install, "client_seq": op.client_seq,
         "ops": op.data.ops, "summary": op.data.summary, "stated_at": op.at.wall, "received_at": op.received_at,
         "seq": op.seq, "flagged": flagged(op.author, [op.data.summary, op.data.handover], op.data)}
        for op in known
    ]  # fmt: skip
    insert_new(conn, ShiftEnd, rows, ["id"])
    handover.leave(conn, known)
    for shift_id in {op.shift for op in known}:
        ends = conn.execute(select(END).where(END.c.shift_id == shift_id).order_by(END.c.stated_at, END.c.id)).all()
        told = next((e for e in reversed(ends) if e.summary), None)
        changed = {"status": "ended", "ended_at": ends[-1].stated_at, "summary": told.summary if told else None,
                   "summary_flagged": told.flagged if told else None}  # fmt: skip
        _touch(conn, str(shift_id), max(op.applied_seq for op in known if op.shift == shift_id), changed)
    return refused


def _come_and_go(conn: Connection, ops: Sequence[Accepted], *, joins: bool) -> Mapping[str, Refusal]:
    known, refused = _split(conn, ops)
    rows = [_presence(op, str(op.shift), str(op.author), joins=joins) for op in known]
    insert_new(conn, ShiftPresence, rows, ["op_id", "user_id"])
    touched = {str(op.shift): op.applied_seq for op in known}
    for shift_id, seq in touched.items():
        _touch(conn, shift_id, seq, {})
    _settle_crews(conn, touched)
    return refused


def _split(conn: Connection, ops: Sequence[Accepted]) -> tuple[list[Accepted], dict[str, Refusal]]:
    """Ops whose shift is here, and refusals for those that must wait for it."""
    shifts = present(conn, SHIFT, [op.shift for op in ops if op.shift])
    known = [op for op in ops if op.shift in shifts]
    return known, {op.id: Refusal(Why.TARGET, op.shift) for op in ops if op.shift not in shifts}


def _presence(op: Accepted, shift_id: str, user_id: str, *, joins: bool) -> dict[str, Any]:
    return {"op_id": op.id, "user_id": user_id, "shift_id": shift_id, "joins": joins, "stated_at": op.at.wall,
            "applied_seq": op.applied_seq}  # fmt: skip


def _settle_crews(conn: Connection, shifts: Mapping[str, int]) -> None:
    for shift_id in shifts:
        presences = [
            rules.Presence(r.op_id, r.user_id, r.joins, r.stated_at, r.applied_seq)
            for r in conn.execute(select(PRESENCE).where(PRESENCE.c.shift_id == shift_id))
        ]
        members = rules.crew(presences)
        conn.execute(delete(MEMBER).where(MEMBER.c.shift_id == shift_id))
        rows = [
            {"shift_id": shift_id, "user_id": m.user_id, "joined_at": m.joined_at, "left_at": m.left_at,
             "since_seq": m.since_seq}
            for m in members
        ]  # fmt: skip
        put(conn, ShiftMember, rows, ["shift_id", "user_id"])


def _touch(conn: Connection, shift_id: str, seq: int, changed: Mapping[str, Any]) -> None:
    newest = select(SHIFT.c.changed_seq).where(SHIFT.c.id == shift_id)
    now = conn.execute(newest).scalar_one()
    conn.execute(update(SHIFT).where(SHIFT.c.id == shift_id), {**changed, "changed_seq": max(now, seq)})


def _opens(op: Accepted) -> tuple[str, ...]:
    """A join may release what waited for its author to be of the crew."""
    return (op.id, str(op.shift))


OPS = (
    OpKind("shift.start", Body[ShiftStart], start, rank=10, check=crew_fits),
    OpKind("shift.join", Body[ShiftJoin], join, rank=11, check=names_shift, releases=_opens),
    OpKind("shift.leave", Body[ShiftLeave], leave, rank=12, check=names_shift),
    OpKind("shift.end", Body[ShiftEndData], end, rank=13, check=names_shift),
    OpKind("handover.acknowledge", Body[handover.HandoverAcknowledge], handover.acknowledge, rank=14),
)
TABLES = (Shift, ShiftPresence, ShiftMember, ShiftEnd, handover.Handover, handover.HandoverReading)
