"""Ops of a follow-up → followup and its steps; a word on "finns kvar?" → followup_answer.

Whatever is said of a record makes it count as changed: it may ask again, or no longer.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, update

from app.core.insert import insert_new
from app.followup.bodies import Answer, Change, Close, Create, Reopen, Send, Sent
from app.followup.models import Followup, FollowupAnswer, FollowupStep
from app.guard.said import flagged
from app.journal.ops import Accepted, Body, OpKind, Refusal, Why
from app.journal.record import as_json, note_of, present, row_of, touch
from app.observation.models import Observation

OBSERVATION = Observation.__table__  # type: ignore[attr-defined]
FOLLOWUP = Followup.__table__  # type: ignore[attr-defined]
STEP = FollowupStep.__table__  # type: ignore[attr-defined]
TEXTS = ("note", "draft", "result")
#: Members of an op → columns.
COLUMNS = {"kind": "kind", "owner": "owner_id", "due": "due", "note": "note", "draft": "draft"}
#: Null means that nothing was said of them: they cannot be taken away.
NEEDED = frozenset({"kind", "owner", "due"})
Apply = Callable[[Accepted, Any], dict[str, Any]]


def answer(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    known = present(conn, OBSERVATION, [op.data.target for op in ops])
    here = [op for op in ops if op.data.target in known]
    rows = [row_of(op) | {"shift_id": op.shift, "target": op.data.target, "answer": op.data.answer} for op in here]
    insert_new(conn, FollowupAnswer, rows, ["id"])
    for op in here:
        touch(conn, OBSERVATION, op.applied_seq, OBSERVATION.c.id == op.data.target)
    return {op.id: Refusal(Why.TARGET, op.data.target) for op in ops if op.data.target not in known}


def create(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    known = present(conn, OBSERVATION, [op.data.observation for op in ops])
    for op in ops:
        about = known.get(op.data.observation)
        if about is None:
            continue
        said = {"kind": op.data.kind, "owner": op.data.owner, "due": op.data.due, "note": op.data.note,
                "draft": op.data.draft}  # fmt: skip
        found = _flags(op, said)
        row = {COLUMNS[name]: value for name, value in said.items()} | {
            "id": op.id, "observation_id": about.id, "shift_id": about.shift_id, "reporter_id": about.author_id,
            "author_id": op.author, "stated_at": op.at.wall, "received_at": op.received_at, "status": "open",
            "outcome": None, "result": None, "flagged": found or None, "sent": [], "version": op.id,
            "changed_seq": op.applied_seq,
        }  # fmt: skip
        insert_new(conn, Followup, [row], ["id"])
        _note(conn, op, op.id, "create", said, found)
        touch(conn, OBSERVATION, op.applied_seq, OBSERVATION.c.id == about.id)
    return {op.id: Refusal(Why.TARGET, op.data.observation) for op in ops if op.data.observation not in known}


def change(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    def _said(op: Accepted, _row: Any) -> dict[str, Any]:
        told = {name: getattr(op.data, name) for name in COLUMNS if name in op.data.model_fields_set}
        return {name: value for name, value in told.items() if value is not None or name not in NEEDED}

    return _say(conn, ops, "change", _said)


def close(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    return _say(conn, ops, "close", lambda op, _row: {"status": "closed", "outcome": op.data.outcome,
                                                      "result": op.data.result})  # fmt: skip


def reopen(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    return _say(conn, ops, "reopen", lambda _op, _row: {"status": "open", "outcome": None, "result": None})


def send(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """A channel's name and not what was sent: that is the draft in force, which its history holds."""

    def _said(op: Accepted, row: Any) -> dict[str, Any]:
        begun = note_of(op, channel=op.data.channel, ok=None, why=None)
        return {"sent": [*row.sent, begun]}

    return _say(conn, ops, "send", _said, told=lambda op: {"channel": op.data.channel})


def sent(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    steps = present(conn, STEP, [op.data.target for op in ops])
    refused = {op.id: Refusal(Why.TARGET, op.data.target) for op in ops if op.data.target not in steps}
    for op in ops:
        if op.id in refused:
            continue
        row = present(conn, FOLLOWUP, [steps[op.data.target].followup_id])[steps[op.data.target].followup_id]
        told = [
            one | {"ok": op.data.ok, "why": op.data.why} if one["id"] == op.data.target else one for one in row.sent
        ]
        _put(conn, row, op, {"sent": told})
    return refused


def _say(
    conn: Connection, ops: Sequence[Accepted], what: str, said_by: Apply,
    told: Callable[[Accepted], dict[str, Any]] | None = None,
) -> Mapping[str, Refusal]:  # fmt: skip
    known = present(conn, FOLLOWUP, [op.data.target for op in ops])
    for op in ops:
        if op.data.target not in known:
            continue
        row = present(conn, FOLLOWUP, [op.data.target])[op.data.target]
        said = said_by(op, row)
        found = _flags(op, said)
        kept = {name: value for name, value in (row.flagged or {}).items() if name not in said}
        columns = {COLUMNS.get(name, name): value for name, value in said.items()}
        _put(conn, row, op, columns | {"flagged": {**kept, **found} or None, "version": op.id})
        _note(conn, op, row.id, what, told(op) if told else said, found)
        touch(conn, OBSERVATION, op.applied_seq, OBSERVATION.c.id == row.observation_id)
    return {op.id: Refusal(Why.TARGET, op.data.target) for op in ops if op.data.target not in known}


def _put(conn: Connection, row: Any, op: Accepted, columns: Mapping[str, Any]) -> None:
    seq = max(row.changed_seq, op.applied_seq)
    values = {**columns, "received_at": max(row.received_at, op.received_at), "changed_seq": seq}
    conn.execute(update(FOLLOWUP).where(FOLLOWUP.c.id == row.id), values)


def _flags(op: Accepted, said: Mapping[str, Any]) -> dict[str, Any]:
    """What was found in each text; a reason for keeping a word keeps it in whichever of them it stands."""
    found = {name: flagged(op.author, [said[name]], op.data) for name in TEXTS if said.get(name)}
    return {name: one for name, one in found.items() if one is not None}


def _note(
    conn: Connection, op: Accepted, followup_id: str, what: str, said: Mapping[str, Any], found: Mapping[str, Any]
) -> None:
    plain = {name: str(value) if name == "due" else value for name, value in said.items() if name != "status"}
    row = {"id": op.id, "followup_id": followup_id, "seq": op.seq, "what": what, "author_id": op.author,
           "stated_at": op.at.wall, "said": as_json(plain), "flagged": dict(found) or None}  # fmt: skip
    insert_new(conn, FollowupStep, [row], ["id"])


OPS = (
    OpKind("followup.answer", Body[Answer], answer, rank=32),
    OpKind("followup.create", Body[Create], create, rank=33, pushed=False),
    OpKind("followup.change", Body[Change], change, rank=34, pushed=False),
    OpKind("followup.close", Body[Close], close, rank=34, pushed=False),
    OpKind("followup.reopen", Body[Reopen], reopen, rank=34, pushed=False),
    OpKind("followup.send", Body[Send], send, rank=34, pushed=False),
    OpKind("followup.sent", Body[Sent], sent, rank=35, pushed=False),
)
TABLES = (FollowupAnswer, Followup, FollowupStep)
