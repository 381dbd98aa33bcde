"""Briefings over HTTP: everybody reads those that count, overseers write them."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from sqlalchemy import Connection

from app.access.context import Context, Ctx, RecordWriter, ReferenceReader
from app.access.permission import Viewer
from app.briefing import queries
from app.briefing.projector import BriefingData
from app.briefing.rules import only_withdraws
from app.core import answers, errors
from app.core.answers import PageOut
from app.core.asking import Paging, PathId
from app.core.body import described, json_body
from app.core.errors import Problem
from app.guard.shown import note_shown
from app.journal.ops import Id
from app.journal.program import write_guarded
from app.journal.record import as_json

router = APIRouter(prefix="/briefings", tags=["briefing"])


class BriefingIn(BriefingData):
    """`based_on`: the version that was changed. Left out, as programs may, it is not compared."""

    based_on: Id | Literal["new"] | None = None


BriefingBody = Annotated[BriefingIn, json_body(BriefingIn)]
OWN = {"kept_words", "based_on"}


@router.get("", summary="Briefings in force and to come", response_model=list[dict[str, Any]])
def briefings(viewer: ReferenceReader, ctx: Ctx) -> Response:
    """`settled`: it has begun, and no longer changes."""
    now = ctx.journal.clock()
    with ctx.db.read() as conn:
        rows = queries.coming(conn, now)
        settled = queries.settled(conn, rows, now)
        told = queries.wires(conn, viewer, rows)
    note_shown(ctx.db, viewer, told, now)
    return answers.as_json([value | {"settled": value["id"] in settled} for value in told])


@router.get("/earlier", summary="Briefings that are over, or were withdrawn", response_model=PageOut)
def earlier(asked: Annotated[Paging, Query()], viewer: ReferenceReader, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        rows, total = queries.earlier(conn, ctx.journal.clock(), limit=asked.limit, offset=asked.offset)
        told = queries.wires(conn, viewer, rows)
    note_shown(ctx.db, viewer, told, ctx.journal.clock())
    return answers.page(asked, told, total)


@router.put("/{id}", summary="Write a briefing", response_model=dict[str, Any], openapi_extra=described(BriefingIn))
def put(id: PathId, viewer: RecordWriter, body: BriefingBody, ctx: Ctx) -> Response:
    """New or in place of the one with this id. The same once more changes nothing.

    409 `newer` with the `current` one where it is not that of `based_on`; 409 `frozen` once it or its shift has
    begun, but for `active: false`, which stops showing it.
    """
    if body.valid_to <= body.valid_from:
        raise Problem(errors.INVALID, errors=[{"pointer": "/valid_to", "code": "before-valid_from"}])
    author = viewer.id if viewer.role is not None else None
    data: dict[str, Any] = as_json(body.model_dump(exclude=OWN)) | {"id": id}
    kept = {} if body.kept_words is None else {"kept_words": [word.model_dump() for word in body.kept_words]}
    if not _says_the_same(ctx, viewer, data):
        op = ctx.journal.make("briefing.put", data | kept, author=author)
        write_guarded(ctx.journal, op, id, _may_change(ctx, viewer, data, body.based_on))
    with ctx.db.read() as conn:
        row = queries.get(conn, id)
        told = [{"id": id}] if row is None else queries.wires(conn, viewer, [row])
    return answers.as_json(told[0])


def _says_the_same(ctx: Context, viewer: Viewer, data: Mapping[str, Any]) -> bool:
    with ctx.db.read() as conn:
        row = queries.get(conn, data["id"])
        known = {} if row is None else queries.wires(conn, viewer, [row])[0]
    return bool(known) and all(known.get(name) == value for name, value in data.items())


def _may_change(
    ctx: Context, viewer: Viewer, data: Mapping[str, Any], based_on: str | None
) -> Callable[[Connection], None]:
    """Asked inside the transaction that would store it. Raises Problem(NEWER), Problem(FROZEN)."""

    def _guard(conn: Connection) -> None:
        row = queries.get(conn, data["id"])
        if row is None:
            return
        current = queries.wires(conn, viewer, [row])[0]
        if based_on is not None and based_on != row.version:
            raise Problem(errors.NEWER, extra={"current": current})
        if queries.settled(conn, [row], ctx.journal.clock()) and not only_withdraws(current, data):
            raise Problem(errors.FROZEN, extra={"current": current})

    return _guard
