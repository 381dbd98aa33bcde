"""Places and areas over HTTP, for overseers."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel

from app.access.context import Ctx, ReferenceEditor
from app.access.people import edits_of
from app.access.people_routes import HistoryOut
from app.core import answers, errors
from app.core.asking import PathId
from app.core.body import described, json_body
from app.core.errors import Problem
from app.place import places
from app.place.places import AreaSaid, FileSaid, PlaceSaid

router = APIRouter(tags=["place"])
#: Where more may come than elsewhere, in bytes: a file as JSON text, its quotation marks escaped.
LARGER = {"/places/import": 2 * places.TEXT_MAX}


class PlacesOut(BaseModel):
    places: list[dict[str, Any]]
    areas: list[dict[str, Any]]
    #: West, south, east, north: where positions may lie.
    bounds: list[float]


class FindingOut(BaseModel):
    #: Which feature, from 1.
    index: int
    name: str | None
    code: str
    refused: bool
    sentence: str


class PlacesImportOut(BaseModel):
    #: What a look was made of; handed in as `based_on` to take the same file in.
    version: int
    added: int
    changed: int
    unchanged: int
    refused: int
    stopped: bool
    findings: list[FindingOut]


@router.get("/places", summary="Places and areas, also those no longer in use", response_model=PlacesOut)
def listed(_viewer: ReferenceEditor, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        return answers.as_json(places.listed(conn, ctx.settings.bounds))


@router.post("/places/import", summary="Look at a GeoJSON file, or take it in", response_model=PlacesImportOut,
             openapi_extra=described(FileSaid))  # fmt: skip
def take_in(viewer: ReferenceEditor, body: Annotated[FileSaid, json_body(FileSaid)], ctx: Ctx) -> Response:
    """As `lykta place import`. 409 `changed` where places have changed since the look."""
    version, report = places.take_in(ctx, viewer, body)
    return answers.as_json({"version": version} | report.as_json())


@router.put("/places/{id}", status_code=204, summary="Add or change a place", openapi_extra=described(PlaceSaid))
def put_place(id: PathId, viewer: ReferenceEditor, body: Annotated[PlaceSaid, json_body(PlaceSaid)], ctx: Ctx) -> None:
    """409 `changed` with what is there, where somebody else was first."""
    places.put_place(ctx, viewer, id, body)


@router.put("/areas/{id}", status_code=204, summary="Add or change an area", openapi_extra=described(AreaSaid))
def put_area(id: PathId, viewer: ReferenceEditor, body: Annotated[AreaSaid, json_body(AreaSaid)], ctx: Ctx) -> None:
    """409 `changed` with what is there, where somebody else was first."""
    places.put_area(ctx, viewer, id, body)


@router.get("/places/{id}/history", summary="Who changed a place, and when", response_model=HistoryOut)
def place_history(id: PathId, _viewer: ReferenceEditor, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        if places.place_now(id, conn) is None:
            raise Problem(errors.NOT_FOUND)
        return answers.as_json({"edits": edits_of(conn, id, places.PLACE_TYPES)})


@router.get("/areas/{id}/history", summary="Who changed an area, and when", response_model=HistoryOut)
def area_history(id: PathId, _viewer: ReferenceEditor, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        if places.area_now(id, conn) is None:
            raise Problem(errors.NOT_FOUND)
        return answers.as_json({"edits": edits_of(conn, id, places.AREA_TYPES)})
