"""All reference data in one answer, for the desk: asked for again at no cost while nothing changed."""

from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy import Connection, func, select, union_all

from app import VERSION
from app.access import queries as access
from app.access.context import Ctx, ReferenceReader
from app.core import answers
from app.journal import tail
from app.place import queries as places
from app.review.schemas import ReferenceOut

router = APIRouter(tags=["review"])
TABLES = (places.VOCABULARY, places.AREA, places.PLACE, places.CONTACT, access.PERSON)


@router.get("/reference", summary="Vocabulary, areas, places, numbers, people", response_model=ReferenceOut,
            responses={304: {"description": "Nothing changed"}})  # fmt: skip
def reference(request: Request, _viewer: ReferenceReader, ctx: Ctx) -> Response:
    """Answers 304 to `If-None-Match` with the newest `ETag`."""
    with ctx.db.read() as conn:
        epoch = tail.position(conn)[0]
        tag = f'"{VERSION}:{epoch}:{_newest(conn)}"'
        headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
        if _matches(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=304, headers=headers)
        value = {"epoch": epoch, **_reference(conn)}
    return answers.as_json(value, headers=headers)


def _newest(conn: Connection) -> int:
    parts = union_all(*(select(func.max(table.c.changed_seq).label("seq")) for table in TABLES)).subquery()
    newest: int | None = conn.execute(select(func.max(parts.c.seq))).scalar()
    return newest or 0


def _reference(conn: Connection) -> dict[str, Any]:
    return {
        "vocabulary": places.vocabulary(conn),
        "areas": [places.area_wire(row) for row in places.areas(conn)],
        "places": [places.place_wire(row) for row in places.places(conn)],
        "contacts": [places.contact_wire(row) for row in places.contacts(conn)],
        "users": [access.wire(row) for row in access.persons(conn)],
    }


def _matches(asked: str, tag: str) -> bool:
    """Weak comparison (RFC 9110 §13.1.2): a proxy that zips answers marks the tag as weak."""
    given = {part.strip().removeprefix("W/") for part in asked.split(",")}
    return tag in given or "*" in given
