"""Shifts over HTTP: reading in scope, and writing for programs."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.access.author import author_of, write_for
from app.access.context import Context, Ctx, RecordReader, RecordWriter
from app.access.permission import Viewer
from app.core import answers, errors
from app.core.answers import OR_GEOJSON, PageOut
from app.core.asking import PathId
from app.core.body import described
from app.core.errors import Problem
from app.guard.shown import note_shown
from app.journal import queries as journal
from app.journal.program import Act, Written
from app.shift import queries, rules
from app.shift.schemas import ShiftBody, ShiftEndBody, ShiftEndIn, ShiftIn, ShiftsAsked

router = APIRouter(prefix="/shifts", tags=["shift"])


@router.get("", summary="Shifts", response_model=PageOut, responses=OR_GEOJSON)
def shifts(asked: Annotated[ShiftsAsked, Query()], request: Request, viewer: RecordReader, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        rows, total = queries.page(conn, viewer, asked)
        values = queries.wires(conn, viewer, rows)
    note_shown(ctx.db, viewer, values, ctx.journal.clock())
    return answers.listed(request, asked, values, total)


@router.get("/{id}", summary="One shift", response_model=dict[str, Any])
def shift(id: PathId, viewer: RecordReader, ctx: Ctx) -> Response:
    value = _seen(ctx, viewer, id)
    note_shown(ctx.db, viewer, [value], ctx.journal.clock())
    return answers.as_json(value)


@router.post(
    "", status_code=201, summary="Start a shift", response_model=dict[str, Any],
    openapi_extra=described(ShiftIn),
)  # fmt: skip
def start(viewer: RecordWriter, body: ShiftBody, request: Request, ctx: Ctx) -> Response:
    """A repeat of the same `id` and content answers 200."""
    with ctx.db.read() as conn:
        author = author_of(conn, viewer, body.author or body.hosts[0], "/author" if body.author else "/hosts/0")
    faults = rules.crew_faults(author, body.hosts, body.alone_reason)
    if faults:
        raise Problem(errors.INVALID, errors=[{"pointer": pointer, "code": code} for pointer, code in faults])
    act = Act(type="shift.start", data=body.data(), author=author, id=body.id, position=body.position, at=body.at)
    return _written(request, ctx, viewer, write_for(ctx, viewer, act))


@router.post(
    "/{id}/end", status_code=201, summary="End a shift", response_model=dict[str, Any],
    openapi_extra=described(ShiftEndIn),
)  # fmt: skip
def end(id: PathId, viewer: RecordWriter, body: ShiftEndBody, request: Request, ctx: Ctx) -> Response:
    """The answer is the shift. `ops` left out: the number of its ops that came from programs in this author's name."""
    with ctx.db.read() as conn:
        if queries.get(conn, viewer, id) is None:
            raise Problem(errors.NOT_FOUND)
        author = author_of(conn, viewer, body.author)
        ops = journal.program_ops(conn, id, author) + 1 if body.ops is None else body.ops
    act = Act(type="shift.end", data=body.data() | {"ops": ops}, author=author, id=body.id, shift=id, at=body.at,
              position=body.position, filled_in=frozenset({"ops"} if body.ops is None else ()))  # fmt: skip
    written = write_for(ctx, viewer, act)
    return _written(request, ctx, viewer, Written(id, written.is_new))


def _written(request: Request, ctx: Context, viewer: Viewer, written: Written) -> Response:
    with ctx.db.read() as conn:
        row = queries.get(conn, viewer, written.id)
        value = {"id": written.id} if row is None else queries.wires(conn, viewer, [row])[0]
    return answers.written(request, f"/shifts/{written.id}", value, written.is_new)


def _seen(ctx: Context, viewer: Viewer, shift_id: str) -> dict[str, Any]:
    with ctx.db.read() as conn:
        row = queries.get(conn, viewer, shift_id)
        if row is None:
            raise Problem(errors.NOT_FOUND)
        return queries.wires(conn, viewer, [row])[0]
