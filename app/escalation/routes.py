"""Escalations over HTTP: reading in scope, and writing for programs."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.access.author import author_of, write_for
from app.access.context import Context, Ctx, RecordReader, RecordWriter
from app.access.permission import Viewer
from app.access.reading import LIST, note_reading
from app.core import answers, errors
from app.core.answers import OR_GEOJSON, PageOut
from app.core.asking import PathId
from app.core.body import described
from app.core.errors import Problem
from app.escalation import queries
from app.escalation.schemas import AttemptBody, AttemptIn, EscalationBody, EscalationIn, EscalationsAsked
from app.guard.shown import note_shown
from app.journal.program import Act, Written
from app.shift.known import known_shift

router = APIRouter(prefix="/escalations", tags=["escalation"])


@router.get("", summary="Escalations", response_model=PageOut, responses=OR_GEOJSON)
def escalations(
    asked: Annotated[EscalationsAsked, Query()], request: Request, viewer: RecordReader, ctx: Ctx
) -> Response:
    """An overseer's or a program's reading is noted, that of a restricted record's call by itself."""
    with ctx.db.read() as conn:
        rows, total = queries.page(conn, viewer, asked)
        values = queries.wires(conn, viewer, rows)
        closed = queries.restricted(conn, viewer, rows)
    note_reading(ctx, viewer, "escalation", [LIST, *closed])
    note_shown(ctx.db, viewer, values, ctx.journal.clock())
    return answers.listed(request, asked, values, total)


@router.get("/{id}", summary="One escalation with its attempts", response_model=dict[str, Any])
def escalation(id: PathId, viewer: RecordReader, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        row = queries.get(conn, viewer, id)
        if row is None:
            raise Problem(errors.NOT_FOUND)
        values = queries.wires(conn, viewer, [row])
    note_reading(ctx, viewer, "escalation", [id])
    note_shown(ctx.db, viewer, values, ctx.journal.clock())
    return answers.as_json(values[0])


@router.post(
    "", status_code=201, summary="Write down that help was called", response_model=dict[str, Any],
    openapi_extra=described(EscalationIn),
)  # fmt: skip
def create(viewer: RecordWriter, body: EscalationBody, request: Request, ctx: Ctx) -> Response:
    """A repeat of the same `id` and content answers 200."""
    with ctx.db.read() as conn:
        author = author_of(conn, viewer, body.author)
        shift_id = known_shift(conn, body.shift_id)
    act = Act(type="escalation.create", data=body.data(), author=author, id=body.id, shift=shift_id,
              position=body.position, at=body.at)  # fmt: skip
    return _written(request, ctx, viewer, write_for(ctx, viewer, act))


@router.post(
    "/{id}/attempts", status_code=201, summary="Write down an attempt to reach help", response_model=dict[str, Any],
    openapi_extra=described(AttemptIn),
)  # fmt: skip
def attempt(id: PathId, viewer: RecordWriter, body: AttemptBody, request: Request, ctx: Ctx) -> Response:
    """The answer is the escalation. `id` in the body is that of the attempt itself."""
    with ctx.db.read() as conn:
        target = queries.get(conn, viewer, id)
        if target is None:
            raise Problem(errors.NOT_FOUND)
        author = author_of(conn, viewer, body.author)
    act = Act(type="escalation.attempt", data=body.data() | {"target": id}, author=author, id=body.id,
              shift=target.shift_id, position=body.position, at=body.at)  # fmt: skip
    written = write_for(ctx, viewer, act)
    return _written(request, ctx, viewer, Written(id, written.is_new))


def _written(request: Request, ctx: Context, viewer: Viewer, written: Written) -> Response:
    with ctx.db.read() as conn:
        row = queries.get(conn, viewer, written.id)
        value = {"id": written.id} if row is None else queries.wires(conn, viewer, [row])[0]
    return answers.written(request, f"/escalations/{written.id}", value, written.is_new)
