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
from app.retention import queries as retention

router = APIRouter(prefix="/me", tags=["own"])


class SectionOut(BaseModel):
    kind: str
    #: What is decided about it, by the names of `GET /retention`; null for what is kept until further notice.
    cls: str | None
    #: The first day on which something of it may be erased; null where no time is decided, or none can be told.
    earliest: str | None
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
    #: class → months, of those that are decided
    terms: dict[str, int]
    sections: list[SectionOut]


@router.get("/data", summary="Everything stored about me", response_model=OwnDataOut)
def data(asked: Annotated[Paging, Query()], viewer: Owner, ctx: Ctx) -> Response:
    """Own restricted records too, and no word that others wrote. Noted; what cannot be noted is not shown."""
    now = ctx.journal.clock()
    readings.note(ctx.db, viewer_id=viewer.id, what="own", subject=viewer.id, at=now)
    with ctx.db.read() as conn:
        sections = queries.read(conn, viewer, asked)
        terms = {cls: months for cls, (months, _) in retention.terms(conn).items()}
    limits = {"session_hours": ctx.settings.session_hours, "device_days": ctx.settings.device_days}
    told = {"made_at": stamp(now), "organisation": ctx.settings.organisation, "limits": limits, "terms": terms,
            "sections": sections}  # fmt: skip
    return answers.as_json(told, headers={"Cache-Control": "no-store"})
