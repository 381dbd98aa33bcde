"""What one shift leaves to the next: written with its end, read and acknowledged by whoever goes out after it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, select
from sqlmodel import SQLModel

from app.access.permission import Viewer
from app.core.clock import stamp
from app.core.columns import id_field, json_field, text_field, time_field
from app.core.insert import insert_new
from app.guard.said import flagged
from app.guard.veil import text_seen
from app.journal.ops import Accepted, Data, Id, Refusal, Why
from app.journal.record import Record, present, row_of, touch, wire_of


class Handover(Record, table=True):
    """Its id is that of the shift's end that carried it: two phones may each leave one."""

    __tablename__ = "handover"
    __table_args__ = (sa.Index(None, "changed_seq"),)
    shift_id: str | None = id_field(default=None)
    text: str = text_field()
    #: Of all the words of its shift's end.
    flagged: dict[str, Any] | None = json_field(default=None)


class HandoverReading(SQLModel, table=True):
    """Somebody's word of having read it. Its op's id: said twice, it is kept twice and told once."""

    __tablename__ = "handover_reading"
    id: str = id_field(primary_key=True)
    handover_id: str = id_field(index=True)
    author_id: str | None = id_field(default=None)
    stated_at: datetime = time_field()


HANDOVER = Handover.__table__  # type: ignore[attr-defined]
READING = HandoverReading.__table__  # type: ignore[attr-defined]


class HandoverAcknowledge(Data):
    target: Id


def leave(conn: Connection, ops: Iterable[Accepted]) -> None:
    """From shift.end: nothing is left where nothing was written."""
    rows = [
        row_of(op)
        | {"shift_id": op.shift, "text": op.data.handover,
           "flagged": flagged(op.author, [op.data.summary, op.data.handover], op.data)}
        for op in ops
        if op.data.handover
    ]  # fmt: skip
    if rows:
        insert_new(conn, Handover, rows, ["id"])


def acknowledge(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    known = present(conn, HANDOVER, [op.data.target for op in ops])
    here = [op for op in ops if op.data.target in known]
    rows = [
        {"id": op.id, "handover_id": op.data.target, "author_id": op.author, "stated_at": op.at.wall} for op in here
    ]
    insert_new(conn, HandoverReading, rows, ["id"])
    for op in here:
        touch(conn, HANDOVER, op.applied_seq, HANDOVER.c.id == op.data.target)
    return {op.id: Refusal(Why.TARGET, op.data.target) for op in ops if op.data.target not in known}


def wires(conn: Connection, viewer: Viewer, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Handovers as the apps read them (kind `handover`), each with who has read it, the first word of each person."""
    read: dict[str, dict[str | None, Any]] = {row.id: {} for row in rows}
    found = select(READING).where(READING.c.handover_id.in_(list(read))).order_by(READING.c.stated_at, READING.c.id)
    for one in conn.execute(found):
        read[one.handover_id].setdefault(one.author_id, one)
    return [
        wire_of(row)
        | {"shift_id": row.shift_id, **text_seen(viewer, row.flagged, row.text),
           "read_by": [{"author_id": o.author_id, "stated_at": stamp(o.stated_at)} for o in read[row.id].values()]}
        for row in rows
    ]  # fmt: skip
