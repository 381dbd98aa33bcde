"""debrief.put → the newest word on whether a talk afterwards is offered, was held, or is not needed."""

from collections.abc import Mapping, Sequence
from typing import Literal

from sqlalchemy import Connection

from app.core.insert import put
from app.debrief.models import Debrief
from app.journal.ops import Accepted, Body, Data, Id, OpKind, Refusal, Why
from app.journal.record import present
from app.observation.models import Observation

OBSERVATION = Observation.__table__  # type: ignore[attr-defined]


class Put(Data):
    target: Id
    status: Literal["offered", "held", "not_needed"]


def put_word(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    known = present(conn, OBSERVATION, [op.data.target for op in ops])
    for op in ops:
        about = known.get(op.data.target)
        if about is None:
            continue
        row = {"id": about.id, "shift_id": about.shift_id, "reporter_id": about.author_id, "status": op.data.status,
               "author_id": op.author, "stated_at": op.at.wall, "received_at": op.received_at, "version": op.id,
               "changed_seq": op.applied_seq}  # fmt: skip
        put(conn, Debrief, [row], ["id"])
    return {op.id: Refusal(Why.TARGET, op.data.target) for op in ops if op.data.target not in known}


OPS = (OpKind("debrief.put", Body[Put], put_word, rank=37, pushed=False),)
TABLES = (Debrief,)
