"""Sending a blob (protocol §4.6): resumable, by the hash of its content. Reading belongs to the records that name it.

Nobody states the image's type in an upload, and what an op says of it may come later, or be wrong. So the bytes tell:
the first chunk, and the whole at its end, must begin as one of the accepted images do, or the answer is 415.
Bytes that begin as an image but are none are kept, since they may be evidence; they are never given out as they came.
"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import AfterValidator

from app.access.context import Ctx, pushing_phone
from app.blob import upload
from app.blob.headers import PARTIAL_UPLOAD, chunk_body, read_chunk
from app.blob.rules import is_sha256
from app.blob.store import open_store
from app.core import errors
from app.core.errors import Problem

router = APIRouter(prefix="/blobs", tags=["blob"])


def _known_form(value: str) -> str:
    """What is no hash is the name of nothing."""
    if not is_sha256(value):
        raise Problem(errors.NOT_FOUND)
    return value


Sha256 = Annotated[str, AfterValidator(_known_form)]
ChunkBody = Annotated[bytes, Depends(chunk_body)]
TAKES_A_CHUNK = {
    "requestBody": {
        "required": True,
        "content": {PARTIAL_UPLOAD: {"schema": {"type": "string", "format": "binary"}}},
    },
    "parameters": [
        {"in": "path", "name": "sha256", "required": True, "schema": {"type": "string"}},
        *({"in": "header", "name": name, "required": required, "schema": {"type": "string"}}
          for name, required in (("Upload-Offset", True), ("Upload-Complete", False), ("Upload-Length", False),
                               ("Content-Digest", True)))
    ],
}  # fmt: skip


@router.head("/{sha256}", status_code=204, summary="How far the upload of a blob has come")
def head(sha256: Sha256, request: Request, ctx: Ctx) -> Response:
    """`Upload-Offset` and `Upload-Complete`: 0 and `?0` where nobody has begun. Needs only the phone's cookie."""
    pushing_phone(request, ctx)
    return Response(status_code=204, headers=upload.progress(ctx, sha256).headers)


@router.patch("/{sha256}", status_code=204, summary="Send the next chunk of a blob", openapi_extra=TAKES_A_CHUNK)
async def patch(sha256: Sha256, request: Request, content: ChunkBody, ctx: Ctx) -> Response:
    """At another offset: 409 with the right one. A whole that is not what its name says begins again at 0."""

    def answered() -> Response:
        pushing_phone(request, ctx)
        chunk = read_chunk(request.headers, content)
        return Response(status_code=204, headers=upload.receive(ctx, open_store(ctx.settings), sha256, chunk).headers)

    return await run_in_threadpool(answered)
