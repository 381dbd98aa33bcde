"""briefing.put → briefing; the newest op of an id holds."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from app.briefing.models import Briefing
from app.core.insert import put as put_rows
from app.guard.said import Told, flagged
from app.journal.ops import Accepted, Body, Data, Id, Instant, OpKind, Refusal, ShortText, Text

PLACES_MAX = 20


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


def put(conn: Connection, ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    newest = {op.data.id: op for op in ops}
    rows = [
        op.data.model_dump(exclude={"kept_words"})
        | {"author_id": op.author, "stated_at": op.at.wall, "changed_seq": op.applied_seq,
           "flagged": flagged(op.author, [op.data.text, *(place.hours for place in op.data.places)], op.data)}
        for op in newest.values()
    ]  # fmt: skip
    put_rows(conn, Briefing, rows, ["id"])
    return {}


OPS = (OpKind("briefing.put", Body[BriefingPut], put, rank=3, pushed=False),)
TABLES = (Briefing,)
