"""Check-ins over HTTP: reading in scope, and writing for programs."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.access.author import author_of, write_for
from app.access.context import Ctx, RecordReader, RecordWriter
from app.checkin import queries
from app.checkin.schemas import CheckinBody, CheckinIn, CheckinsAsked
from app.core import answers
from app.core.answers import OR_GEOJSON, PageOut
from app.core.body import described
from app.guard.shown import note_shown
from app.journal.program import Act
from app.shift.known import known_shift

router = APIRouter(prefix="/checkins", tags=["checkin"])


@router.get("", summary="Check-ins", response_model=PageOut, responses=OR_GEOJSON)
def checkins(asked: Annotated[CheckinsAsked, Query()], request: Request, viewer: RecordReader, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        rows, total = queries.page(conn, viewer, asked)
    values = [queries.wire(row, viewer) for row in rows]
    note_shown(ctx.db, viewer, values, ctx.journal.clock())
    return answers.listed(request, asked, values, total, [answers.place_of(row) for row in rows])


@router.post(
    "", status_code=201, summary="Write a check-in", response_model=dict[str, Any],
    openapi_extra=described(CheckinIn),
)  # fmt: skip
def create(viewer: RecordWriter, body: CheckinBody, request: Request, ctx: Ctx) -> Response:
    """A repeat of the same `id` and content answers 200."""
    with ctx.db.read() as conn:
        author = author_of(conn, viewer, body.author)
        shift_id = known_shift(conn, body.shift_id)
    act = Act(type="checkin.create", data=body.data(), author=author, id=body.id, shift=shift_id,
              position=body.position, at=body.at)  # fmt: skip
    written = write_for(ctx, viewer, act)
    with ctx.db.read() as conn:
        row = queries.get(conn, viewer, written.id)
    value = {"id": written.id} if row is None else queries.wire(row, viewer)
    path = f"/checkins?shift_id={shift_id}" if shift_id else "/checkins"
    return answers.written(request, path, value, written.is_new)
