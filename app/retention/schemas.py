"""Shapes of retention over HTTP."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from app.core.body import json_body
from app.guard.said import Told
from app.journal.ops import Data
from app.journal.read import SEQ_MAX
from app.retention.bodies import Words
from app.retention.rules import MONTHS_MAX, Cls

#: The version that the caller has seen; null where there was none.
BasedOn = Annotated[int, Field(ge=0, le=SEQ_MAX, strict=True)] | None
Months = Annotated[int, Field(ge=1, le=MONTHS_MAX, strict=True)]


class DecideIn(Told):
    """`months`: null takes the decision back."""

    months: Months | None
    reference: Words
    based_on: BasedOn = None


class HoldIn(Told):
    """`active`: false lifts the hold."""

    active: bool
    reason: Words
    based_on: BasedOn = None


class RunIn(Data):
    cls: Cls
    based_on: Annotated[int, Field(ge=0, le=SEQ_MAX, strict=True)]


class PreviewAsked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    cls: Cls
    #: As if so many were decided; else what is.
    months: Annotated[int | None, Field(ge=1, le=MONTHS_MAX)] = None


class RetentionOut(BaseModel):
    """`runs_at`: between which hours of the day, in Stockholm, it is carried out by itself."""

    rules: list[dict[str, Any]]
    holds: list[dict[str, Any]]
    runs_at: list[int]


class PreviewOut(BaseModel):
    """What a run would take now. `days`: first and last of the shifts; `kept`: reason → old enough, and stay."""

    cls: str
    months: int | None
    before: str | None
    things: int
    ops: int
    photos: int
    kept: dict[str, int]
    days: list[str] | None


class HoldOut(BaseModel):
    """`hold`: null where none is in force; `version`: of the newest word, null where there is none."""

    hold: dict[str, Any] | None
    version: int | None


class RunOut(BaseModel):
    """`run`: null where there was nothing to erase. `more`: there is more than one request takes; ask again."""

    run: str | None
    things: int
    more: bool


DecideBody = Annotated[DecideIn, json_body(DecideIn)]
HoldBody = Annotated[HoldIn, json_body(HoldIn)]
RunBody = Annotated[RunIn, json_body(RunIn)]
