"""Retention over HTTP: what is decided, what it would take, what is held back, and the protocol."""

import time
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy import Connection

from app.access.context import Ctx, RetentionDecider, RetentionHolder, RetentionReader
from app.core import answers, errors
from app.core.answers import PageOut
from app.core.asking import Paging, PathId
from app.core.body import described
from app.core.errors import Problem
from app.journal.edit import edit
from app.retention import queries
from app.retention.erase import plan
from app.retention.roots import HOLD
from app.retention.rules import MONTHS_MIN, Cls, in_force_at
from app.retention.running import HOURS, carry_out
from app.retention.schemas import (
    DecideBody,
    DecideIn,
    HoldBody,
    HoldIn,
    HoldOut,
    PreviewAsked,
    PreviewOut,
    RetentionOut,
    RunBody,
    RunIn,
    RunOut,
)
from app.shift import queries as shifts

#: So long one request goes on; a part that has begun is ended.
RUN_S = 8.0
router = APIRouter(prefix="/retention", tags=["retention"])


@router.get("", summary="What is decided to be erased, and what is held back", response_model=RetentionOut)
def decided(viewer: RetentionReader, ctx: Ctx) -> Response:
    """Nothing is erased without a decision, and none before it has been in force for a week."""
    with ctx.db.read() as conn:
        told = {"rules": queries.rules(conn, viewer), "holds": queries.holds(conn, viewer), "runs_at": list(HOURS)}
    return answers.as_json(told)


@router.get("/preview", summary="What a run would take now", response_model=PreviewOut)
def preview(asked: Annotated[PreviewAsked, Query()], _viewer: RetentionReader, ctx: Ctx) -> Response:
    """Reads the whole journal a few times: for a person who decides, not for a page that looks every minute."""
    nothing: dict[str, Any] = {"cls": asked.cls.value, "months": None, "before": None, "things": 0, "ops": 0,
                               "photos": 0, "kept": {}, "days": None}  # fmt: skip
    with ctx.db.read() as conn:
        rule = queries.rule(conn, asked.cls)
        months = asked.months or (rule.months if rule else None)
        if months is None:
            return answers.as_json(nothing)
        _long_enough(asked.cls, months)
        found = plan(conn, asked.cls, months, ctx.journal.clock())
        days = queries.days_of(conn, found.due.ids) if asked.cls is Cls.SHIFT else None
    return answers.as_json(nothing | {
        "months": months, "before": found.before.isoformat(), "things": found.things, "ops": len(found.gone.seqs),
        "photos": found.photos, "kept": found.due.kept, "days": days,
    })  # fmt: skip


@router.put("/rules/{cls}", status_code=204, summary="Decide when a class is erased",
            openapi_extra=described(DecideIn))  # fmt: skip
def decide(cls: Cls, viewer: RetentionDecider, body: DecideBody, ctx: Ctx) -> None:
    """In force a week later. 409 `changed` where somebody else was first; the same again changes nothing."""
    if body.months is not None:
        _long_enough(cls, body.months)

    def _now(conn: Connection) -> tuple[int, dict[str, Any]] | None:
        rule = queries.rule(conn, cls)
        return None if rule is None else (rule.version, queries.rules(conn, viewer)[list(Cls).index(cls)])

    with ctx.db.read() as conn:
        there = queries.rule(conn, cls)
    if there is not None and (there.months, there.reference) == (body.months, body.reference):
        return
    said = {"cls": cls.value, **body.model_dump(exclude={"based_on"}, exclude_unset=True)}
    op = ctx.journal.make("retention.decide", said, author=viewer.id)
    edit(ctx.journal, op, about=f"retention {cls.value}", based_on=body.based_on, current=_now)


@router.get("/holds/{shift_id}", summary="Whether a shift is held back", response_model=HoldOut)
def held(shift_id: PathId, viewer: RetentionReader, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        row = queries.hold(conn, shift_id)
        (told,) = queries.holds(conn, viewer, HOLD.c.shift_id == shift_id) or (None,)
    return answers.as_json({"hold": told, "version": None if row is None else row.changed_seq})


@router.put("/holds/{shift_id}", status_code=204, summary="Hold a shift back from being erased, or lift it",
            openapi_extra=described(HoldIn))  # fmt: skip
def hold(shift_id: PathId, viewer: RetentionHolder, body: HoldBody, ctx: Ctx) -> None:
    """404 for no shift; 409 `changed` where somebody else was first. The same again changes nothing."""
    with ctx.db.read() as conn:
        there = queries.hold(conn, shift_id)
        if there is None and not shifts.exists(conn, shift_id):
            raise Problem(errors.NOT_FOUND)
    if there is None or not there.active:
        if not body.active:
            return
    elif body.active and there.reason == body.reason:
        return
    said = {"target": shift_id, **body.model_dump(exclude={"based_on", "active"}, exclude_unset=True)}
    op = ctx.journal.make("retention.hold" if body.active else "retention.lift", said, author=viewer.id)

    def _now(conn: Connection) -> tuple[int, dict[str, Any]] | None:
        row = queries.hold(conn, shift_id)
        return None if row is None else (row.changed_seq, {"active": row.active, "version": row.changed_seq})

    edit(ctx.journal, op, about=f"retention {shift_id}", based_on=body.based_on, current=_now)


@router.get("/runs", summary="The protocol of what was erased", response_model=PageOut)
def runs(asked: Annotated[Paging, Query()], viewer: RetentionReader, ctx: Ctx) -> Response:
    with ctx.db.read() as conn:
        rows, total = queries.runs(conn, viewer, limit=asked.limit, offset=asked.offset)
    return answers.page(asked, rows, total)


@router.post("/runs", summary="Carry a decision out now", response_model=RunOut, openapi_extra=described(RunIn))
def erase(viewer: RetentionDecider, body: RunBody, ctx: Ctx) -> Response:
    """409 `changed` where another decision holds than `based_on`, `not-yet` before it is in force."""
    now = ctx.journal.clock()
    with ctx.db.read() as conn:
        rule = queries.rule(conn, body.cls)
    if rule is None or rule.version != body.based_on or rule.months is None:
        raise Problem(errors.CHANGED)
    if in_force_at(rule.stated_at) > now:
        raise Problem(errors.NOT_YET)
    ends = time.monotonic() + RUN_S
    done = carry_out(ctx, body.cls, viewer.id, lambda: time.monotonic() > ends)
    if done is None:
        return answers.as_json({"run": None, "things": 0, "more": False})
    return answers.as_json({"run": done.run, "things": done.things, "more": done.more})


def _long_enough(cls: Cls, months: int) -> None:
    if months < MONTHS_MIN[cls]:
        raise Problem(errors.INVALID, errors=[{"pointer": "/months", "code": "too-short"}])
