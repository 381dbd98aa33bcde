"""briefing.put → briefing; the newest op of an id holds. briefing.acknowledge → briefing_reading."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from app.briefing.models import Briefing, BriefingReading
from app.core.insert import insert_new
from app.core.insert import put as put_rows
from app.guard.said import Told, flagged
from app.journal.ops import Accepted, Body, Data, Id, Instant, Lenient, OpKind, Refusal, ShortText, Text, Why
from app.journal.record import present, touch

PLACES_MAX = 20
BRIEFING = Briefing.__table__  # type: ignore[attr-defined]


class Focus(Data):
    """A place to look at; `hours` in words: "efter 21"."""

    place_id: Id
    hours: ShortText | None = None


class BriefingData(Told):
    text: Text | None = None
    places: Annotated[list[Focus], Field(max_length=PLACES_MAX)] = []
    #: Null: for every area.
    area_id: Id | None = None
    valid_from: Instant
    valid_to: Instant
    active: bool = True


class BriefingPut(BriefingData):
    id: Id


class Acknowledge(Data):
    """`version`: the words that were read."""

    target: Id
    version: Annotated[Id | None, Lenient()] = None


def put(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    newest = {op.data.id: op for op in ops}
    rows = [
        op.data.model_dump(exclude={"kept_words"})
        | {"author_id": op.author, "stated_at": op.at.wall, "changed_seq": op.applied_seq, "version": op.id,
           "flagged": flagged(op.author, [op.data.text, *(place.hours for place in op.data.places)], op.data)}
        for op in newest.values()
    ]  # fmt: skip
    put_rows(conn, Briefing, rows, ["id"])
    return {}


def acknowledge(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    known = present(conn, BRIEFING, [op.data.target for op in ops])
    here = [op for op in ops if op.data.target in known]
    rows = [
        {"id": op.id, "briefing_id": op.data.target, "author_id": op.author, "stated_at": op.at.wall,
         "version": op.data.version}
        for op in here
    ]  # fmt: skip
    insert_new(conn, BriefingReading, rows, ["id"])
    for op in here:
        touch(conn, BRIEFING, op.applied_seq, BRIEFING.c.id == op.data.target)
    return {op.id: Refusal(Why.TARGET, op.data.target) for op in ops if op.data.target not in known}


OPS = (
    OpKind("briefing.put", Body[BriefingPut], put, rank=3, pushed=False, releases=lambda op: (op.id, op.data.id)),
    OpKind("briefing.acknowledge", Body[Acknowledge], acknowledge, rank=33),
)
TABLES = (Briefing, BriefingReading)
