"""Briefings over HTTP: everybody reads those that count, overseers write them."""

from typing import Annotated, Any

from fastapi import APIRouter, Response

from app.access.context import Ctx, RecordWriter, ReferenceReader
from app.briefing import queries
from app.briefing.projector import BriefingData
from app.core import answers, errors
from app.core.asking import PathId
from app.core.body import described, json_body
from app.core.errors import Problem
from app.journal.record import as_json

router = APIRouter(prefix="/briefings", tags=["briefing"])
BriefingBody = Annotated[BriefingData, json_body(BriefingData)]


@router.get("", summary="Briefings in force and to come", response_model=list[dict[str, Any]])
def briefings(viewer: ReferenceReader, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        rows = queries.coming(conn, ctx.journal.clock())
    return answers.as_json([queries.wire(row, viewer) for row in rows])


@router.put("/{id}", summary="Write a briefing", response_model=dict[str, Any], openapi_extra=described(BriefingData))
def put(id: PathId, viewer: RecordWriter, body: BriefingBody, ctx: Ctx) -> Response:
    """New or in place of the one with this id. The same once more changes nothing."""
    if body.valid_to <= body.valid_from:
        raise Problem(errors.INVALID, errors=[{"pointer": "/valid_to", "code": "before-valid_from"}])
    author = viewer.id if viewer.role is not None else None
    data: dict[str, Any] = as_json(body.model_dump(exclude={"kept_words"})) | {"id": id}
    kept = {} if body.kept_words is None else {"kept_words": [word.model_dump() for word in body.kept_words]}
    with ctx.db.read() as conn:
        known = queries.get(conn, id)
    if known is None or any(queries.wire(known, viewer).get(name) != value for name, value in data.items()):
        ctx.journal.write("briefing.put", data | kept, author=author)
    with ctx.db.read() as conn:
        row = queries.get(conn, id)
    return answers.as_json({"id": id} if row is None else queries.wire(row, viewer))
