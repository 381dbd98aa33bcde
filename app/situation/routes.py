"""The week of the Monday meeting over HTTP, its words, its frozen editions, and where the last fortnight points."""

import re
from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import AfterValidator, Field
from sqlalchemy import Connection, and_

from app.access.context import Ctx, SituationReader, SituationWriter
from app.access.permission import Viewer
from app.core import answers, errors
from app.core.answers import PageOut
from app.core.asking import Paging, PathId, QueryCode, QueryId
from app.core.body import described, json_body
from app.core.errors import Problem
from app.guard.said import Told
from app.journal.ops import Id, Text
from app.journal.program import write_guarded
from app.observation.queries import OBSERVATION
from app.situation import counted, queries
from app.situation.figures import figures
from app.situation.rules import RECORDS_MAX, WEEK, codes_of, packed, proposed, span_of, spans_of

router = APIRouter(prefix="/situation", tags=["situation"])
NEW = "new"


def _known_week(value: str) -> str:
    """What is no week is not here."""
    try:
        if not re.fullmatch(WEEK, value):
            raise ValueError
        span_of(value)
    except (ValueError, OverflowError):
        raise Problem(errors.NOT_FOUND) from None
    return value


PathWeek = Annotated[str, AfterValidator(_known_week)]


class WordsIn(Told):
    text: Text | None = None
    #: The version that was changed, "new" for the first words.
    based_on: Annotated[str, Field(pattern=f"^({NEW}|[0-9a-f-]{{36}})$")]


class FreezeIn(Told):
    """What the caller has seen: the words' version, and the number that the edition is to have."""

    based_on: Annotated[str, Field(pattern=f"^({NEW}|[0-9a-f-]{{36}})$")]
    number: Annotated[int, Field(ge=1, le=100_000, strict=True)]
    id: Id


class RecordsAsked(Paging):
    area_id: QueryId | None = None
    place_id: QueryId | None = None
    category: QueryCode | None = None
    group: QueryCode | None = None
    action: QueryCode | None = None
    #: Of those that name none.
    without: Literal["place", "area", "action"] | None = None
    #: Calls for this help in place of incidents; nothing else narrows them.
    service: QueryCode | None = None
    #: Attempts to reach help, that or any, which came to this; nothing else narrows them.
    outcome: QueryCode | None = None
    day: Annotated[int | None, Field(ge=0, le=6)] = None
    hour: Annotated[int | None, Field(ge=0, le=23)] = None


WordsBody = Annotated[WordsIn, json_body(WordsIn)]
FreezeBody = Annotated[FreezeIn, json_body(FreezeIn)]


@router.get("/weeks/{week}", summary="A week's figures, words and editions", response_model=dict[str, Any])
def one_week(week: PathWeek, viewer: SituationReader, ctx: Ctx) -> Response:
    """`week`: ISO 8601, such as 2026-W47; it runs from Monday 06:00 in Stockholm. Records of protection 3 are left out
    of every figure; `restricted` tells overseers how many there were."""
    with ctx.db.read() as conn:
        told = {
            "figures": figures(conn, week, ctx.journal.clock()), "said": queries.said(conn, viewer, week),
            "editions": queries.editions(conn, week),
            "restricted": queries.restricted(conn, viewer, span_of(week)),
        }  # fmt: skip
    return answers.as_json(told)


@router.put("/weeks/{week}", summary="Write the words of a week", response_model=dict[str, Any],
            openapi_extra=described(WordsIn))  # fmt: skip
def write(week: PathWeek, viewer: SituationWriter, body: WordsBody, ctx: Ctx) -> Response:
    """409 `newer` with the `current` words where they are not those of `based_on`. The same again changes nothing."""
    with ctx.db.read() as conn:
        known = queries.said(conn, viewer, week)
    if known is not None and known["text"] == body.text:
        return answers.as_json(known)
    kept = {} if body.kept_words is None else {"kept_words": [word.model_dump() for word in body.kept_words]}
    op = ctx.journal.make("situation.write", {"week": week, "text": body.text} | kept, author=viewer.id)
    write_guarded(ctx.journal, op, week, _unchanged(viewer, week, body.based_on))
    with ctx.db.read() as conn:
        return answers.as_json(queries.said(conn, viewer, week))


@router.post("/weeks/{week}/editions", summary="Freeze a week as a numbered edition", response_model=dict[str, Any],
             openapi_extra=described(FreezeIn), status_code=201)  # fmt: skip
def freeze(week: PathWeek, viewer: SituationWriter, body: FreezeBody, ctx: Ctx) -> Response:
    """The figures as they are now and the words of `based_on`, kept as they are for ever.

    409 `newer` where the words have changed or that number is taken; 422 for more records than an edition holds.
    """
    with ctx.db.read() as conn:
        if queries.edition(conn, body.id) is None:
            counted_now = queries.counted_ids(conn, span_of(week))
            if len(counted_now) > RECORDS_MAX:
                raise Problem(errors.INVALID, errors=[{"pointer": "", "code": "too-many-records"}])
            told = figures(conn, week, ctx.journal.clock())
            text, kept = queries.words_to_freeze(conn, week)
            records = {"ids": packed(one for one, _ in counted_now),
                       "corrections": {str(n): times for n, (_, times) in enumerate(counted_now) if times}}  # fmt: skip
        else:
            told = None
    if told is not None:
        data = {"week": week, "number": body.number, "figures": told, "text": text, "records": records} | kept
        op = ctx.journal.make("situation.freeze", data, author=viewer.id, id=body.id)
        write_guarded(ctx.journal, op, week, _to_be_frozen(viewer, week, body))
    with ctx.db.read() as conn:
        row = queries.edition(conn, body.id)
        if row is None or row.week != week:
            raise Problem(errors.CONFLICT)
        return answers.as_json(queries.edition_wire(row, viewer), 201)


def _unchanged(viewer: Viewer, week: str, based_on: str) -> Callable[[Connection], None]:
    """Asked inside the transaction that would store it."""

    def _guard(conn: Connection) -> None:
        current = queries.said(conn, viewer, week)
        if based_on != (NEW if current is None else current["version"]):
            raise Problem(errors.NEWER, extra={"current": current})

    return _guard


def _to_be_frozen(viewer: Viewer, week: str, body: FreezeIn) -> Callable[[Connection], None]:
    unchanged = _unchanged(viewer, week, body.based_on)

    def _guard(conn: Connection) -> None:
        unchanged(conn)
        if queries.next_number(conn, week) != body.number:
            raise Problem(errors.NEWER)

    return _guard


@router.get("/editions/{id}", summary="A frozen edition, and what was corrected since", response_model=dict[str, Any])
def edition(id: PathId, viewer: SituationReader, ctx: Ctx) -> Response:
    """`late`: records of its week that came after it was frozen."""
    with ctx.db.read() as conn:
        row = queries.edition(conn, id)
        if row is None:
            raise Problem(errors.NOT_FOUND)
        since, closed = queries.corrected(conn, row)
        told = {**queries.edition_wire(row, viewer), "corrected": since, "corrected_restricted": closed,
                "late": queries.late(conn, row, span_of(row.week))}  # fmt: skip
    return answers.as_json(told)


@router.get("/weeks/{week}/records", summary="The records behind a figure", response_model=PageOut)
def records(week: PathWeek, asked: Annotated[RecordsAsked, Query()], _viewer: SituationReader, ctx: Ctx) -> Response:
    """Incidents, unless a category, a group, a service or an outcome is asked for.

    Without words: those are read in the shift.
    """
    paging = {"limit": asked.limit, "offset": asked.offset}
    with ctx.db.read() as conn:
        if asked.service is not None or asked.outcome is not None:
            rows, total = queries.listed_calls(conn, span_of(week), asked.service, asked.outcome, **paging)
        else:
            rows, total = queries.listed(conn, _asked(week, asked), **paging)
    return answers.page(asked, rows, total)


def _asked(week: str, asked: RecordsAsked) -> Any:
    o = OBSERVATION.c
    spans = spans_of(span_of(week), asked.day, asked.hour)
    where: list[Any] = [counted.counts(spans)]
    if asked.category is None and asked.group is None:
        where.append(counted.INCIDENT)
    if asked.category is not None:
        where.append(o.category == asked.category)
    if asked.group is not None:
        known, is_of = codes_of(asked.group)
        where.append(o.category.in_(known) if is_of else o.category.not_in(known))
    if asked.place_id is not None:
        where.append(o.place_id == asked.place_id)
    if asked.area_id is not None:
        where.append(asked.area_id == counted.AREA_ID)
    if asked.action is not None:
        where.append(queries.with_action(asked.action))
    if asked.without is not None:
        where.append(queries.without(asked.without))
    return and_(*where)


class FocusAsked(Paging):
    """Weekdays of the evenings that are planned for, 0 for Monday: `4,5`."""

    days: Annotated[str, Field(pattern=r"^([0-6](,[0-6]){0,6})?$")] = ""


@router.get("/focus", summary="Where the last fortnight points, for a briefing", response_model=dict[str, Any])
def focus(asked: Annotated[FocusAsked, Query()], _viewer: SituationReader, ctx: Ctx) -> Response:
    days = frozenset(int(day) for day in asked.days.split(",") if day)
    now = ctx.journal.clock()
    with ctx.db.read() as conn:
        places = proposed(queries.seen_lately(conn, now), days)
        questions = queries.questions(conn, now)[: asked.limit]
    return answers.as_json({"places": places, "questions": questions})
