"""What is missing over HTTP: the list, and saying of a line that it does not matter."""

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import BaseModel

from app.access.context import Context, Ctx, FollowupWorker
from app.access.permission import Viewer
from app.access.reading import LIST, note_reading
from app.core import answers, errors
from app.core.body import described, json_body
from app.core.errors import Problem
from app.missing import queries
from app.missing.projector import Dismiss, Restore
from app.missing.rules import Line

router = APIRouter(prefix="/missing", tags=["missing"])
DismissBody = Annotated[Dismiss, json_body(Dismiss)]
RestoreBody = Annotated[Restore, json_body(Restore)]


class MissingOut(BaseModel):
    lines: list[dict[str, Any]]


@router.get("", summary="What is missing, the newest of each kind first", response_model=MissingOut)
def missing(viewer: FollowupWorker, ctx: Ctx) -> Response:
    """Reckoned now; `dismissed` is told of those that somebody has said do not matter. The reading is noted."""
    lines = _lines(ctx, viewer)
    note_reading(ctx, viewer, "missing", [LIST])
    return answers.as_json({"lines": lines})


@router.post("/dismiss", summary="It does not matter, and why", response_model=dict[str, Any],
             openapi_extra=described(Dismiss))  # fmt: skip
def dismiss(viewer: FollowupWorker, body: DismissBody, ctx: Ctx) -> Response:
    """The answer is the line. What somebody else has dismissed meanwhile keeps their reason."""
    line = _line(ctx, viewer, body.kind, body.subject)
    if line["dismissed"] is None:
        data = body.model_dump(mode="json", exclude_unset=True)
        ctx.journal.write("missing.dismiss", data, author=viewer.id, shift=line["shift_id"])
        line = _line(ctx, viewer, body.kind, body.subject)
    return answers.as_json(line)


@router.post("/restore", summary="It matters after all", response_model=dict[str, Any],
             openapi_extra=described(Restore))  # fmt: skip
def restore(viewer: FollowupWorker, body: RestoreBody, ctx: Ctx) -> Response:
    line = _line(ctx, viewer, body.kind, body.subject)
    if line["dismissed"] is not None:
        data = {"kind": body.kind, "subject": body.subject}
        ctx.journal.write("missing.restore", data, author=viewer.id, shift=line["shift_id"])
        line = _line(ctx, viewer, body.kind, body.subject)
    return answers.as_json(line)


def _lines(ctx: Context, viewer: Viewer) -> list[dict[str, Any]]:
    with ctx.db.read() as conn:
        found: list[Line] = queries.lines(conn, viewer, ctx.journal.clock())
        said = queries.dismissed(conn, found)
    return [queries.wire(line, said.get((line.kind, line.subject)), viewer) for line in found]


def _line(ctx: Context, viewer: Viewer, kind: str, subject: str) -> dict[str, Any]:
    """Raises Problem(NOT_FOUND) for what is not missing, or no longer."""
    for line in _lines(ctx, viewer):
        if (line["kind"], line["subject"]) == (kind, subject):
            return line
    raise Problem(errors.NOT_FOUND)
