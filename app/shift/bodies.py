"""What ops of a shift say."""

from typing import Annotated

from pydantic import Field

from app.guard.said import Told
from app.journal.ops import Code, Data, Id, Instant, ShortText, Text

HOSTS_MAX = 20


class ShiftStart(Told):
    hosts: Annotated[list[Id], Field(min_length=1, max_length=HOSTS_MAX)]
    area_id: Id | None = None
    transport: Code | None = None
    planned_end: Instant | None = None
    alone_reason: ShortText | None = None


class ShiftJoin(Data):
    pass


class ShiftLeave(Data):
    pass


class ShiftEndData(Told):
    ops: Annotated[int, Field(ge=0, le=1_000_000)]
    summary: Text | None = None
    #: For whoever goes out next.
    handover: Text | None = None
