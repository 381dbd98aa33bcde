"""Follow-ups over HTTP: what may be asked for, and what may be said."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from app.core.asking import Paging, QueryCode, QueryId
from app.core.body import json_body
from app.followup.bodies import Draft, Due
from app.guard.said import Told
from app.journal.ops import Data, Id, Text

Kind = Literal["fault_report", "concern_report", "contact", "visit", "other"]
Outcome = Literal["fixed", "reported", "planned", "gone", "nothing"]
Channel = Literal["email", "webhook"]


class FollowupsAsked(Paging):
    status: Literal["open", "closed", "all"] = "open"
    due: Literal["overdue"] | None = None
    owner: QueryId | None = None
    kind: QueryCode | None = None
    observation_id: QueryId | None = None
    shift_id: QueryId | None = None


class CreateIn(Told):
    #: Of the op: a second press is the same one.
    id: Id | None = None
    observation: Id
    kind: Kind
    owner: Id
    due: Due
    note: Text | None = None
    draft: Draft | None = None


class ChangeIn(Told):
    """Only what is to be another."""

    id: Id | None = None
    based_on: Id
    kind: Kind | None = None
    owner: Id | None = None
    due: Due | None = None
    note: Text | None = None
    draft: Draft | None = None


class CloseIn(Told):
    id: Id | None = None
    based_on: Id
    outcome: Outcome
    result: Text | None = None


class ReopenIn(Data):
    id: Id | None = None
    based_on: Id


class SendIn(Data):
    """`id` is needed: what was sent is never sent again by a second press."""

    id: Id
    based_on: Id
    channel: Channel


CreateBody = Annotated[CreateIn, json_body(CreateIn)]
ChangeBody = Annotated[ChangeIn, json_body(ChangeIn)]
CloseBody = Annotated[CloseIn, json_body(CloseIn)]
ReopenBody = Annotated[ReopenIn, json_body(ReopenIn)]
SendBody = Annotated[SendIn, json_body(SendIn)]


class CountsOut(BaseModel):
    open: int
    overdue: int
    mine: int


class FollowupOut(BaseModel):
    followup: dict[str, Any]
    history: list[dict[str, Any]]
    drafted: str | None = Field(description="A felanmälan as it could be sent; null for a restricted record")
    left_out: bool = Field(description="Words of the record are not in it, since they may name somebody")
    faults: list[str] = Field(description="Why the draft that is saved may not leave: words, host-name")
    channels: list[str] = Field(description="Of email and webhook, those that are set up")
    mail_to: str | None
