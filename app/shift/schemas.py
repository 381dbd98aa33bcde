"""Shifts over HTTP: what may be asked for, and what a program may write."""

from typing import Annotated, Literal

from pydantic import Field

from app.core.asking import QueryId, Span
from app.core.body import json_body
from app.guard.said import Told
from app.journal.ops import Text
from app.journal.program import Given
from app.shift.bodies import ShiftStart


class ShiftsAsked(Span):
    area_id: QueryId | None = None
    status: Literal["open", "ended"] | None = None


class ShiftIn(ShiftStart, Given):
    """`author` is one of the hosts; the first, if left out."""


class ShiftEndIn(Told, Given):
    summary: Text | None = None
    handover: Text | None = None
    #: Number of ops of this shift by this author, this one included; counted by the server, if left out.
    ops: Annotated[int, Field(ge=0, le=1_000_000)] | None = None


ShiftBody = Annotated[ShiftIn, json_body(ShiftIn)]
ShiftEndBody = Annotated[ShiftEndIn, json_body(ShiftEndIn)]
