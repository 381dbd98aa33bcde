"""What may be searched for. It is sent as a body, never in an address: logs and histories hold addresses."""

import re
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.core import geo
from app.core.asking import CATEGORIES_MAX, BoxText, QueryCode, QueryId
from app.core.body import json_body
from app.journal.ops import Instant

TEXT_MAX = 200
LIMIT_DEFAULT, LIMIT_MAX = 50, 500
NAME_MAX = 80
SEVERITY_MAX = 4
_CURSOR = re.compile(r"[0-4]\.-?\d{1,19}\Z", re.ASCII)

Kind = Literal["observation", "escalation", "shift"]
State = Literal["current", "amended", "retracted", "open", "closed", "ended"]
Sort = Literal["newest", "oldest", "severe"]


def _cursor(value: str) -> str:
    """Raises a validation error for what is no cursor of ours."""
    if not _CURSOR.match(value) or abs(int(value[2:])) >= 1 << 63:
        raise PydanticCustomError("cursor", "a cursor that an answer gave")
    return value


class Filters(BaseModel):
    """All of them together; an empty list narrows nothing."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, frozen=True)
    #: Every word of it, in any form; the last may be half typed.
    text: Annotated[str, Field(max_length=TEXT_MAX)] | None = None
    from_: Annotated[Instant | None, Field(alias="from")] = None
    to: Instant | None = None
    #: west,south,east,north in degrees.
    bbox: BoxText | None = None
    area_id: QueryId | None = None
    place_id: QueryId | None = None
    kinds: Annotated[list[Kind], Field(max_length=3)] = []
    #: Categories of observations and services of escalations.
    codes: Annotated[list[QueryCode], Field(max_length=CATEGORIES_MAX)] = []
    #: Groups of categories.
    groups: Annotated[list[QueryCode], Field(max_length=CATEGORIES_MAX)] = []
    #: At least so severe.
    severity: Annotated[int, Field(ge=1, le=SEVERITY_MAX)] | None = None
    #: Empty: all but what was retracted.
    status: Annotated[list[State], Field(max_length=6)] = []
    sort: Sort = "newest"

    @property
    def box(self) -> geo.Box | None:
        return None if self.bbox is None else geo.parse_box(self.bbox)

    @property
    def span(self) -> tuple[datetime | None, datetime | None]:
        return self.from_, self.to


class FindIn(Filters):
    limit: Annotated[int, Field(ge=1, le=LIMIT_MAX)] = LIMIT_DEFAULT
    cursor: Annotated[str, AfterValidator(_cursor)] | None = None


class SavedIn(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    name: Annotated[str, Field(min_length=1, max_length=NAME_MAX, pattern=r"\S")]
    asked: Filters


FindBody = Annotated[FindIn, json_body(FindIn)]
SavedBody = Annotated[SavedIn, json_body(SavedIn)]


class FoundOut(BaseModel):
    items: list[dict[str, Any]]
    next: str | None = Field(description="The cursor of what follows; null at the end")
    count: int = Field(description="How many there are, counted up to `count_max`")
    count_max: int


class SavedOut(BaseModel):
    id: str
    name: str
    asked: dict[str, Any]
