"""retention.decide → the decision in force; .hold and .lift → what is kept all the same; .erase → erased, and told."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, select

from app.audit.readings import READING
from app.core.insert import put
from app.guard.said import flagged
from app.journal import erased
from app.journal.ops import Accepted, Body, OpKind, Refusal
from app.retention import reach
from app.retention.bodies import Decide, Erase, Hold, Lift
from app.retention.models import RetentionHold, RetentionRule, RetentionRun
from app.retention.rules import Cls
from app.shift.rules import day_begins

RUN = RetentionRun.__table__  # type: ignore[attr-defined]


def decide(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    for op in ops:
        told = {"cls": op.data.cls.value, "months": op.data.months, "reference": op.data.reference}
        put(conn, RetentionRule, [told | _by(op, op.data.reference)], ["cls"])
    return {}


def hold(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    return _holds(conn, ops, active=True)


def lift(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    return _holds(conn, ops, active=False)


def _holds(conn: Connection, ops: Sequence[Accepted], *, active: bool) -> Mapping[str, Refusal]:
    for op in ops:
        told = {"shift_id": op.data.target, "active": active, "reason": op.data.reason}
        put(conn, RetentionHold, [told | _by(op, op.data.reason)], ["shift_id"])
    return {}


def _by(op: Accepted, words: str) -> dict[str, Any]:
    return {"author_id": op.author, "stated_at": op.at.wall, "changed_seq": op.applied_seq,
            "flagged": flagged(op.author, [words], op.data)}  # fmt: skip


def erase(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """On a rebuild there is nothing left to take, but for what the ops of today would make anew."""
    for op in ops:
        said: Erase = op.data
        seqs = erased.unpacked(said.seqs)
        ids = erased.op_ids(conn, seqs) | set(said.roots)
        erased.blank(conn, seqs, said.roots)
        if said.cls is Cls.READING:
            conn.execute(delete(READING).where(READING.c.first_at < day_begins(date.fromisoformat(said.before))))
        elif said.cls is Cls.ACCOUNT:
            reach.drop_people(conn, said.roots, op.applied_seq)
        else:
            reach.drop_records(conn, ids)
        _tell(conn, op, len(seqs))
    return {}


def _tell(conn: Connection, op: Accepted, count: int) -> None:
    said: Erase = op.data
    row = {"id": said.run, "cls": said.cls.value, "before": date.fromisoformat(said.before), "months": said.months,
           "reference": said.reference, "author_id": op.author, "at": op.at.wall, "things": said.things,
           "ops": count, "photos": said.photos, "kept": said.kept,
           "flagged": flagged(op.author, [said.reference], said)}  # fmt: skip
    there = conn.execute(select(RUN).where(RUN.c.id == said.run)).one_or_none()
    if there is not None:
        row |= {name: row[name] + getattr(there, name) for name in ("things", "ops", "photos")} | {"at": there.at}
    put(conn, RetentionRun, [row], ["id"])


OPS = (
    OpKind("retention.decide", Body[Decide], decide, rank=43, pushed=False),
    OpKind("retention.hold", Body[Hold], hold, rank=43, pushed=False),
    OpKind("retention.lift", Body[Lift], lift, rank=43, pushed=False),
    OpKind(erased.TYPE, Body[Erase], erase, rank=98, pushed=False),
)
TABLES = (RetentionRule, RetentionHold, RetentionRun)
