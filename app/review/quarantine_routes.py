"""What waits in quarantine, over HTTP: how much, what, one more try, and a file of it."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from app.access.context import Context, Ctx, QuarantineReader, Releaser
from app.access.permission import Viewer
from app.audit import readings
from app.core import answers, errors
from app.core.answers import PageOut
from app.core.asking import Paging, PathId
from app.core.errors import Problem
from app.guard.shown import WHAT as WORDS
from app.review import quarantine, waiting, waiting_file
from app.review.schemas import FileAsked, RetriedOut, WaitingCount

router = APIRouter(prefix="/reviews/quarantined", tags=["review"])
AS_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"schema": {"type": "object", "description": "As a phone's saved copy"}}}}
}


@router.get("", summary="What waits outside every shift that is known", response_model=PageOut)
def listed(asked: Annotated[Paging, Query()], viewer: QuarantineReader, ctx: Ctx) -> Response:
    """Calls for help first, whatever shift they name; then the newest. What was read is noted, or it is not shown."""
    with ctx.db.read() as conn:
        found, total, words = waiting.page(conn, viewer, asked)
    _note(ctx, viewer, "quarantined", [one["id"] for one in found if one["withheld"] != "restricted"], words)
    return answers.page(asked, found, total)


@router.get("/count", summary="How much waits outside every shift that is known")
def count(viewer: QuarantineReader, ctx: Ctx) -> WaitingCount:
    with ctx.db.read() as conn:
        total, calls = waiting.count(conn, viewer)
    return WaitingCount(count=total, calls=calls)


@router.get("/export", summary="What waits, as a file", response_class=Response, responses=AS_FILE)
def export(asked: Annotated[FileAsked, Query()], viewer: QuarantineReader, ctx: Ctx) -> Response:
    """Envelopes and bodies as they came, in the form of a phone's saved copy. `next`: where another file goes on."""
    with ctx.db.read() as conn:
        found, after = waiting_file.rows_after(conn, viewer, asked.after)
    return _as_file(ctx, viewer, found, after, "alla" if asked.after == 0 else f"alla-{asked.after}")


@router.get("/{id}/export", summary="One that waits, as a file", response_class=Response, responses=AS_FILE)
def export_one(id: PathId, viewer: QuarantineReader, ctx: Ctx) -> Response:
    """Of an op id: everything that came under it, where one of them waits."""
    with ctx.db.read() as conn:
        found = waiting_file.rows_of(conn, viewer, id)
    if not found:
        raise Problem(errors.NOT_FOUND)
    return _as_file(ctx, viewer, found, None, id)


@router.post("/{id}/retry", summary="Try again what waits in quarantine")
def retry(id: PathId, viewer: Releaser, ctx: Ctx) -> RetriedOut:
    """Of an op id. An op in the caller's name, where a try can change anything."""
    return RetriedOut(why=quarantine.retry(ctx, viewer, id))


def _as_file(ctx: Context, viewer: Viewer, found: Sequence[Any], after: int | None, name: str) -> Response:
    now = ctx.journal.clock()
    with ctx.db.read() as conn:
        told = waiting_file.file_of(conn, viewer, found, now, after)
    held = [one["id"] for one in told["ops"] if one["body"] is not None]
    _note(ctx, viewer, "export.quarantined", held, waiting.with_words(viewer, found))
    headers = {"Content-Disposition": f'attachment; filename="lykta-karantan-{now:%Y-%m-%d}-{name}.json"',
               "Cache-Control": "no-store"}  # fmt: skip
    return answers.as_json(told, headers=headers)


def _note(ctx: Context, viewer: Viewer, what: str, ids: Sequence[str], words: set[str]) -> None:
    """Each by its id; what cannot be noted is not handed out."""
    at = ctx.journal.clock()
    readings.note_all(ctx.db, viewer_id=viewer.id, what=what, subjects=ids, at=at)
    readings.note_all(ctx.db, viewer_id=viewer.id, what=WORDS, subjects=words, at=at)
