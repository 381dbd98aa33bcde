"""What the op of a disclosure says."""

from typing import Annotated

from pydantic import Field

from app.guard.said import Told
from app.journal.ops import TEXT_MAX, Code, Data, Id, ShortText, Text

RECORDS_MAX = 200
VERSIONS_MAX = 100
SPANS_MAX = 4_000
Offset = Annotated[int, Field(ge=0, le=TEXT_MAX)]
#: From this code point up to that one.
Span = Annotated[list[Offset], Field(min_length=2, max_length=2)]
Spans = Annotated[list[Span], Field(max_length=SPANS_MAX)]
Count = Annotated[int, Field(ge=0, le=2**31 - 1)]


class Masked(Data):
    """What of a version is words; each may be masked."""

    text: Spans = []
    place_text: Spans = []
    reason: Spans = []


class Version(Data):
    """`hidden`: its words were closed to who handed it out, and are left out whole. `place`: the name it had then."""

    id: Id
    masked: Masked = Masked()
    hidden: bool = False
    place: ShortText | None = None


class Record(Data):
    id: Id
    versions: Annotated[list[Version], Field(min_length=1, max_length=VERSIONS_MAX)]
    corrections: Count = 0
    retracted: bool = False


class Make(Told):
    year: Annotated[int, Field(ge=2000, le=9999)]
    number: Annotated[int, Field(ge=1, le=1_000_000)]
    to: Code
    recipient: ShortText | None = None
    reference: ShortText | None = None
    decision: Text
    positions: bool = False
    records: Annotated[list[Record], Field(min_length=1, max_length=RECORDS_MAX)]
