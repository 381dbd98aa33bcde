"""What the ops of retention say."""

from typing import Annotated

from pydantic import Field

from app.guard.said import Told
from app.journal.ops import Code, Id, ShortText
from app.retention.rules import MONTHS_MAX, Cls

Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Count = Annotated[int, Field(ge=0, le=2**31 - 1)]
Words = Annotated[ShortText, Field(min_length=1)]
#: Of one op: a shift's worth is some hundred ops in a few stretches.
PACKED_MAX = 4_000_000


class Decide(Told):
    """`months`: null takes a decision back. `reference`: where it is decided, such as the number of a records plan."""

    cls: Cls
    months: Annotated[int, Field(ge=1, le=MONTHS_MAX)] | None
    reference: Words


class Hold(Told):
    """Of a shift: a crime that is looked into, a demand for its records."""

    target: Id
    reason: Words


class Lift(Told):
    target: Id
    reason: Words


class Erase(Told):
    """A part of a run: all ops of one run add up to its protocol.

    `roots`: shifts; plans, their evenings and focuses; people. `seqs`: numbers of ops (`journal.erased.packed`).
    """

    run: Id
    cls: Cls
    before: Day
    months: Annotated[int, Field(ge=1, le=MONTHS_MAX)]
    reference: ShortText
    roots: list[Id]
    seqs: Annotated[str, Field(max_length=PACKED_MAX)]
    things: Count
    photos: Count
    kept: dict[Code, Count] = {}
