"""Reading a photo: for those who may read a record that names it, and never as the bytes that came.

What begins as an image but cannot be unpacked was kept when it came, since it may be evidence; here it is 415.
"""

from typing import Any

from fastapi import APIRouter, Request, Response

from app.access.context import Ctx, RecordReader
from app.access.reading import note_reading
from app.blob import queries as blobs
from app.blob.routes import Sha256
from app.blob.store import Away, Store, open_store
from app.blob.upload import away
from app.core import errors
from app.core.errors import Problem
from app.photo import queries
from app.photo.image import Unreadable, remade

router = APIRouter(prefix="/blobs", tags=["photo"])
JPEG = "image/jpeg"
#: Kept, and asked for each time: the next who uses this browser may be somebody else.
HEADERS = {"Content-Disposition": "inline", "Cache-Control": "private, no-cache"}
IMAGE: dict[int | str, dict[str, Any]] = {
    200: {"content": {JPEG: {"schema": {"type": "string", "format": "binary"}}}},
    304: {"description": "The copy with this ETag is still right"},
}


@router.get("/{sha256}", summary="A photo, made anew for reading", response_class=Response, responses=IMAGE)
def photo(sha256: Sha256, request: Request, viewer: RecordReader, ctx: Ctx) -> Response:
    """A JPEG without EXIF or position. 404 until all of it is here, and for those who may read no record of it.

    Answers 304 to `If-None-Match` with its `ETag`. An overseer's or a program's reading is noted of the record.
    """
    with ctx.db.read() as conn:
        record = queries.readable_by(conn, viewer, sha256)
        if record is None or not blobs.here(conn, [sha256]):
            raise Problem(errors.NOT_FOUND)
    headers = HEADERS | {"ETag": f'"{sha256}"'}
    if request.headers.get("if-none-match", "").removeprefix("W/") == headers["ETag"]:
        shown = Response(status_code=304, headers=headers)
    else:
        shown = Response(_image(open_store(ctx.settings), sha256), media_type=JPEG, headers=headers)
    note_reading(ctx, viewer, "photo", [record])
    return shown


def _image(store: Store, sha256: str) -> bytes:
    """Made once, and kept beside the original. Raises Problem."""
    if (made := store.read_image(sha256)) is not None:
        return made
    try:
        original = store.read(sha256)
    except Away as error:
        raise away(error) from error
    if original is None:
        raise Problem(errors.NOT_FOUND)
    try:
        image = remade(original)
    except Unreadable:
        raise Problem(errors.MEDIA) from None
    store.keep_image(sha256, image)
    return image
