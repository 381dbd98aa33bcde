"""checkin.create → checkin."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from app.checkin.models import Checkin
from app.core.insert import insert_new
from app.guard.said import Told, flagged
from app.journal.ops import Accepted, Body, Code, Id, Instant, OpKind, Refusal, Text
from app.journal.record import row_of


class CheckinCreate(Told):
    kind: Code
    place_id: Id | None = None
    note: Text | None = None
    next_due: Instant | None = None


def create(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """A check-in never waits for its shift: a shift that came out wrong must not hide it (I7)."""
    rows = [
        row_of(op)
        | {"shift_id": op.shift, "kind": op.data.kind, "place_id": op.data.place_id, "note": op.data.note,
           "next_due": op.data.next_due, "flagged": flagged(op.author, [op.data.note], op.data)}
        for op in ops
    ]  # fmt: skip
    insert_new(conn, Checkin, rows, ["id"])
    return {}


OPS = (OpKind("checkin.create", Body[CheckinCreate], create, rank=20),)
TABLES = (Checkin,)
