"""Ops of an escalation → escalation and its attempts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import Field
from sqlalchemy import Connection, update

from app.core.insert import insert_new
from app.escalation.models import Escalation, EscalationAttempt
from app.guard.said import Told, flagged
from app.journal.ops import Accepted, Body, Code, Data, Id, Instant, OpKind, Refusal, ShortText, Text
from app.journal.record import as_json, note_of, present, row_of
from app.shift.part import open_to

ESCALATION = Escalation.__table__  # type: ignore[attr-defined]


class AboutTime(Data):
    """A time as a person tells it: exact, or "about"."""

    kind: Code = "point"
    from_: Instant = Field(alias="from")


#: A plain time string is an exact time. No validator before it: an `Instant` is read from JSON alone.
When = AboutTime | Instant


class EscalationCreate(Told):
    service: Code
    channel: Code | None = None
    observation_id: Id | None = None
    cause: Text | None = None


class AttemptData(Told):
    attempted: When
    answered: When | None = None
    arrived: When | None = None
    left: When | None = None
    outcome: Code
    reference: ShortText | None = None
    note: Text | None = None


class Attempt(AttemptData):
    target: Id


class Close(Told):
    target: Id
    outcome: Code
    note: Text | None = None


def create(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """Like a check-in it waits for nothing, not even for the observation that it names."""
    rows = [
        row_of(op)
        | {"shift_id": op.shift, "status": "open", "service": op.data.service, "channel": op.data.channel,
           "observation_id": op.data.observation_id, "cause": op.data.cause, "closed": None,
           "flagged": flagged(op.author, [op.data.cause], op.data)}
        for op in ops
    ]  # fmt: skip
    insert_new(conn, Escalation, rows, ["id"])
    return {}


def attempt(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    targets, refused = open_to(conn, ESCALATION, ops, programs=True)
    known = [op for op in ops if op.id not in refused]
    insert_new(conn, EscalationAttempt, [_attempt_row(op) for op in known], ["id"])
    for op in known:
        _touch(conn, targets[op.data.target].id, op.applied_seq, {})
    return refused


def close(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """The last close (by id) is told; the journal keeps the others."""
    _, refused = open_to(conn, ESCALATION, ops, programs=True)
    for op in ops:
        if op.id in refused:
            continue
        now = present(conn, ESCALATION, [op.data.target])[op.data.target]
        told = now.closed
        if told is None or op.id > told["id"]:
            found = flagged(op.author, [op.data.note], op.data)
            told = note_of(op, outcome=op.data.outcome, note=op.data.note, **({"flagged": found} if found else {}))
        _touch(conn, now.id, op.applied_seq, {"status": "closed", "closed": told})
    return refused


def _touch(conn: Connection, escalation_id: str, seq: int, changed: Mapping[str, Any]) -> None:
    now = present(conn, ESCALATION, [escalation_id])[escalation_id]
    values = {**changed, "changed_seq": max(now.changed_seq, seq)}
    conn.execute(update(ESCALATION).where(ESCALATION.c.id == escalation_id), values)


def _attempt_row(op: Accepted) -> dict[str, Any]:
    data: Attempt = op.data
    return {
        "id": op.id, "escalation_id": data.target, "author_id": op.author, "stated_at": op.at.wall,
        "attempted_at": _about(data.attempted).from_, "attempted": _when(data.attempted),
        "answered": _when(data.answered), "arrived": _when(data.arrived), "left": _when(data.left),
        "outcome": data.outcome, "reference": data.reference, "note": data.note,
        "flagged": flagged(op.author, [data.reference, data.note], data),
    }  # fmt: skip


def _about(value: AboutTime | datetime) -> AboutTime:
    return AboutTime.model_construct(kind="point", from_=value) if isinstance(value, datetime) else value


def _when(value: AboutTime | datetime | None) -> dict[str, Any] | None:
    if value is None:
        return None
    told = _about(value)
    return {"kind": told.kind, "from": as_json(told.from_)}


OPS = (
    OpKind("escalation.create", Body[EscalationCreate], create, rank=20),
    OpKind("escalation.attempt", Body[Attempt], attempt, rank=21),
    OpKind("escalation.close", Body[Close], close, rank=22),
)
TABLES = (Escalation, EscalationAttempt)
