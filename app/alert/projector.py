"""Ops of an alarm → alert and its steps. The same rows in whatever order the ops arrive."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from sqlalchemy import Connection, update

from app.alert.models import Alert, AlertStep, Ladder
from app.alert.rules import ladder_id
from app.core.insert import insert_new
from app.guard.said import Told, flagged
from app.journal.history import kept
from app.journal.ops import Accepted, Body, Code, Data, Id, Instant, OpKind, Refusal, ShortText, Text, Why
from app.journal.record import note_of, present, row_of
from app.observation.models import Observation
from app.shift.part import open_to

ALERT = Alert.__table__  # type: ignore[attr-defined]
STEP = AlertStep.__table__  # type: ignore[attr-defined]
OBSERVATION = Observation.__table__  # type: ignore[attr-defined]
PEOPLE_MAX = 500
#: Each person by each channel.
TOLD_MAX = 5_000
RUNGS_MAX, MINUTES_MAX = 50, 24 * 60


class Raise(Told):
    #: A call that does not say what it is about is one for help.
    kind: Annotated[Code, BeforeValidator(lambda said: "help" if said is None else said)] = "help"
    note: Text | None = None


class Clear(Told):
    target: Id
    note: Text | None = None


class Acknowledge(Data):
    target: Id


class Overdue(Data):
    host: Id
    checkin: Id
    due: Instant


class Settle(Data):
    """What made it needless, said by the server: a check-in after all, the host's own leaving or end."""

    target: Id
    cause: Code
    record: Id | None = None


class Step(Data):
    """`target`: the alarm, or the report of a threat against staff."""

    target: Id
    number: Annotated[int, Field(ge=0, le=10_000)]
    attempt: Annotated[int, Field(ge=1, le=10_000)]
    rung: ShortText
    to: Annotated[list[Id], Field(max_length=PEOPLE_MAX)]


class Heard(Data):
    person: Id
    channel: Code
    ok: bool
    why: ShortText | None = None


class Notified(Data):
    """`target` is the step."""

    target: Id
    told: Annotated[list[Heard], Field(max_length=TOLD_MAX)]


class Rung(Data):
    after_min: Annotated[int, Field(ge=0, le=MINUTES_MAX)]
    #: A word of the rules', or a person's id.
    whom: Annotated[list[Code], Field(min_length=1, max_length=RUNGS_MAX)]
    via: Annotated[list[Code], Field(min_length=1, max_length=RUNGS_MAX)]


class LadderPut(Data):
    """All of a kind's ladder, or that the settings' holds again."""

    kind: Code
    active: bool = True
    grace_min: Annotated[int, Field(ge=0, le=MINUTES_MAX)] | None = None
    repeat_min: Annotated[int, Field(ge=1, le=MINUTES_MAX)] | None = None
    steps: Annotated[list[Rung], Field(max_length=RUNGS_MAX)] = []


def raise_(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """An alarm waits for nothing, not even for its shift (I7)."""
    own = {"due_at": None, "checkin_id": None}
    rows = [
        _row(op)
        | {"host_id": op.author, "kind": op.data.kind, "note": op.data.note,
           "flagged": flagged(op.author, [op.data.note], op.data)}
        | own
        for op in ops
    ]  # fmt: skip
    insert_new(conn, Alert, rows, ["id"])
    return {}


def overdue(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    rows = [
        _row(op)
        | {"host_id": op.data.host, "kind": "overdue", "note": None, "due_at": op.data.due,
           "checkin_id": op.data.checkin, "flagged": None}
        for op in ops
    ]  # fmt: skip
    insert_new(conn, Alert, rows, ["id"])
    return {}


def acknowledge(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """By somebody else than the one in need: an acknowledgement ends the telling of others."""
    targets, parts = open_to(conn, ALERT, ops)
    own = {op.id for op in ops if op.data.target in targets and targets[op.data.target].host_id == op.author}
    refused = {**parts, **{op_id: Refusal(Why.PERMISSION, None) for op_id in own}}
    for op in ops:
        if op.id not in refused:
            now = present(conn, ALERT, [op.data.target])[op.data.target]
            told = {entry["id"]: entry for entry in (*now.acknowledged, note_of(op))}
            order = sorted(told.values(), key=lambda entry: (entry["stated_at"], entry["id"]))
            _touch(conn, now, op.applied_seq, {"acknowledged": order})
    return refused


def clear(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    _, refused = open_to(conn, ALERT, ops)
    for op in ops:
        if op.id not in refused:
            found = flagged(op.author, [op.data.note], op.data)
            _end(conn, op, note_of(op, cause="person", record=None, note=op.data.note, flagged=found))
    return refused


def settle(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    refused = _missing(conn, ALERT, ops)
    for op in ops:
        if op.id not in refused:
            _end(conn, op, note_of(op, cause=op.data.cause, record=op.data.record, note=None))
    return refused


def step(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    targets = [op.data.target for op in ops]
    alerts = present(conn, ALERT, targets)
    here = alerts | present(conn, OBSERVATION, [one for one in targets if one not in alerts])
    refused = {op.id: Refusal(Why.TARGET, op.data.target) for op in ops if op.data.target not in here}
    known = [op for op in ops if op.id not in refused]
    rows = [
        {"id": op.id, "alert_id": op.data.target, "number": op.data.number, "attempt": op.data.attempt,
         "rung": op.data.rung, "whom": op.data.to, "at": op.received_at, "told": None, "told_at": None}
        for op in known
    ]  # fmt: skip
    insert_new(conn, AlertStep, rows, ["id"])
    for op in known:
        _is_told(conn, op.data.target, op.applied_seq)
    return refused


def notified(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    refused = _missing(conn, STEP, ops)
    for op in ops:
        if op.id in refused:
            continue
        taken = present(conn, STEP, [op.data.target])[op.data.target]
        told = [entry.model_dump() for entry in op.data.told]
        conn.execute(update(STEP).where(STEP.c.id == taken.id), {"told": told, "told_at": op.received_at})
        _is_told(conn, taken.alert_id, op.applied_seq)
    return refused


def put_ladder(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    rows = [op.data.model_dump() | {"id": op.id, "at": op.received_at, "seq": op.seq} for op in ops]
    insert_new(conn, Ladder, rows, ["id"])
    return {}


def _row(op: Accepted) -> dict[str, Any]:
    return row_of(op) | {"shift_id": op.shift, "status": "open", "acknowledged": [], "cleared": None}


def _missing(conn: Connection, table: Any, ops: Sequence[Accepted]) -> dict[str, Refusal]:
    here = present(conn, table, [op.data.target for op in ops])
    return {op.id: Refusal(Why.TARGET, op.data.target) for op in ops if op.data.target not in here}


def _end(conn: Connection, op: Accepted, told: dict[str, Any]) -> None:
    """The first to say so is told; the journal keeps the others."""
    now = present(conn, ALERT, [op.data.target])[op.data.target]
    first = min((now.cleared or told, told), key=lambda entry: (entry["stated_at"], entry["id"]))
    _touch(conn, now, op.applied_seq, {"status": "cleared", "cleared": first})


def _is_told(conn: Connection, target: str, seq: int) -> None:
    """An alarm is read with its steps; a report is not."""
    for now in present(conn, ALERT, [target]).values():
        _touch(conn, now, seq, {})


def _touch(conn: Connection, now: Any, seq: int, changed: Mapping[str, Any]) -> None:
    values = {**changed, "changed_seq": max(now.changed_seq, seq)}
    conn.execute(update(ALERT).where(ALERT.c.id == now.id), values)


OPS = (
    OpKind("alert.raise", Body[Raise], raise_, rank=20),
    OpKind("alert.overdue", Body[Overdue], overdue, rank=20, pushed=False),
    OpKind("alert.acknowledge", Body[Acknowledge], acknowledge, rank=21),
    OpKind("alert.clear", Body[Clear], clear, rank=22),
    OpKind("alert.settle", Body[Settle], settle, rank=22, pushed=False),
    OpKind("alert.step", Body[Step], step, rank=23, pushed=False),
    OpKind("alert.notified", Body[Notified], notified, rank=24, pushed=False),
    kept(OpKind("ladder.put", Body[LadderPut], put_ladder, rank=3, pushed=False), lambda data: ladder_id(data.kind)),
)
TABLES = (Alert, AlertStep, Ladder)
