"""Ops of photos → rows, and the news that the bytes of one have come → the records that name it."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection, select

from app.core.insert import insert_new
from app.guard.said import Told, flagged
from app.journal.ops import Accepted, Body, Data, Id, OpKind, Refusal, ShortText
from app.journal.record import row_of, touch
from app.observation.models import Observation, ObservationBlob
from app.photo.models import Photo
from app.shift.part import open_to

OBSERVATION = Observation.__table__  # type: ignore[attr-defined]
OBSERVATION_BLOB = ObservationBlob.__table__  # type: ignore[attr-defined]
PHOTO = Photo.__table__  # type: ignore[attr-defined]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Size = Annotated[int, Field(ge=0, le=2**53)]


class Attach(Told):
    target: Id
    sha256: Sha256
    size: Size
    mime: ShortText
    caption: ShortText | None = None


class Complete(Data):
    sha256: Sha256
    size: Size
    mime: ShortText


def attach(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """To an observation, by those who may correct it."""
    targets, refused = open_to(conn, OBSERVATION, ops)
    rows = [
        row_of(op)
        | {"shift_id": targets[op.data.target].shift_id, "target": op.data.target, "sha256": op.data.sha256,
           "size": op.data.size, "mime": op.data.mime, "caption": op.data.caption,
           "flagged": flagged(op.author, [op.data.caption], op.data)}
        for op in ops
        if op.id not in refused
    ]  # fmt: skip
    insert_new(conn, Photo, rows, ["id"])
    return refused


def complete(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """Whoever has read that a photo is missing reads its record again."""
    for op in ops:
        named = select(OBSERVATION_BLOB.c.observation_id).where(OBSERVATION_BLOB.c.sha256 == op.data.sha256)
        for table, is_named in ((OBSERVATION, OBSERVATION.c.id.in_(named)), (PHOTO, PHOTO.c.sha256 == op.data.sha256)):
            touch(conn, table, op.applied_seq, is_named)
    return {}


OPS = (
    OpKind("photo.attach", Body[Attach], attach, rank=31),
    OpKind("blob.complete", Body[Complete], complete, rank=50, pushed=False),
)
TABLES = (Photo,)
