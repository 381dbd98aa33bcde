"""situation.write → situation_week; situation.freeze → situation_edition and the records it was counted from."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Connection

from app.core.insert import insert_new, put
from app.guard.said import Told, flagged
from app.journal.ops import Accepted, Body, Data, OpKind, Refusal, Text
from app.situation.models import SituationEdition, SituationEditionRecord, SituationWeek
from app.situation.rules import PACKED_MAX, WEEK, unpacked

Week = Annotated[str, Field(pattern=WEEK)]
Count = Annotated[int, Field(ge=0, le=2**31 - 1)]


class Said(Told):
    text: Text | None = None


class Write(Said):
    week: Week


class Counted(Data):
    """`ids`: packed (`rules.packed`); `corrections`: place in that list → how often it had been corrected."""

    ids: Annotated[str, Field(max_length=PACKED_MAX)] = ""
    corrections: dict[str, Count] = {}


class Freeze(Said):
    week: Week
    number: Annotated[int, Field(ge=1, le=100_000)]
    figures: dict[str, Any]
    records: Counted = Counted()


def write(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    newest = {op.data.week: op for op in ops}
    rows = [
        {"week": op.data.week, "text": op.data.text, "author_id": op.author, "stated_at": op.at.wall,
         "version": op.id, "kept": [word.model_dump() for word in op.data.kept_words or ()],
         "flagged": flagged(op.author, [op.data.text], op.data)}
        for op in newest.values()
    ]  # fmt: skip
    put(conn, SituationWeek, rows, ["week"])
    return {}


def freeze(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """The first of a number holds: an edition that somebody has printed is never replaced."""
    rows = [
        {"id": op.id, "week": op.data.week, "number": op.data.number, "author_id": op.author,
         "stated_at": op.at.wall, "seq": op.applied_seq, "figures": op.data.figures, "text": op.data.text,
         "flagged": flagged(op.author, [op.data.text], op.data)}
        for op in ops
    ]  # fmt: skip
    insert_new(conn, SituationEdition, rows, ["week", "number"])
    for op in ops:
        told = op.data.records
        counted = [
            {"edition_id": op.id, "observation_id": one, "corrections": told.corrections.get(str(at), 0)}
            for at, one in enumerate(unpacked(told.ids))
        ]
        insert_new(conn, SituationEditionRecord, counted, ["edition_id", "observation_id"])
    return {}


OPS = (
    OpKind("situation.write", Body[Write], write, rank=40, pushed=False),
    OpKind("situation.freeze", Body[Freeze], freeze, rank=41, pushed=False),
)
TABLES = (SituationWeek, SituationEdition, SituationEditionRecord)
