"""Follow-ups over HTTP: the list, one with its history and its draft, and each word on it."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.access.context import Context, Ctx, FollowupWorker
from app.access.permission import Viewer
from app.access.reading import note_reading
from app.core import answers, errors
from app.core.answers import PageOut
from app.core.asking import PathId
from app.core.body import described
from app.core.errors import Problem
from app.followup import queries, writing
from app.followup.draft import faults
from app.followup.schemas import (
    ChangeBody,
    ChangeIn,
    CloseBody,
    CloseIn,
    CountsOut,
    CreateBody,
    CreateIn,
    FollowupOut,
    FollowupsAsked,
    ReopenBody,
    ReopenIn,
    SendBody,
    SendIn,
)

router = APIRouter(prefix="/followups", tags=["followup"])


@router.get("", summary="Follow-ups; the open ones by the day that they are due", response_model=PageOut)
def followups(asked: Annotated[FollowupsAsked, Query()], viewer: FollowupWorker, ctx: Ctx) -> Response:
    """The reading is noted of each; what cannot be noted is not shown."""
    now = ctx.journal.clock()
    with ctx.db.read() as conn:
        rows, total = queries.page(conn, viewer, asked, now)
        told = queries.answers(conn, [row.observation_id for row in rows])
    items = [queries.wire(row, viewer, now, told.get(row.observation_id, ())) for row in rows]
    note_reading(ctx, viewer, "followup", [row.id for row in rows])
    return answers.page(asked, items, total)


@router.get("/counts", summary="How many are open, overdue and one's own", response_model=CountsOut)
def counts(viewer: FollowupWorker, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        return answers.as_json(queries.counts(conn, viewer, ctx.journal.clock()))


@router.get("/{id}", summary="One follow-up, its history and a felanmälan to send", response_model=FollowupOut)
def followup(id: PathId, viewer: FollowupWorker, ctx: Ctx) -> Response:
    """The reading is noted; what cannot be noted is not shown."""
    value = _whole(ctx, viewer, id)
    note_reading(ctx, viewer, "followup", [id])
    return answers.as_json(value)


@router.post("", status_code=201, summary="Make a follow-up of an observation", response_model=dict[str, Any],
             openapi_extra=described(CreateIn))  # fmt: skip
def create(viewer: FollowupWorker, body: CreateBody, request: Request, ctx: Ctx) -> Response:
    """A repeat of the same `id` and content answers 200."""
    written = writing.create(ctx, viewer, body)
    return answers.written(request, f"/followups/{written.id}", _whole(ctx, viewer, written.id), written.is_new)


@router.post("/{id}/changes", summary="Change a follow-up", response_model=FollowupOut,
             openapi_extra=described(ChangeIn))  # fmt: skip
def change(id: PathId, viewer: FollowupWorker, body: ChangeBody, ctx: Ctx) -> Response:
    """409 `newer` with the `members` that somebody else has set meanwhile; other members are brought together."""
    writing.change(ctx, viewer, id, body)
    return answers.as_json(_whole(ctx, viewer, id))


@router.post("/{id}/close", summary="Say what came of it", response_model=FollowupOut,
             openapi_extra=described(CloseIn))  # fmt: skip
def close(id: PathId, viewer: FollowupWorker, body: CloseBody, ctx: Ctx) -> Response:
    """The outcome and the result are told to the host who reported."""
    writing.close(ctx, viewer, id, body)
    return answers.as_json(_whole(ctx, viewer, id))


@router.post("/{id}/reopen", summary="It was not done after all", response_model=FollowupOut,
             openapi_extra=described(ReopenIn))  # fmt: skip
def reopen(id: PathId, viewer: FollowupWorker, body: ReopenBody, ctx: Ctx) -> Response:
    writing.reopen(ctx, viewer, id, body)
    return answers.as_json(_whole(ctx, viewer, id))


@router.post("/{id}/send", summary="Send the draft as it stands", response_model=FollowupOut,
             openapi_extra=described(SendIn))  # fmt: skip
def send(id: PathId, viewer: FollowupWorker, body: SendBody, ctx: Ctx) -> Response:
    """To the address that the operator has set. What came of it is in `sent` of the answer."""
    writing.send(ctx, viewer, id, body)
    return answers.as_json(_whole(ctx, viewer, id))


def _whole(ctx: Context, viewer: Viewer, followup_id: str) -> dict[str, Any]:
    with ctx.db.read() as conn:
        row = queries.get(conn, viewer, followup_id)
        if row is None:
            raise Problem(errors.NOT_FOUND)
        told = queries.answers(conn, [row.observation_id]).get(row.observation_id, ())
        history = [queries.step_wire(step, viewer) for step in queries.steps(conn, followup_id)]
        draft = writing.suggestion(conn, row)
        found = faults(row.draft or "", queries.hosts(conn))
    return {
        "followup": queries.wire(row, viewer, ctx.journal.clock(), told), "history": history,
        "drafted": draft.text, "left_out": draft.left_out, "faults": found, "channels": writing.channels(ctx),
        "mail_to": ctx.settings.fault_email,
    }  # fmt: skip
