"""missing.dismiss and missing.restore → the newest word on a line of what is missing."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Connection

from app.core.insert import put
from app.guard.said import Told, flagged
from app.journal.ops import Accepted, Body, Code, Data, Id, OpKind, Refusal
from app.missing.models import MissingDismissal

Reason = Annotated[str, Field(min_length=1, max_length=500)]


class Dismiss(Told):
    kind: Code
    subject: Id
    reason: Reason


class Restore(Data):
    kind: Code
    subject: Id


def dismiss(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    _put(conn, [_row(op) | {"active": True, "reason": op.data.reason,
                            "flagged": flagged(op.author, [op.data.reason], op.data)} for op in ops])  # fmt: skip
    return {}


def restore(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    _put(conn, [_row(op) | {"active": False, "reason": None, "flagged": None} for op in ops])
    return {}


def _row(op: Accepted) -> dict[str, Any]:
    return {"kind": op.data.kind, "subject": op.data.subject, "author_id": op.author, "stated_at": op.at.wall,
            "changed_seq": op.applied_seq}  # fmt: skip


def _put(conn: Connection, rows: Sequence[dict[str, Any]]) -> None:
    for row in rows:
        put(conn, MissingDismissal, [row], ["kind", "subject"])


OPS = (
    OpKind("missing.dismiss", Body[Dismiss], dismiss, rank=40, pushed=False),
    OpKind("missing.restore", Body[Restore], restore, rank=40, pushed=False),
)
TABLES = (MissingDismissal,)
