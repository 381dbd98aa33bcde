"""What the desk asks for and gets."""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from app.core.asking import Paging, Time
from app.core.body import json_body
from app.guard.said import Told
from app.journal.ops import TEXT_MAX, Id, Text
from app.journal.record import as_json

_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_TIME: TypeAdapter[datetime] = TypeAdapter(Time)


def _day_or_time(value: Any) -> date | datetime:
    try:
        if isinstance(value, str) and _DAY.match(value):
            return date.fromisoformat(value)
        return _TIME.validate_python(value)
    except (ValidationError, ValueError):
        raise PydanticCustomError("day-or-time", "2026-11-20, or a time with its offset") from None


DayOrTime = Annotated[date | datetime, PlainValidator(_day_or_time, json_schema_input_type=str)]


#: As many as a board asks for when it is told what changed; more at once, and it asks for all that are out.
IDS_MAX = 50
Ids = Annotated[str, Field(pattern=rf"^[0-9a-f-]{{36}}(,[0-9a-f-]{{36}}){{0,{IDS_MAX - 1}}}$")]


class ShiftsAsked(Paging):
    """Days are shift dates, both included; times are half-open on when the shift began; `ids` with commas between."""

    ids: Ids | None = None
    from_: Annotated[DayOrTime | None, Field(alias="from")] = None
    to: DayOrTime | None = None
    status: Literal["open", "ended"] | None = None


class ReportAsked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    language: Literal["sv", "en"] = "sv"
    #: Hosts' names never leave the unit, so they stand in it only if that is said; so do records of protection 3.
    names: bool = False
    restricted: bool = False


class GapOut(BaseModel):
    install: str
    label: str
    from_: int = Field(alias="from")
    to: int
    count: int


class PhoneOut(BaseModel):
    install: str
    label: str
    pending: int | None
    last_seen_at: str | None
    received: int
    expected: int | None
    #: How far the phone's clock was ahead of the server's when it last pushed, in milliseconds.
    skew_ms: float | None
    #: Whether its browser has promised to keep what it holds; null where it does not say.
    persisted: bool | None
    build: str | None
    #: When the oldest of what it last said it held was begun, by its own clock.
    oldest_at: str | None
    #: When it came back with an empty store: what it held and had not sent is gone from it.
    emptied_at: str | None
    #: Percent left when it last pushed; null where its browser does not say.
    battery: int | None


class CompletenessOut(BaseModel):
    received: int
    #: Null while a phone of the shift has not stated its number.
    expected: int | None
    complete: bool
    gaps: list[GapOut]
    phones: list[PhoneOut]


class ShiftLogOut(BaseModel):
    shift: dict[str, Any]
    entries: list[dict[str, Any]]
    seq: int = Field(description="Of the newest that this log holds: what `seen_seq` says of who has read it")


class SealOut(BaseModel):
    ops: int
    broken: list[int] = Field(description="Numbers of those that are missing, altered, or out of the chain")


class Said(Told):
    """`id`: made by the caller, so that a repeat says nothing twice."""

    id: Id | None = None

    def data(self) -> dict[str, Any]:
        plain: dict[str, Any] = as_json(self.model_dump(exclude_none=True, exclude={"id", "seen_seq"}))
        return plain


class ReviewIn(Said):
    note: Text | None = None
    seen_seq: Annotated[int, Field(ge=1, le=2**53)]


class CommentIn(Said):
    target: Id
    text: Annotated[str, Field(min_length=1, max_length=TEXT_MAX)]


ReviewBody = Annotated[ReviewIn, json_body(ReviewIn)]
CommentBody = Annotated[CommentIn, json_body(CommentIn)]


class WrittenOut(BaseModel):
    id: str


class ReferenceOut(BaseModel):
    epoch: str
    vocabulary: dict[str, Any] | None
    areas: list[dict[str, Any]]
    places: list[dict[str, Any]]
    contacts: list[dict[str, Any]]
    users: list[dict[str, Any]]


class RevokedPhoneOut(BaseModel):
    device: str
    label: str
    revoked_at: str | None
    count: int
    strangers: int = Field(description="Of these in the name of somebody who never signed in there: cannot be taken in")
    seen_seq: int = Field(description="Of the last that can be taken in; 0 where none can")
    last_at: str
    entries: list[dict[str, Any]] = Field(description="The newest two hundred, as in a shift's log")


class RevokedOut(BaseModel):
    phones: list[RevokedPhoneOut]


class TakeIn(BaseModel):
    seen_seq: Annotated[int, Field(ge=1, le=2**53)]


TakeInBody = Annotated[TakeIn, json_body(TakeIn)]


class RetriedOut(BaseModel):
    why: str | None = Field(description="Why it still waits; null where it counts now")


class WaitingCount(BaseModel):
    count: int
    calls: int = Field(description="Of these, calls for help that nobody was told of")


class FileAsked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    #: `next` of the file before it.
    after: Annotated[int, Field(ge=0, le=2**53)] = 0


class TakenIn(BaseModel):
    taken_in: int
