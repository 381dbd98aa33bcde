"""Op types of the journal itself."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection

from app.journal.ops import Accepted, Body, Data, OpKind, Refusal, ShortText


class Release(Data):
    keys: Annotated[list[ShortText], Field(max_length=1000)]
    #: Of ops that wait for no key.
    seqs: Annotated[list[Annotated[int, Field(ge=1)]], Field(max_length=1000)] = []


def release(_conn: Connection, _ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """Changes no row by itself: what it releases is applied after it, at its seq."""
    return {}


class ClockStep(Data):
    wall_delta_ms: float
    mono_delta_ms: float


def clock_step(_conn: Connection, _ops: Sequence[Accepted]) -> Mapping[str, Refusal]:
    """Kept in the journal as the phone's own word on its clock; the times of records carry their estimates already."""
    return {}


OPS = (
    OpKind(
        "quarantine.release",
        Body[Release],
        release,
        rank=99,
        pushed=False,
        releases=lambda op: op.data.keys,
        retries=lambda op: op.data.seqs,
    ),
    OpKind("clock.step", Body[ClockStep], clock_step, rank=90),
)
