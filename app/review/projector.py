"""Comments and reviews → rows that hang on a shift."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Connection, select, union_all

from app.access import queries as access
from app.alert.models import Alert
from app.checkin.models import Checkin
from app.core.insert import insert_new
from app.escalation.models import Escalation
from app.guard.said import Told, flagged
from app.journal.ops import TEXT_MAX, Accepted, Body, Id, OpKind, Refusal, Text, Why
from app.journal.record import row_of
from app.observation.models import Observation
from app.review.models import Comment, Review
from app.shift.models import Shift
from app.shift.part import Part, outsiders


class CommentAdd(Told):
    target: Id
    text: Annotated[str, Field(min_length=1, max_length=TEXT_MAX)]


class Approve(Told):
    target: Id
    note: Text | None = None


class Return(Told):
    target: Id
    note: Annotated[str, Field(min_length=1, max_length=TEXT_MAX)]


def comment(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    targets = _targets(conn, [op.data.target for op in ops])
    refused = {op.id: Refusal(Why.TARGET, op.data.target) for op in ops if op.data.target not in targets}
    about = {op.id: (op.author, targets[op.data.target]) for op in ops if op.id not in refused}
    refused |= outsiders(conn, {op_id: Part(author, *record) for op_id, (author, record) in about.items()})
    rows = [
        row_of(op)
        | {"shift_id": targets[op.data.target][1], "target": op.data.target, "text": op.data.text,
           "flagged": flagged(op.author, [op.data.text], op.data)}
        for op in ops
        if op.id not in refused
    ]  # fmt: skip
    insert_new(conn, Comment, rows, ["id"])
    return refused


def approve(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    return _review(conn, ops, "approve")


def give_back(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    return _review(conn, ops, "return")


def _review(conn: Connection, ops: Sequence[Accepted], verdict: str) -> Mapping[str, Refusal]:
    targets = _targets(conn, [op.data.target for op in ops], only=("shift",))
    overseers = access.supervised(conn, [op.author for op in ops if op.author])
    refused = {op.id: Refusal(Why.TARGET, op.data.target) for op in ops if op.data.target not in targets}
    refused |= {op.id: Refusal(Why.PERMISSION, None) for op in ops if op.author not in overseers}
    rows = [
        row_of(op)
        | {"shift_id": op.data.target, "target": op.data.target, "verdict": verdict, "note": op.data.note,
           "flagged": flagged(op.author, [op.data.note], op.data)}
        for op in ops
        if op.id not in refused
    ]  # fmt: skip
    insert_new(conn, Review, rows, ["id"])
    return refused


def _targets(
    conn: Connection, targets: Sequence[str], only: Sequence[str] = ()
) -> dict[str, tuple[str | None, str | None]]:
    """target → (its author, the shift it belongs to or null); a missing key: there is no such target."""
    parts: list[Any] = []
    for model in (Shift, Checkin, Observation, Escalation, Alert, Comment):
        table = model.__table__  # type: ignore[union-attr]
        if only and table.name not in only:
            continue
        shift_id = table.c.id if model is Shift else table.c.shift_id
        parts.append(select(table.c.id, table.c.author_id, shift_id.label("shift_id"))
                     .where(table.c.id.in_(list(targets))))  # fmt: skip
    return {row.id: (row.author_id, row.shift_id) for row in conn.execute(union_all(*parts))}


OPS = (
    OpKind("comment.add", Body[CommentAdd], comment, rank=30),
    OpKind("review.approve", Body[Approve], approve, rank=31),
    OpKind("review.return", Body[Return], give_back, rank=31),
)
TABLES = (Comment, Review)
