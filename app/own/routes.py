"""GET /me/data: everything stored about the person who asks."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from app.access.context import Ctx, Owner
from app.audit import readings
from app.core import answers
from app.core.asking import Paging
from app.core.clock import stamp
from app.own import queries

router = APIRouter(prefix="/me", tags=["own"])


class SectionOut(BaseModel):
    kind: str
    #: Of all pages; 0 on a page after the last.
    total: int
    items: list[dict[str, Any]]


class LimitsOut(BaseModel):
    """The only times that are set by this server."""

    session_hours: int
    device_days: int


class OwnDataOut(BaseModel):
    made_at: str
    organisation: str
    limits: LimitsOut
    sections: list[SectionOut]


@router.get("/data", summary="Everything stored about me", response_model=OwnDataOut)
def data(asked: Annotated[Paging, Query()], viewer: Owner, ctx: Ctx) -> Response:
    """Own restricted records too, and no word that others wrote. Noted; what cannot be noted is not shown."""
    now = ctx.journal.clock()
    readings.note(ctx.db, viewer_id=viewer.id, what="own", subject=viewer.id, at=now)
    with ctx.db.read() as conn:
        sections = queries.read(conn, viewer, asked)
    limits = {"session_hours": ctx.settings.session_hours, "device_days": ctx.settings.device_days}
    return answers.as_json({"made_at": stamp(now), "organisation": ctx.settings.organisation, "limits": limits,
                            "sections": sections}, headers={"Cache-Control": "no-store"})  # fmt: skip
