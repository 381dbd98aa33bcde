"""The register of what was handed out over HTTP: a draft with what is proposed to be masked, the act, and its paper."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy import Connection

from app.access.context import Context, Ctx, Discloser
from app.access.permission import Viewer
from app.audit import readings
from app.core import answers, errors
from app.core.answers import PageOut
from app.core.asking import PathId
from app.core.body import described
from app.core.errors import Problem
from app.core.ids import uuid7
from app.disclosure import queries, rules
from app.disclosure.bodies import RECORDS_MAX, Masked
from app.disclosure.extract import Extract
from app.disclosure.schemas import (
    DisclosuresAsked,
    DraftBody,
    DraftIn,
    DraftOut,
    ExtractAsked,
    MakeBody,
    MakeIn,
    RecordIn,
)
from app.find import filling
from app.find import queries as find
from app.find.refusal import refuse_persons
from app.guard.shown import note_shown
from app.journal.program import write_guarded
from app.observation.shown import was_restricted
from app.place import queries as places
from app.review.typeset import typeset

router = APIRouter(prefix="/disclosures", tags=["disclosure"])
FORM = Path(__file__).with_name("extract.typ")
PDF = {"type": "string", "format": "binary"}
#: Of two at once the second takes the next number; more than these at once were never seen.
TRIES = 5
Json = dict[str, Any]


@router.get("", summary="What was handed out", response_model=PageOut)
def disclosures(asked: Annotated[DisclosuresAsked, Query()], viewer: Discloser, ctx: Ctx) -> Response:
    """`corrected`: how many of its records say something else now."""
    with ctx.db.read() as conn:
        rows, total = queries.listed(conn, viewer, limit=asked.limit, offset=asked.offset)
    return answers.page(asked, rows, total)


@router.post("/draft", summary="Records for an extract, with what is proposed to be masked", response_model=DraftOut,
             openapi_extra=described(DraftIn))  # fmt: skip
def draft(viewer: Discloser, asked: DraftBody, ctx: Ctx) -> Response:
    """Of the newest that the search finds, or of `ids`; never of those that are, or ever were, of protection 3."""
    refuse_persons(asked.text)
    if asked.ids is None:
        filling.catch_up(ctx.db)
    with ctx.db.read() as conn:
        ids, more = _found(conn, viewer, asked)
        known = queries.values(conn, viewer, ids).values()
        told = [value | {"versions": rules.versions_of(value)} for value in known if not was_restricted(value)]
        named = queries.places(conn, [one["place_id"] for value in told for one in value["versions"]])
    at = ctx.journal.clock()
    readings.note(ctx.db, viewer_id=viewer.id, what="disclosure.draft", subject=uuid7(), at=at)
    note_shown(ctx.db, viewer, told, at)
    return answers.as_json({"records": [_drafted(value, named) for value in told], "more": more})


def _found(conn: Connection, viewer: Viewer, asked: DraftIn) -> tuple[list[str], bool]:
    if asked.ids is not None:
        return list(asked.ids), False
    only = asked.model_copy(update={"kinds": ["observation"]})
    hits = find.hits(conn, viewer, only, limit=RECORDS_MAX, after=None, restricted=False)
    return [hit.id for hit in hits.found], hits.next is not None


def _drafted(value: Json, named: Json) -> Json:
    def _version(one: Json) -> Json:
        words = {name: {"said": said, "found": rules.found_in(said)} for name, said in rules.words_of(one).items()}
        place = named.get(one["place_id"] or "")
        return {"id": one["id"], "stated_at": one["stated_at"], "category": one["category"],
                "happened": one["happened"], "place_id": one["place_id"], "place": place and place.name,
                "hidden": bool(one.get("hidden")), "fields": words}  # fmt: skip

    return {"id": value["id"], "shift_id": value["shift_id"], "status": value["status"],
            "versions": [_version(one) for one in value["versions"]]}  # fmt: skip


@router.post("", summary="Hand out an extract, and note it in the register", response_model=dict[str, Any],
             openapi_extra=described(MakeIn), status_code=201)  # fmt: skip
def make(viewer: Discloser, body: MakeBody, ctx: Ctx) -> Response:
    """The same again answers as before; 409 `conflict` where the id was used and something else was said.

    409 `newer` where a record was corrected since its draft; 422 for one that may not be handed out.
    """
    with ctx.db.read() as conn:
        known = queries.said(conn, body.id)
    if known is None:
        _make(ctx, viewer, body)
    elif known != body.model_dump(mode="json", exclude={"id", "kept_words"}):
        raise Problem(errors.CONFLICT)
    return answers.as_json(_one(ctx, viewer, body.id, errors.CONFLICT), 201)


def _make(ctx: Context, viewer: Viewer, body: MakeIn) -> None:
    year = rules.year_of(ctx.journal.clock())
    for attempt in range(TRIES):
        with ctx.db.read() as conn:
            data = _data(conn, viewer, body) | {"year": year, "number": queries.next_number(conn, year)}
        op = ctx.journal.make("disclosure.make", data, author=viewer.id, id=body.id)
        try:
            write_guarded(ctx.journal, op, "disclosure", _is_as_seen(data))
            return
        except Problem as problem:
            with ctx.db.read() as conn:
                is_taken = queries.next_number(conn, year) != data["number"]
            if problem.kind is not errors.NEWER or not is_taken or attempt == TRIES - 1:
                raise


def _data(conn: Connection, viewer: Viewer, body: MakeIn) -> Json:
    known = queries.values(conn, viewer, [one.id for one in body.records])
    versions = {target: rules.versions_of(value) for target, value in known.items()}
    named = queries.places(conn, [one["place_id"] for mine in versions.values() for one in mine])
    states = queries.states(conn, list(known))
    records = []
    for at, one in enumerate(body.records):
        mine = versions.get(one.id)
        if mine is None or was_restricted(known[one.id]):
            raise Problem(errors.INVALID, errors=[{"pointer": f"/records/{at}/id", "code": "not-disclosable"}])
        corrections, is_retracted = states[one.id]
        records.append({"id": one.id, "versions": _versions(one, mine, named), "corrections": corrections,
                        "retracted": is_retracted})  # fmt: skip
    said = body.model_dump(mode="json", exclude={"id", "records"}, exclude_none=True)
    return said | {"records": records}


def _versions(asked: RecordIn, mine: list[Json], named: Json) -> list[Json]:
    """Raises Problem(NEWER) where these are not the wordings that there are."""
    wanted = [one.id for one in asked.versions]
    if wanted not in ([one["id"] for one in mine], [mine[-1]["id"]]):
        raise Problem(errors.NEWER)
    by_id = {one["id"]: one for one in mine}

    def _version(id: str, masked: Masked) -> Json:
        one = by_id[id]
        place = named.get(one["place_id"] or "")
        return {
            "id": id,
            "masked": masked.model_dump(exclude_defaults=True),
            "hidden": bool(one.get("hidden")),
            "place": place and place.name,
        }

    return [_version(one.id, one.masked) for one in asked.versions]


def _is_as_seen(data: Json) -> Callable[[Connection], None]:
    """Asked inside the transaction that would store it."""

    def _guard(conn: Connection) -> None:
        states = queries.states(conn, [one["id"] for one in data["records"]])
        is_same = all(states[one["id"]] == (one["corrections"], one["retracted"]) for one in data["records"])
        if not is_same or queries.next_number(conn, data["year"]) != data["number"]:
            raise Problem(errors.NEWER)

    return _guard


@router.get("/{id}", summary="What was handed out, and what was corrected since", response_model=dict[str, Any])
def one(id: PathId, viewer: Discloser, ctx: Ctx) -> Response:
    """Of each text its pieces in order, null for a masked one. The reading is noted."""
    return answers.as_json(_one(ctx, viewer, id, errors.NOT_FOUND))


@router.get("/{id}/extract.pdf", summary="The extract as a PDF", response_class=Response,
            responses={200: {"content": {"application/pdf": {"schema": PDF}}}})  # fmt: skip
def extract(id: PathId, asked: Annotated[ExtractAsked, Query()], viewer: Discloser, ctx: Ctx) -> Response:
    """Tagged (PDF/UA-1). No host is named in it. The reading is noted."""
    found = _one(ctx, viewer, id, errors.NOT_FOUND)
    with ctx.db.read() as conn:
        words = places.vocabulary(conn)
    made = typeset(Extract(found, asked.language, words).document(), FORM)
    name = f"lykta-utlamnande-{found['year']}-{found['number']}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(made, media_type="application/pdf", headers=headers)


def _one(ctx: Context, viewer: Viewer, disclosure_id: str, otherwise: errors.Kind) -> Json:
    with ctx.db.read() as conn:
        found = queries.one(conn, viewer, disclosure_id)
    if found is None:
        raise Problem(otherwise)
    readings.note(ctx.db, viewer_id=viewer.id, what="disclosure", subject=disclosure_id, at=ctx.journal.clock())
    return found
