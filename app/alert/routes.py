"""Alarms over HTTP: those that are open, one with its steps, acknowledging by name, and "danger over"."""

from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Query, Response
from sqlalchemy.exc import DBAPIError

from app.access.context import AlertAnswerer, AlertReader, Context, Ctx
from app.access.permission import Viewer
from app.access.reading import note_reading
from app.alert import queries
from app.alert.schemas import AlertsAsked, ClearBody, ClearIn
from app.core import answers, errors
from app.core.answers import PageOut
from app.core.asking import PathId
from app.core.body import described
from app.core.errors import Problem

log = structlog.get_logger("lykta.alert")
router = APIRouter(prefix="/alerts", tags=["alert"])


@router.get("", summary="Alarms; those that are open, if not asked otherwise", response_model=PageOut)
def alerts(asked: Annotated[AlertsAsked, Query()], viewer: AlertReader, ctx: Ctx) -> Response:
    """An overseer's reading is noted of each. What cannot be noted is shown all the same: help goes first."""
    with ctx.db.read() as conn:
        rows, total = queries.page(conn, viewer, asked)
        values = [value for value in queries.wires(conn, viewer, rows) if value is not None]
    try:
        note_reading(ctx, viewer, "alert", [value["id"] for value in values])
    except (Problem, DBAPIError) as error:
        log.error("unnoted", what="alert", viewer=viewer.id, error=type(error).__name__)
    return answers.page(asked, values, total)


@router.get("/{id}", summary="One alarm: who was told when, and who acknowledged it", response_model=dict[str, Any])
def alert(id: PathId, viewer: AlertReader, ctx: Ctx) -> Response:
    """An overseer's reading is noted; what cannot be noted is not shown."""
    value = _seen(ctx, viewer, id)
    note_reading(ctx, viewer, "alert", [id])
    return answers.as_json(value)


@router.post("/{id}/acknowledge", summary="Acknowledge by name", response_model=dict[str, Any])
def acknowledge(id: PathId, viewer: AlertAnswerer, ctx: Ctx) -> Response:
    """The answer is the alarm. 409 for one's own: somebody else has to know. A repeat changes nothing."""
    now = _seen(ctx, viewer, id)
    if now["host_id"] == viewer.id:
        raise Problem(errors.ALERT_OWN)
    if all(entry["author_id"] != viewer.id for entry in now["acknowledged"]):
        ctx.journal.write("alert.acknowledge", {"target": id}, author=viewer.id, shift=now["shift_id"])
    return answers.as_json(_seen(ctx, viewer, id))


@router.post("/{id}/clear", summary="Danger over", response_model=dict[str, Any], openapi_extra=described(ClearIn))
def clear(id: PathId, viewer: AlertAnswerer, body: ClearBody, ctx: Ctx) -> Response:
    """The answer is the alarm. What is cleared stays so: a repeat changes nothing."""
    now = _seen(ctx, viewer, id)
    if now["status"] == "open":
        data = {"target": id, "note": body.note}
        ctx.journal.write("alert.clear", data, author=viewer.id, shift=now["shift_id"])
    return answers.as_json(_seen(ctx, viewer, id))


def _seen(ctx: Context, viewer: Viewer, alert_id: str) -> dict[str, Any]:
    with ctx.db.read() as conn:
        row = queries.get(conn, viewer, alert_id)
        found = [None] if row is None else queries.wires(conn, viewer, [row])
    if found[0] is None:
        raise Problem(errors.NOT_FOUND)
    return found[0]
