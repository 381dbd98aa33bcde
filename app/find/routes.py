"""Search over HTTP. What is looked for comes as a body: an address would stand in logs, and a search is free text."""

from typing import Any

from fastapi import APIRouter, Response

from app.access.context import Context, Ctx, Finder, OwnFinder
from app.access.permission import Viewer
from app.audit import readings
from app.core import answers, errors
from app.core.asking import PathId
from app.core.body import described
from app.core.errors import Problem
from app.find import filling, queries
from app.find.refusal import refuse_persons
from app.find.schemas import Filters, FindBody, FindIn, FoundOut, SavedBody, SavedIn, SavedOut
from app.find.shown import records
from app.guard.shown import note_shown

router = APIRouter(prefix="/find", tags=["find"])


@router.post("", summary="Find observations, escalations and shifts", response_model=FoundOut,
             openapi_extra=described(FindIn))  # fmt: skip
def find(viewer: Finder, asked: FindBody, ctx: Ctx) -> Response:
    """The reading is noted, that of a restricted record by itself; what cannot be noted is not shown."""
    refuse_persons(asked.text)
    filling.catch_up(ctx.db)
    with ctx.db.read() as conn:
        hits, count = queries.page(conn, viewer, asked, limit=asked.limit, after=queries.cursor_in(asked.cursor))
        items = records(conn, viewer, hits.found)
    at = ctx.journal.clock()
    closed = [item["id"] for item in items if item["restricted"]]
    readings.note(ctx.db, viewer_id=viewer.id, what="find", subject="list", at=at)
    readings.note_all(ctx.db, viewer_id=viewer.id, what="find.restricted", subjects=closed, at=at)
    note_shown(ctx.db, viewer, items, at)
    return answers.as_json({"items": items, "next": queries.cursor_said(hits.next), "count": count,
                            "count_max": queries.COUNT_MAX})  # fmt: skip


@router.get("/saved", summary="One's own saved searches", response_model=list[SavedOut])
def saved(viewer: OwnFinder, ctx: Ctx) -> Response:
    return answers.as_json(_saved(ctx, viewer))


@router.put("/saved/{id}", summary="Keep a search under a name", response_model=SavedOut,
            openapi_extra=described(SavedIn))  # fmt: skip
def keep(id: PathId, viewer: OwnFinder, body: SavedBody, ctx: Ctx) -> Response:
    """New or in place of one's own with this id. The same once more changes nothing."""
    refuse_persons(body.name, body.asked.text)
    told = {"id": id, "name": body.name.strip(), "asked": _as_data(body.asked)}
    with ctx.db.read() as conn:
        known = _own(queries.saved_by_anybody(conn, id), viewer)
        others = [row for row in queries.saved(conn, viewer) if row.id != id]
    if len(others) >= queries.SAVED_MAX:
        raise Problem(errors.FIND_FULL, extra={"limit": queries.SAVED_MAX})
    if known is None or not known.active or _wire(known) != told:
        ctx.journal.write("find.put", told | {"active": True}, author=viewer.id)
    return answers.as_json(told)


@router.delete("/saved/{id}", status_code=204, summary="Forget a saved search")
def forget(id: PathId, viewer: OwnFinder, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        known = _own(queries.saved_by_anybody(conn, id), viewer)
    if known is None:
        raise Problem(errors.NOT_FOUND)
    if known.active:
        ctx.journal.write("find.put", _wire(known) | {"active": False}, author=viewer.id)
    return Response(status_code=204)


def _own(row: Any | None, viewer: Viewer) -> Any | None:
    if row is not None and row.person_id != viewer.id:
        raise Problem(errors.NOT_FOUND)
    return row


def _saved(ctx: Context, viewer: Viewer) -> list[dict[str, Any]]:
    with ctx.db.read() as conn:
        return [_wire(row) for row in queries.saved(conn, viewer)]


def _wire(row: Any) -> dict[str, Any]:
    return {"id": row.id, "name": row.name, "asked": row.asked}


def _as_data(asked: Filters) -> dict[str, Any]:
    """Just what was said."""
    said: dict[str, Any] = asked.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return said
