"""Ops of an observation → observation and its versions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Connection, select, update

from app.blob.rules import is_sha256
from app.core.insert import insert_new
from app.guard.said import Told, flagged
from app.journal.ops import (
    CODES_MAX,
    Accepted,
    Body,
    Code,
    Data,
    Id,
    Instant,
    OpKind,
    Refusal,
    ShortText,
    Text,
)  # fmt: skip
from app.journal.record import as_json, note_of, position_row, present, row_of, wire_of
from app.observation import rules
from app.observation.models import Observation, ObservationBlob, ObservationRevision
from app.shift.part import open_to

OBSERVATION = Observation.__table__  # type: ignore[attr-defined]
REVISION = ObservationRevision.__table__  # type: ignore[attr-defined]
CONTENT = ("category", "happened_kind", "happened_from", "happened_to", "place_id", "place_text", "count", "ages",
           "certainty", "severity", "ongoing", "actions", "text", "attachments", "flagged")  # fmt: skip
#: A correction is written somewhere else: only these of its positions say where the thing itself was.
STATED = frozenset({"map", "place"})
Reason = Annotated[str, Field(min_length=1, max_length=2000)]


class Happened(Data):
    kind: Code
    from_: Instant = Field(alias="from")
    to: Instant | None = None


class Attachment(Data):
    sha256: ShortText
    #: Within what JSON numbers hold everywhere: a reader must be able to take it.
    size: Annotated[int, Field(ge=0, le=2**53)]
    mime: ShortText
    caption: ShortText | None = None


class ObservationData(Told):
    category: Code
    happened: Happened
    place_id: Id | None = None
    place_text: ShortText | None = None
    count: Code | None = None
    ages: Code | None = None
    certainty: Code | None = None
    severity: Annotated[int, Field(ge=1, le=4, strict=True)] | None = None
    ongoing: bool | None = None
    actions: Annotated[list[Code], Field(max_length=CODES_MAX)] = []
    text: Text | None = None
    attachments: Annotated[list[Attachment], Field(max_length=CODES_MAX)] = []


class Amend(Told):
    target: Id
    reason: Reason
    observation: ObservationData


class Retract(Told):
    target: Id
    reason: Reason


def content_of(author: str | None, data: ObservationData, amend: Amend | None = None) -> dict[str, Any]:
    """With what was found in its words, those of the correction's reason among them."""
    captions = [attached.caption for attached in data.attachments or ()]
    reason, said = (amend.reason, (data, amend)) if amend else (None, (data,))
    return {
        "category": data.category, "happened_kind": data.happened.kind, "happened_from": data.happened.from_,
        "happened_to": data.happened.to, "place_id": data.place_id, "place_text": data.place_text,
        "count": data.count, "ages": data.ages, "certainty": data.certainty, "severity": data.severity,
        "ongoing": data.ongoing, "actions": data.actions, "text": data.text,
        "attachments": [a.model_dump() for a in data.attachments] if data.attachments else [],
        "flagged": flagged(author, [data.text, data.place_text, *captions, reason], *said),
    }  # fmt: skip


def create(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    rows = [
        row_of(op) | {"shift_id": op.shift, "status": "current", "retracted": None} | content_of(op.author, op.data)
        for op in ops
    ]
    insert_new(conn, Observation, rows, ["id"])
    _note_blobs(conn, ((op.id, op.data) for op in ops))
    return {}


def amend(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    targets, refused = open_to(conn, OBSERVATION, ops)
    for op in ops:
        if op.id in refused:
            continue
        original = targets[op.data.target]
        rows = [_revision(op, content_of(op.author, op.data.observation, op.data) | _moved_to(op))]
        if original.status == "current" or not _has_versions(conn, original.id):
            rows.append(_original(original))
        insert_new(conn, ObservationRevision, [{**r, "content": as_json(r["content"])} for r in rows], ["id"])
        _note_blobs(conn, [(original.id, op.data.observation)])
        _put_in_force(conn, original.id, op)
        targets[op.data.target] = present(conn, OBSERVATION, [original.id])[original.id]
    return refused


def retract(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """The first retraction (by id) is told; an observation once retracted stays so."""
    _, refused = open_to(conn, OBSERVATION, ops)
    for op in ops:
        if op.id in refused:
            continue
        now = present(conn, OBSERVATION, [op.data.target])[op.data.target]
        told = now.retracted
        if told is None or op.id < told["id"]:
            found = flagged(op.author, [op.data.reason], op.data)
            told = note_of(op, reason=op.data.reason, **({"flagged": found} if found else {}))
        changed = {"status": "retracted", "retracted": told, "changed_seq": max(now.changed_seq, op.applied_seq)}
        conn.execute(update(OBSERVATION).where(OBSERVATION.c.id == now.id), changed)
    return refused


def _note_blobs(conn: Connection, named: Iterable[tuple[str, ObservationData]]) -> None:
    """So that a blob's readers are found by its name; no statement where nothing is attached."""
    keys = {
        (attached.sha256, target) for target, data in named for attached in data.attachments or ()
        if is_sha256(attached.sha256)
    }  # fmt: skip
    rows = [{"sha256": sha256, "observation_id": target} for sha256, target in sorted(keys)]
    insert_new(conn, ObservationBlob, rows, ["sha256", "observation_id"])


def _has_versions(conn: Connection, observation_id: str) -> bool:
    found = conn.execute(select(REVISION.c.id).where(REVISION.c.observation_id == observation_id).limit(1))
    return found.first() is not None


def _moved_to(op: Accepted) -> dict[str, Any]:
    """Without the member, a correction leaves the record where it was."""
    p = op.position
    if p is None or p.source not in STATED:
        return {}
    return {"position": p.model_dump()}


def _revision(op: Accepted, content: dict[str, Any]) -> dict[str, Any]:
    return {"id": op.id, "observation_id": op.data.target, "author_id": op.author, "install": op.install,
            "client_seq": op.client_seq, "stated_at": op.at.wall, "reason": op.data.reason,
            "content": content}  # fmt: skip


def _original(row: Any) -> dict[str, Any]:
    return {"id": row.id, "observation_id": row.id, "author_id": row.author_id, "install": row.install,
            "client_seq": None, "stated_at": row.stated_at, "reason": None,
            "content": {name: getattr(row, name) for name in CONTENT} | _was_at(row)}  # fmt: skip


def _was_at(row: Any) -> dict[str, Any]:
    position = wire_of(row)["position"]
    return {} if position is None else {"position": position}


def _put_in_force(conn: Connection, observation_id: str, op: Accepted) -> None:
    found = list(conn.execute(select(REVISION).where(REVISION.c.observation_id == observation_id)))
    versions = [rules.Version(r.id, r.install, r.client_seq, r.id == observation_id) for r in found]
    contents = {r.id: r.content for r in found}
    in_order = [contents[version.id] for version in rules.in_order(versions)]
    content = {name: said for name, said in in_order[-1].items() if name != "position"}
    where = next((said["position"] for said in reversed(in_order) if "position" in said), None)
    now = present(conn, OBSERVATION, [observation_id])[observation_id]
    changed = {"flagged": None} | content | position_row(where) | {
        "happened_from": _time(content["happened_from"]), "happened_to": _time(content["happened_to"]),
        "status": "retracted" if now.status == "retracted" else "amended",
        "changed_seq": max(now.changed_seq, op.applied_seq),
    }  # fmt: skip
    conn.execute(update(OBSERVATION).where(OBSERVATION.c.id == observation_id), changed)


def _time(value: str | None) -> Any:
    return None if value is None else datetime.fromisoformat(value)


OPS = (
    OpKind("observation.create", Body[ObservationData], create, rank=20),
    OpKind("observation.amend", Body[Amend], amend, rank=21),
    OpKind("observation.retract", Body[Retract], retract, rank=22),
)
TABLES = (Observation, ObservationRevision, ObservationBlob)
