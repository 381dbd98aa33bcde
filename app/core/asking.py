"""What a list may be asked for: pages, times, boxes. Strict: an unknown parameter is refused, never quietly ignored."""

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.core import errors, geo
from app.core.clock import cut
from app.core.errors import Problem
from app.core.ids import is_uuid

LIMIT_DEFAULT, LIMIT_MAX = 20, 1000
PAGE_MAX = 1_000_000
CATEGORIES_MAX = 100
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)\Z", re.ASCII)


def _rfc_3339(value: Any) -> Any:
    """Pydantic alone would read `0.5` as seconds since 1970."""
    if isinstance(value, str) and not _RFC_3339.match(value):
        raise PydanticCustomError("rfc3339", "a time with its offset: 2026-11-20T21:40:00Z")
    return value


def _box(value: str) -> str:
    try:
        geo.parse_box(value)
    except ValueError:
        raise PydanticCustomError("bbox", "west,south,east,north in degrees") from None
    return value


def _known_form(value: str) -> str:
    """What is no id is the id of nothing."""
    if not is_uuid(value):
        raise Problem(errors.NOT_FOUND)
    return value


Time = Annotated[AwareDatetime, BeforeValidator(_rfc_3339), AfterValidator(cut)]
#: Text, since a query's parser would take a tuple for a repeated parameter.
BoxText = Annotated[str, Field(max_length=200), AfterValidator(_box)]
#: NUL and other control characters are in no code; PostgreSQL would refuse the question.
QueryCode = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f]+$")]
QueryId = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
PathId = Annotated[str, AfterValidator(_known_form)]


class Paging(BaseModel):
    """`page` counts from 1."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    limit: Annotated[int, Field(ge=1, le=LIMIT_MAX)] = LIMIT_DEFAULT
    page: Annotated[int, Field(ge=1, le=PAGE_MAX)] = 1

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.limit


class Span(Paging):
    """`from` ≤ the record's own time < `to`."""

    from_: Annotated[Time | None, Field(alias="from")] = None
    to: Time | None = None
    #: west,south,east,north in degrees; by its chosen place, where a record has no position.
    bbox: BoxText | None = None

    @property
    def box(self) -> geo.Box | None:
        return None if self.bbox is None else geo.parse_box(self.bbox)


def within(column: Any, start: datetime | None, end: datetime | None) -> list[Any]:
    """SQL of a half-open span."""
    return [*([column >= start] if start is not None else []), *([column < end] if end is not None else [])]
