"""Observations over HTTP: reading in scope, and writing for programs."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Connection

from app.access import queries as access
from app.access.author import author_of, write_for
from app.access.context import Context, Ctx, RecordReader, RecordWriter
from app.access.permission import Viewer
from app.core import answers, errors
from app.core.answers import OR_GEOJSON, PageOut
from app.core.asking import PathId
from app.core.body import described
from app.core.errors import Problem
from app.guard.shown import note_shown
from app.journal.program import Act, Written
from app.observation import queries
from app.observation.schemas import AmendmentBody, AmendmentIn, ObservationBody, ObservationIn, ObservationsAsked
from app.observation.shown import note_restricted
from app.shift import queries as shifts
from app.shift.known import known_shift

router = APIRouter(prefix="/observations", tags=["observation"])


@router.get("", summary="Observations", response_model=PageOut, responses=OR_GEOJSON)
def observations(
    asked: Annotated[ObservationsAsked, Query()], request: Request, viewer: RecordReader, ctx: Ctx
) -> Response:
    """Restricted ones only for their author and for those who may read them."""
    with ctx.db.read() as conn:
        rows, total = queries.page(conn, viewer, asked)
        values = queries.wires(conn, viewer, rows)
    note_shown(ctx.db, viewer, values, ctx.journal.clock())
    note_restricted(ctx.db, viewer, values, ctx.journal.clock())
    return answers.listed(request, asked, values, total, [answers.place_of(row) for row in rows])


@router.get("/{id}", summary="One observation with all its versions", response_model=dict[str, Any])
def observation(id: PathId, viewer: RecordReader, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        row = queries.get(conn, viewer, id)
        if row is None:
            raise Problem(errors.NOT_FOUND)
        values = queries.wires(conn, viewer, [row])
    note_shown(ctx.db, viewer, values, ctx.journal.clock())
    note_restricted(ctx.db, viewer, values, ctx.journal.clock())
    return answers.as_json(values[0])


@router.post(
    "", status_code=201, summary="Write an observation", response_model=dict[str, Any],
    openapi_extra=described(ObservationIn),
)  # fmt: skip
def create(viewer: RecordWriter, body: ObservationBody, request: Request, ctx: Ctx) -> Response:
    """A repeat of the same `id` and content answers 200."""
    with ctx.db.read() as conn:
        author = author_of(conn, viewer, body.author)
        shift_id = known_shift(conn, body.shift_id)
    act = Act(type="observation.create", data=body.data(), author=author, id=body.id, shift=shift_id,
              position=body.position, at=body.at)  # fmt: skip
    return _written(request, ctx, viewer, write_for(ctx, viewer, act))


@router.post(
    "/{id}/amendments", status_code=201, summary="Correct an observation", response_model=dict[str, Any],
    openapi_extra=described(AmendmentIn),
)  # fmt: skip
def amend(id: PathId, viewer: RecordWriter, body: AmendmentBody, request: Request, ctx: Ctx) -> Response:
    """The answer is the observation. `id` in the body is that of the correction itself."""
    with ctx.db.read() as conn:
        target = queries.get(conn, viewer, id)
        if target is None:
            raise Problem(errors.NOT_FOUND)
        author = author_of(conn, viewer, body.author)
        if not _has_part(conn, target, author):
            raise Problem(errors.INVALID, errors=[{"pointer": "/author", "code": "no-part-in-it"}])
    act = Act(type="observation.amend", data=body.data() | {"target": id}, author=author, id=body.id,
              shift=target.shift_id, position=body.position, at=body.at)  # fmt: skip
    written = write_for(ctx, viewer, act)
    return _written(request, ctx, viewer, Written(id, written.is_new))


def _has_part(conn: Connection, target: Any, author: str) -> bool:
    """The same people as the projector lets correct it: its author, the shift's crew, overseers."""
    if author == target.author_id or author in access.supervised(conn, [author]):
        return True
    return author in shifts.crews(conn, [target.shift_id]).get(target.shift_id, ())


def _written(request: Request, ctx: Context, viewer: Viewer, written: Written) -> Response:
    with ctx.db.read() as conn:
        row = queries.get(conn, viewer, written.id)
        value = {"id": written.id} if row is None else queries.wires(conn, viewer, [row])[0]
    return answers.written(request, f"/observations/{written.id}", value, written.is_new)
