"""Categories over HTTP: overseers read which there are, administrators change them."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel

from app.access.context import CategoryEditor, Ctx, ReferenceEditor
from app.access.people_routes import HistoryOut
from app.core import answers
from app.core.asking import PathId
from app.core.body import described, json_body
from app.place import categories
from app.place.categories import CategorySaid

router = APIRouter(prefix="/categories", tags=["place"])


class CategoriesOut(BaseModel):
    groups: list[dict[str, Any]]
    categories: list[dict[str, Any]]


@router.get("", summary="Categories, also those switched off", response_model=CategoriesOut)
def listed(_viewer: ReferenceEditor, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        return answers.as_json(categories.listed(conn))


@router.put("/{id}", status_code=204, summary="Switch a category off or on, or add or name one's own",
            openapi_extra=described(CategorySaid))  # fmt: skip
def put(id: PathId, viewer: CategoryEditor, body: Annotated[CategorySaid, json_body(CategorySaid)], ctx: Ctx) -> None:
    """409 `changed` with what is there, where somebody else was first."""
    categories.put(ctx, viewer, id, body)


@router.get("/{id}/history", summary="Who changed a category, and when", response_model=HistoryOut)
def history(id: PathId, _viewer: ReferenceEditor, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        return answers.as_json({"edits": categories.history(conn, id)})
