"""That the database went back in time, over HTTP: what the desk says of it, and who knows."""

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from app.access.context import Ctx, EpochKeeper
from app.core import answers, errors
from app.core.asking import PathId
from app.core.errors import Problem
from app.epoch import queries
from app.epoch.acknowledging import acknowledge

router = APIRouter(prefix="/epochs", tags=["epoch"])


class SteppedBackOut(BaseModel):
    epoch: str = Field(description="The newest that it began: what is acknowledged")
    noticed_at: str
    again_at: str = Field(description="When it was last noticed; the same as `noticed_at` where that was once")
    times: int
    seen_seq: int | None = Field(description="So far a phone had seen the journal; null where nobody noted it")
    here_seq: int = Field(description="So far the journal reached when that was noticed")
    phones: int = Field(description="Heard since, or within a fortnight before: they may have what is missing")
    phones_heard: int
    came_back: int = Field(description="Records made before it was noticed that have come since")


class AcknowledgedOut(BaseModel):
    at: str
    name: str
    noticed_at: str


class EpochsOut(BaseModel):
    stepped_back: SteppedBackOut | None = Field(description="Null where nobody has to look after anything")
    acknowledged: list[AcknowledgedOut] = Field(description="The last, for a week")


@router.get("", summary="Whether the database went back in time", response_model=EpochsOut)
def epochs(viewer: EpochKeeper, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        return answers.as_json(queries.shown(conn, viewer, ctx.journal.clock()))


@router.post("/{id}/acknowledge", summary="Say that one looks after it", status_code=204)
def acknowledged(id: PathId, viewer: EpochKeeper, ctx: Ctx) -> None:
    """In the caller's name. Again, or after somebody else, changes nothing."""
    with ctx.db.read() as conn:
        known = {row.epoch: row for row in queries.stepped_back(conn)}
    if id not in known:
        raise Problem(errors.NOT_FOUND)
    if known[id].stated_at is None:
        acknowledge(ctx.journal, viewer, id)
