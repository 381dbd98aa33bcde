"""Basemaps over HTTP: which there are, and their bytes."""

import re
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Path, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from app.access.context import Ctx, ReferenceReader
from app.core import errors
from app.core.errors import Kind, Problem
from app.place import basemaps

router = APIRouter(tags=["place"])
RANGE = Kind("range", 416, "The file has no such part")
#: Content-named, so it never changes; private, since it is read with a session.
KEPT = "private, max-age=31536000, immutable"
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})\Z")


class MapOut(BaseModel):
    id: str
    name: str
    kind: Literal["pmtiles", "geojson"]
    size: int
    sha256: str
    attribution: str
    url: str


class MapsOut(BaseModel):
    items: list[MapOut]


@router.get("/maps", summary="Basemaps")
def maps(ctx: Ctx, _viewer: ReferenceReader) -> MapsOut:
    """The files that an app can fetch and keep, so that its map draws with no network."""
    return MapsOut(items=[MapOut(**info.as_json()) for info in basemaps.list_maps(ctx.settings)])


@router.get(
    "/maps/{map_id}",
    summary="A basemap's bytes",
    response_class=Response,
    responses={
        200: {"description": "The whole file", "content": {kind: {} for kind in basemaps.MEDIA_TYPES.values()}},
        206: {"description": "The part that Range asked for"},
        304: {"description": "The copy with this ETag is still right"},
        416: {"description": "The file has no such part"},
    },
)
def map_file(
    ctx: Ctx,
    _viewer: ReferenceReader,
    map_id: Annotated[str, Path(max_length=64)],
    range_: Annotated[str | None, Header(alias="Range", max_length=200)] = None,
    if_range: Annotated[str | None, Header(max_length=200)] = None,
    if_none_match: Annotated[str | None, Header(max_length=2000)] = None,
) -> Response:
    """Whole, or one part of it by `Range`; the ETag is the SHA-256."""
    info = basemaps.find_map(ctx.settings, map_id)
    if info is None:
        raise Problem(errors.NOT_FOUND)
    etag = f'"{info.sha256}"'
    headers = {"ETag": etag, "Cache-Control": KEPT, "Accept-Ranges": "bytes"}
    if if_none_match is not None and (if_none_match.strip() == "*" or etag in if_none_match):
        return Response(status_code=304, headers=headers)
    part = byte_range(range_, info.size) if if_range in (None, etag) else None
    start, end = part or (0, info.size)
    headers["Content-Length"] = str(end - start)
    if part is not None:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{info.size}"
    body = basemaps.chunks(basemaps.file_of(ctx.settings, info), start, end)
    return StreamingResponse(body, status_code=200 if part is None else 206, headers=headers,
                             media_type=basemaps.MEDIA_TYPES[info.kind])  # fmt: skip


def byte_range(header: str | None, size: int) -> tuple[int, int] | None:
    """(start, end), end not included. None: answer the whole, as RFC 9110 §14.2 allows for any other form of range.

    Raises Problem(RANGE) for a part that the file does not have.
    """
    match = _RANGE.match(header.replace(" ", "").lower()) if header else None
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(size, int(last) + 1) if first and last else size
    if first and last and int(last) < int(first):
        return None
    if start >= size or start >= end:
        raise Problem(RANGE, headers={"Content-Range": f"bytes */{size}"})
    return start, end
