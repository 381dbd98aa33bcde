"""The supervisor's desk over HTTP: shifts with their completeness, and one shift's log."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from app.access.context import Ctx, Releaser, Reviewer
from app.audit import readings
from app.core import answers, errors
from app.core.answers import PageOut
from app.core.asking import PathId
from app.core.body import described
from app.core.errors import Problem
from app.review import log, quarantine, revoked
from app.review.schemas import RetriedOut, RevokedOut, ShiftLogOut, ShiftsAsked, TakeIn, TakeInBody, TakenIn

router = APIRouter(prefix="/reviews", tags=["review"])


@router.get("/shifts", summary="Shifts with counts and completeness", response_model=PageOut)
def shifts(asked: Annotated[ShiftsAsked, Query()], viewer: Reviewer, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        rows, total = log.shift_rows(conn, viewer, asked)
    return answers.page(asked, rows, total)


@router.get("/shifts/{id}", summary="All that a shift's log holds", response_model=ShiftLogOut)
def shift(id: PathId, viewer: Reviewer, ctx: Ctx) -> Response:
    """The reading is noted; what cannot be noted is not shown."""
    with ctx.db.read() as conn:
        found: dict[str, Any] | None = log.shift_log(conn, viewer, id)
    if found is None:
        raise Problem(errors.NOT_FOUND)
    readings.note(ctx.db, viewer_id=viewer.id, what="shift", subject=id, at=ctx.journal.clock())
    return answers.as_json(found)


@router.post("/quarantined/{id}/retry", summary="Try again what waits in quarantine")
def retry(id: PathId, viewer: Releaser, ctx: Ctx) -> RetriedOut:
    """Of an op id. An op in the caller's name, where a try can change anything."""
    return RetriedOut(why=quarantine.retry(ctx, viewer, id))


@router.get("/revoked", summary="What revoked phones handed in and nobody has taken in", response_model=RevokedOut)
def revoked_phones(viewer: Reviewer, ctx: Ctx) -> Response:
    """With what the records say. The reading is noted; what cannot be noted is not shown."""
    with ctx.db.read() as conn:
        found = revoked.phones(conn, viewer)
    for phone in found:
        readings.note(ctx.db, viewer_id=viewer.id, what="revoked", subject=phone["device"], at=ctx.journal.clock())
    return answers.as_json({"phones": found})


@router.post("/revoked/{id}/release", summary="Take in what a revoked phone handed in", openapi_extra=described(TakeIn))
def take_in(id: PathId, viewer: Releaser, asked: TakeInBody, ctx: Ctx) -> TakenIn:
    """Up to what the caller has seen: 409 where more has come since. An op in the caller's name."""
    return TakenIn(taken_in=revoked.take_in(ctx, viewer, id, asked.seen_seq))
