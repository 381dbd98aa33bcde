"""The headers of a chunk: those of resumable uploads (IETF draft), and Content-Digest (RFC 9530)."""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping

from fastapi import Request

from app.blob.rules import CHUNK_MAX, SIZE_MAX
from app.blob.upload import Chunk
from app.core import errors
from app.core.body import read_up_to
from app.core.errors import Problem

PARTIAL_UPLOAD = "application/partial-upload"
_WHOLE = re.compile(r"\d{1,15}\Z", re.ASCII)
_SHA256 = re.compile(r"(?:^|,)\s*sha-256\s*=\s*:([A-Za-z0-9+/=]{0,100}):")


async def chunk_body(request: Request) -> bytes:
    """Raises Problem(TOO_LARGE)."""
    return await read_up_to(CHUNK_MAX, request, _too_large())


def read_chunk(headers: Mapping[str, str], content: bytes) -> Chunk:
    """`Upload-Complete: ?1` says that this is the last; so does an `Upload-Length` that is reached. Raises Problem."""
    if headers.get("content-type", "").partition(";")[0].strip().lower() != PARTIAL_UPLOAD:
        raise Problem(errors.MEDIA)
    at = _whole(headers, "upload-offset")
    length = _whole(headers, "upload-length") if "upload-length" in headers else None
    told = headers.get("upload-complete", "?0").strip()
    if told not in ("?0", "?1"):
        raise _malformed("upload-complete")
    end, is_last = at + len(content), told == "?1"
    if max(end, length or 0) > SIZE_MAX:
        raise _too_large()
    if length is not None and (end > length or (is_last and end != length)):
        raise _malformed("upload-length")
    if _digest(headers) != hashlib.sha256(content).digest():
        raise Problem(errors.BLOB_DIGEST)
    return Chunk(at, content, is_last or end == length)


def _digest(headers: Mapping[str, str]) -> bytes:
    found = _SHA256.search(headers.get("content-digest", ""))
    try:
        return base64.b64decode(found[1], validate=True) if found else b""
    except binascii.Error:
        return b""


def _whole(headers: Mapping[str, str], name: str) -> int:
    found = headers.get(name, "").strip()
    if not _WHOLE.match(found):
        raise _malformed(name)
    return int(found)


def _malformed(header: str) -> Problem:
    return Problem(errors.FRAME, errors=[{"in": "header", "pointer": f"/{header}", "code": "frame"}])


def _too_large() -> Problem:
    return Problem(errors.TOO_LARGE, extra={"limits": {"blob": SIZE_MAX, "blob_chunk": CHUNK_MAX}})
