"""Files over HTTP. What they are to hold comes as a body, like a search.

A file is written whole to a nameless one on the server's disk first: memory stays flat, the database's moment is not
held while a slow line reads, the length is known, and what fails is told as a problem and not as half a file.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse

from app.access.context import Context, Ctx, Exporter
from app.access.permission import Viewer
from app.audit import readings
from app.core import errors
from app.core.body import described
from app.core.errors import Problem
from app.core.ids import uuid7
from app.export import queries
from app.export.files import FORMATS
from app.export.schemas import ExportBody, ExportIn
from app.find import filling
from app.find.refusal import refuse_persons
from app.guard.shown import is_shown, note_shown

router = APIRouter(prefix="/exports", tags=["export"])
PIECE_BYTES = 256 * 1024
FILES = {media.split(";")[0]: {"schema": {"type": "string", "format": "binary"}} for media, _, _ in FORMATS.values()}


@router.post("", summary="What a search finds, as a file", response_class=Response,
             openapi_extra=described(ExportIn), responses={200: {"content": FILES}})  # fmt: skip
def export(viewer: Exporter, asked: ExportBody, ctx: Ctx) -> Response:
    """GeoJSON, CSV or XLSX. Each file is noted, with the number of the hour's reading; no host is named in any.

    CSV is RFC 4180 in UTF-8 with a mark at its beginning: `;` between cells and a comma in numbers in Swedish, `,` and
    a point in English. Several values in one cell are parted by ` | `. A text that a spreadsheet would take for a
    formula has an apostrophe before it.
    """
    refuse_persons(asked.text)
    media, _, _ = FORMATS[asked.format]
    filling.catch_up(ctx.db)
    shown: list[Mapping[str, Any]] = []
    file = _made(ctx, viewer, asked, shown)
    try:
        _note(ctx, viewer, asked)
        note_shown(ctx.db, viewer, shown, ctx.journal.clock())
        length = file.seek(0, 2)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    name = f"lykta-{ctx.journal.clock():%Y-%m-%d}.{asked.format}"
    headers = {"Content-Length": str(length), "Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_pieces(file), media_type=media, headers=headers)


def _made(ctx: Context, viewer: Viewer, asked: ExportIn, shown: list[Mapping[str, Any]]) -> IO[bytes]:
    """`shown`: takes those in whose words there is an identity number."""
    _, write, most = FORMATS[asked.format]
    file = tempfile.TemporaryFile()  # noqa: SIM115 (closed when it has been sent)
    try:
        with ctx.db.read() as conn:
            if queries.is_more_than(conn, viewer, asked, most):
                raise Problem(errors.EXPORT_LARGE, extra={"limit": most})
            rows = _noticed(queries.rows(conn, viewer, asked), shown)
            write(file, rows, queries.names(conn, asked.language))
    except BaseException:
        file.close()
        raise
    return file


def _noticed(rows: Iterable[Mapping[str, Any]], shown: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for row in rows:
        if is_shown(row):
            shown.append(row)
        yield row


def _note(ctx: Context, viewer: Viewer, asked: ExportIn) -> None:
    """Each file by an id of its own: two in an hour are two. What cannot be noted is not handed out."""
    what = f"export.{asked.format}{'.restricted' if asked.restricted else ''}"
    readings.note(ctx.db, viewer_id=viewer.id, what=what, subject=uuid7(), at=ctx.journal.clock())


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE_BYTES):
            yield piece
