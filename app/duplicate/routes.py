"""Reports of one event over HTTP: what may be one, what was said to be, and saying it."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from app.access.context import Context, Ctx, FollowupWorker
from app.access.permission import Viewer
from app.core import answers, errors
from app.core.asking import QueryId
from app.core.body import described, json_body
from app.core.errors import Problem
from app.core.ids import uuid7
from app.duplicate import queries
from app.duplicate.projector import Pair
from app.journal.ops import Id
from app.journal.program import Act, write_once
from app.observation import queries as observations

router = APIRouter(prefix="/duplicates", tags=["duplicate"])


class DuplicatesAsked(BaseModel):
    model_config = ConfigDict(extra="forbid")
    shift_id: QueryId


class PairIn(Pair):
    """`based_on`: the word on this pair that the caller has seen; null where there was none."""

    id: Id | None = None
    based_on: Id | None = None


class DuplicatesOut(BaseModel):
    hints: list[dict[str, Any]]
    pairs: list[dict[str, Any]]


PairBody = Annotated[PairIn, json_body(PairIn)]


@router.get("", summary="Reports of a shift that may be of one event, and those that are", response_model=DuplicatesOut)
def duplicates(asked: Annotated[DuplicatesAsked, Query()], viewer: FollowupWorker, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        return answers.as_json(queries.of_shift(conn, viewer, asked.shift_id))


@router.post("/link", summary="Two reports are of one event", response_model=dict[str, Any],
             openapi_extra=described(PairIn))  # fmt: skip
def link(viewer: FollowupWorker, body: PairBody, ctx: Ctx) -> Response:
    """They count as one from now on; both stay as they are. 409 where somebody has said something of them since."""
    return _say(ctx, viewer, body, "duplicate.link")


@router.post("/unlink", summary="Two reports are of two events", response_model=dict[str, Any],
             openapi_extra=described(PairIn))  # fmt: skip
def unlink(viewer: FollowupWorker, body: PairBody, ctx: Ctx) -> Response:
    """Takes a link away, or answers a hint: it is not hinted again."""
    return _say(ctx, viewer, body, "duplicate.unlink")


def _say(ctx: Context, viewer: Viewer, said: PairIn, op_type: str) -> Response:
    with ctx.db.read() as conn:
        records = {name: observations.get(conn, viewer, getattr(said, name)) for name in ("one", "other")}
    for name, record in records.items():
        if record is None:
            raise Problem(errors.INVALID, errors=[{"pointer": f"/{name}", "code": "unknown"}])
    shift_id = next((record.shift_id for record in records.values() if record), None)
    act = Act(type=op_type, data={"one": said.one, "other": said.other}, author=viewer.id, id=said.id or uuid7(),
              shift=shift_id, guard=_unchanged(said))  # fmt: skip
    write_once(ctx.journal, act)
    with ctx.db.read() as conn:
        now = queries.pair(conn, said.one, said.other)
    return answers.as_json({"one": said.one, "other": said.other} | queries.pair_wire(now))


def _unchanged(said: PairIn) -> Callable[[Connection], None]:
    def _guard(conn: Connection) -> None:
        now = queries.pair(conn, said.one, said.other)
        if (now.version if now else None) != said.based_on:
            raise Problem(errors.NEWER)

    return _guard
