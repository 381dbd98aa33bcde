"""Planning over HTTP: overseers plan, everybody has their own shifts in their own calendar."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from app.access.context import Ctx, Planned, Planner
from app.access.people import edits_of
from app.access.people_routes import HistoryOut
from app.core import answers, errors
from app.core.asking import PathId
from app.core.body import described, json_body
from app.core.errors import Problem
from app.plan import calendar, planning, queries
from app.plan.planning import PlanSaid, ShiftSaid
from app.plan.projector import Day

router = APIRouter(tags=["plan"])
TYPES = frozenset({"plan.put", "plan.shift"})
ICS = "text/calendar"


class PlansAsked(BaseModel):
    """Dates in Stockholm, both included; 101 days at most."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)
    from_: Annotated[Day, Field(alias="from")]
    to: Day


class PlansOut(BaseModel):
    shifts: list[dict[str, Any]]
    plans: list[dict[str, Any]]


class CalendarOut(BaseModel):
    created_at: str | None
    read_at: str | None


class AddressOut(BaseModel):
    """Behind the app's own origin; told this once."""

    path: str


@router.get("/plans", summary="Planned shifts, and the series they are of", response_model=PlansOut)
def plans(asked: Annotated[PlansAsked, Query()], viewer: Planner, ctx: Ctx) -> Response:
    start, end = planning.span(asked.from_, asked.to)
    with ctx.db.read() as conn:
        shifts, series = queries.between(conn, viewer, start, end)
    return answers.as_json({"shifts": [queries.desk_wire(row) for row in shifts],
                            "plans": [queries.plan_wire(row) for row in series]})  # fmt: skip


@router.put("/plans/{id}", status_code=204, summary="Plan a shift, or a series of them",
            openapi_extra=described(PlanSaid))  # fmt: skip
def put(id: PathId, viewer: Planner, body: Annotated[PlanSaid, json_body(PlanSaid)], ctx: Ctx) -> None:
    """What has ended stays, and so does what was changed by itself. 409 `changed` with what is there."""
    planning.put(ctx, viewer, id, body)


@router.put("/planned/{id}", status_code=204, summary="Change or cancel one planned shift",
            openapi_extra=described(ShiftSaid))  # fmt: skip
def change(id: PathId, viewer: Planner, body: Annotated[ShiftSaid, json_body(ShiftSaid)], ctx: Ctx) -> None:
    planning.change(ctx, viewer, id, body)


@router.get("/planned/{id}/history", summary="Who changed a planned shift or its series", response_model=HistoryOut)
def history(id: PathId, _viewer: Planner, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        row = queries.planned(conn, id)
        if row is None:
            raise Problem(errors.NOT_FOUND)
        found = [*edits_of(conn, row.id, TYPES), *edits_of(conn, row.plan_id, TYPES)]
    return answers.as_json({"edits": sorted(found, key=lambda edit: edit["at"], reverse=True)})


@router.get("/calendar", summary="Whether one's own calendar has an address")
def own(viewer: Planned, ctx: Ctx) -> CalendarOut:
    with ctx.db.read() as conn:
        return CalendarOut(**calendar.state(conn, viewer))


@router.post("/calendar", status_code=201, summary="A new secret address of one's own calendar")
def make(viewer: Planned, ctx: Ctx) -> AddressOut:
    """The old one is empty from now on."""
    return AddressOut(path=f"/api/v1/calendars/{calendar.make(ctx, viewer)}.ics")


@router.delete("/calendar", status_code=204, summary="No address any longer")
def revoke(viewer: Planned, ctx: Ctx) -> None:
    calendar.revoke(ctx, viewer)


@router.get("/calendars/{secret}.ics", summary="A person's planned shifts", response_class=Response,
            responses={200: {"description": "iCalendar (RFC 5545)", "content": {ICS: {}}}})  # fmt: skip
def feed(secret: str, ctx: Ctx) -> Response:
    """Whoever has the address may read it: a time and an area, no names."""
    content = calendar.read(ctx, secret[:200])
    if content is None:
        raise Problem(errors.NOT_FOUND)
    return Response(content, media_type=ICS, headers={"Cache-Control": "private, no-cache"})
