"""Ladders over HTTP: overseers read who is told of an alarm and when, administrators change it."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import AfterValidator, BaseModel

from app.access.context import Ctx, LadderEditor, ReferenceEditor
from app.access.people import edits_of
from app.access.people_routes import HistoryOut
from app.alert import ladder_desk
from app.alert.ladder_desk import LadderBack, LadderSaid
from app.alert.rules import ladder_id
from app.core import answers
from app.core.body import described, json_body

router = APIRouter(prefix="/ladders", tags=["alert"])
PathKind = Annotated[str, AfterValidator(ladder_desk.check_kind)]


class LaddersOut(BaseModel):
    ladders: list[dict[str, Any]]
    channels: dict[str, bool]
    groups: dict[str, list[list[str]]]
    people: list[dict[str, Any]]
    repeats_max: int


@router.get("", summary="Who is told of an alarm, when, and whom that reaches today", response_model=LaddersOut)
def told(viewer: ReferenceEditor, ctx: Ctx) -> Response:
    return answers.as_json(ladder_desk.told(ctx, viewer))


@router.put("/{kind}", status_code=204, summary="Say who is told, and when", openapi_extra=described(LadderSaid))
def put(kind: PathKind, viewer: LadderEditor, body: Annotated[LadderSaid, json_body(LadderSaid)], ctx: Ctx) -> None:
    """`kind`: overdue or help. A grace that holds may stay, though it is longer.

    409 `changed` with what is there, where somebody else was first.
    """
    ladder_desk.put(ctx, viewer, kind, body)


@router.post("/{kind}/default", status_code=204, summary="What the settings say holds again",
             openapi_extra=described(LadderBack))  # fmt: skip
def give_back(
    kind: PathKind, viewer: LadderEditor, body: Annotated[LadderBack, json_body(LadderBack)], ctx: Ctx
) -> None:
    """409 `changed` with what is there, where somebody else was first."""
    ladder_desk.give_back(ctx, viewer, kind, body)


@router.get("/{kind}/history", summary="Who changed a ladder, and when", response_model=HistoryOut)
def history(kind: PathKind, _viewer: ReferenceEditor, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        return answers.as_json({"edits": edits_of(conn, ladder_id(kind), ladder_desk.TYPES)})
