"""The supervisor's desk over HTTP: shifts with their completeness, and one shift's log."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from app.access import queries as access
from app.access.context import Ctx, Releaser, Reviewer, ReviewWriter
from app.audit import readings
from app.core import answers, errors
from app.core.answers import PageOut
from app.core.asking import PathId
from app.core.body import described
from app.core.errors import Problem
from app.place import queries as places
from app.review import acts, log, revoked
from app.review.left_out import without_restricted
from app.review.report import Report
from app.review.schemas import (
    CommentBody,
    CommentIn,
    ReportAsked,
    ReviewBody,
    ReviewIn,
    RevokedOut,
    SealOut,
    ShiftLogOut,
    ShiftsAsked,
    TakeIn,
    TakeInBody,
    TakenIn,
    WrittenOut,
)
from app.review.typeset import typeset

ENTRIES_MAX = 2_000
PDF = {"type": "string", "format": "binary"}
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


@router.get("/shifts/{id}/report.pdf", summary="A shift's log as a PDF", response_class=Response,
            responses={200: {"content": {"application/pdf": {"schema": PDF}}}})  # fmt: skip
def report(id: PathId, asked: Annotated[ReportAsked, Query()], viewer: Reviewer, ctx: Ctx) -> Response:
    """Tagged (PDF/UA-1). The reading is noted with what was asked for; what cannot be noted is not shown."""
    with ctx.db.read() as conn:
        found = log.shift_log(conn, viewer, id)
        whole = log.seal_of(conn, found)
        people = {row.id: row.name for row in access.persons(conn)}
        words = places.vocabulary(conn)
    if found is None or whole is None:
        raise Problem(errors.NOT_FOUND)
    if len(found["entries"]) > ENTRIES_MAX:
        raise Problem(errors.EXPORT_LARGE, extra={"limit": ENTRIES_MAX})
    now = ctx.journal.clock()
    if not asked.restricted:
        found = {**found, "entries": without_restricted(found["entries"])}
    what = ".".join(["report", *(["names"] if asked.names else []), *(["restricted"] if asked.restricted else [])])
    readings.note(ctx.db, viewer_id=viewer.id, what=what, subject=id, at=now)
    sheet = Report(found, whole, asked.language, people if asked.names else None, words)
    made = typeset(sheet.document(viewer.name, now))
    name = f"lykta-pass-{found['shift']['shift_date']}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(made, media_type="application/pdf", headers=headers)


@router.get("/shifts/{id}/seal", summary="Whether the chain holds at a shift's ops", response_model=SealOut)
def seal(id: PathId, viewer: Reviewer, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        found = log.seal(conn, viewer, id)
    if found is None:
        raise Problem(errors.NOT_FOUND)
    return answers.as_json(found)


@router.post("/shifts/{id}/approve", summary="Approve what one has seen of a shift", openapi_extra=described(ReviewIn))
def approve(id: PathId, viewer: ReviewWriter, asked: ReviewBody, ctx: Ctx) -> WrittenOut:
    """409 where more has come since (`seen_seq`), or where the shift has not ended."""
    return WrittenOut(id=acts.review(ctx, viewer, id, "approve", asked).id)


@router.post("/shifts/{id}/return", summary="Send a shift back with a note", openapi_extra=described(ReviewIn))
def give_back(id: PathId, viewer: ReviewWriter, asked: ReviewBody, ctx: Ctx) -> WrittenOut:
    """The note reaches the phones of its hosts. 409 as for an approval."""
    return WrittenOut(id=acts.review(ctx, viewer, id, "return", asked).id)


@router.post("/shifts/{id}/comments", summary="Comment on a shift or on a record", openapi_extra=described(CommentIn))
def comment(id: PathId, viewer: ReviewWriter, asked: CommentBody, ctx: Ctx) -> WrittenOut:
    return WrittenOut(id=acts.comment(ctx, viewer, id, asked).id)


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
