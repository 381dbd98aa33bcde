"""The services' numbers over HTTP, for overseers."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel

from app.access.context import Ctx, ReferenceEditor
from app.access.people import edits_of
from app.access.people_routes import HistoryOut
from app.core import answers
from app.core.asking import PathId
from app.core.body import described, json_body
from app.place import numbers
from app.place.numbers import NumberSaid

router = APIRouter(prefix="/numbers", tags=["place"])


class NumbersOut(BaseModel):
    numbers: list[dict[str, Any]]


@router.get("", summary="The services' numbers, also those no longer in use", response_model=NumbersOut)
def listed(_viewer: ReferenceEditor, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        return answers.as_json({"numbers": numbers.listed(conn)})


@router.put("/{id}", status_code=204, summary="Add or change a number", openapi_extra=described(NumberSaid))
def put(id: PathId, viewer: ReferenceEditor, body: Annotated[NumberSaid, json_body(NumberSaid)], ctx: Ctx) -> None:
    """409 `changed` with what is there, where somebody else was first."""
    numbers.put(ctx, viewer, id, body)


@router.get("/{id}/history", summary="Who changed a number, and when", response_model=HistoryOut)
def history(id: PathId, _viewer: ReferenceEditor, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        numbers.check_known(conn, id)
        return answers.as_json({"edits": edits_of(conn, id, numbers.TYPES)})
