"""A talk afterwards over HTTP: which records of a shift ask for one, and what was said of it."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from app.access.context import Context, Ctx, FollowupWorker
from app.access.permission import Viewer
from app.access.reading import note_reading
from app.core import answers, errors
from app.core.asking import PathId, QueryId
from app.core.body import described, json_body
from app.core.errors import Problem
from app.core.ids import uuid7
from app.debrief import queries
from app.journal.ops import Id
from app.journal.program import Act, write_once

router = APIRouter(prefix="/debriefs", tags=["debrief"])


class DebriefsAsked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    shift_id: QueryId


class DebriefIn(BaseModel):
    """`based_on`: the word that the caller has seen; null where there was none. `id`: made by the caller."""

    model_config = ConfigDict(extra="forbid")
    id: Id | None = None
    status: Literal["offered", "held", "not_needed"]
    based_on: Id | None = None


class ByOut(BaseModel):
    id: str
    name: str


class WordOut(BaseModel):
    status: str
    author: ByOut
    stated_at: str
    version: str


class DebriefOut(BaseModel):
    observation_id: str
    shift_id: str | None
    happened_from: str
    word: WordOut | None


class DebriefsOut(BaseModel):
    debriefs: list[DebriefOut]


DebriefBody = Annotated[DebriefIn, json_body(DebriefIn)]


@router.get("", summary="Which records of a shift ask for a talk afterwards", response_model=DebriefsOut)
def debriefs(asked: Annotated[DebriefsAsked, Query()], viewer: FollowupWorker, ctx: Ctx) -> Response:
    """The reading is noted of the shift where there are any; what cannot be noted is not shown."""
    with ctx.db.read() as conn:
        lines = queries.of_shift(conn, viewer, asked.shift_id)
    note_reading(ctx, viewer, "debriefs", [asked.shift_id] if lines else [])
    return answers.as_json({"debriefs": lines})


@router.put("/{id}", summary="It is offered, was held, or is not needed", response_model=DebriefOut,
            openapi_extra=described(DebriefIn))  # fmt: skip
def put(id: PathId, viewer: FollowupWorker, body: DebriefBody, ctx: Ctx) -> Response:
    """Of an observation's id. 409 where somebody has said something of it since. An `id` says it once."""
    line = _there(ctx, viewer, id)

    def _guard(conn: Connection) -> None:
        now = queries.of_record(conn, viewer, id)
        word = now["word"] if now else None
        if (word["version"] if word else None) != body.based_on:
            raise Problem(errors.NEWER)

    act = Act(type="debrief.put", data={"target": id, "status": body.status}, author=viewer.id,
              id=body.id or uuid7(), shift=line["shift_id"], guard=_guard)  # fmt: skip
    write_once(ctx.journal, act)
    return answers.as_json(_there(ctx, viewer, id))


def _there(ctx: Context, viewer: Viewer, observation_id: str) -> dict[str, Any]:
    with ctx.db.read() as conn:
        line: dict[str, Any] | None = queries.of_record(conn, viewer, observation_id)
    if line is None:
        raise Problem(errors.NOT_FOUND)
    return line
