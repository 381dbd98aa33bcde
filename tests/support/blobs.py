"""Blobs as a phone sends them: bytes that pass for an image, and the headers of a chunk."""

import hashlib
from base64 import b64encode
from typing import Any

from httpx2 import Response

from tests.support.client import Browser

JPEG_HEAD = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"


def some_bytes(count: int = 1000, seed: int = 1) -> bytes:
    """They begin as a JPEG does, and go on with what no two places have in common."""
    blocks = (hashlib.sha256(f"{seed}:{n}".encode()).digest() for n in range(count // 32 + 1))
    return (JPEG_HEAD + b"".join(blocks))[:count]


def name_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def digest_of(content: bytes) -> str:
    return f"sha-256=:{b64encode(hashlib.sha256(content).digest()).decode()}:"


def chunk_headers(content: bytes, at: int, *, last: bool, length: int | None = None) -> dict[str, str]:
    told = {} if length is None else {"Upload-Length": str(length)}
    return {"Content-Type": "application/partial-upload", "Upload-Offset": str(at),
            "Upload-Complete": "?1" if last else "?0", "Content-Digest": digest_of(content), **told}  # fmt: skip


def send(browser: Browser, name: str, content: bytes, at: int = 0, *, last: bool = False, **headers: Any) -> Response:
    """One PATCH; `headers` replace those of the chunk, underscores for hyphens. None leaves one out."""
    given = chunk_headers(content, at, last=last)
    for key, value in headers.items():
        given[key.replace("_", "-").title()] = value
    told = {key: value for key, value in given.items() if value is not None}
    return browser.request("PATCH", f"/blobs/{name}", content=content, headers=told)


def offset(browser: Browser, name: str) -> tuple[int, bool]:
    """(offset, is it complete) by HEAD."""
    return where(browser.request("HEAD", f"/blobs/{name}"))


def where(answer: Response) -> tuple[int, bool]:
    assert answer.headers["upload-complete"] in ("?0", "?1"), answer.status_code
    return int(answer.headers["upload-offset"]), answer.headers["upload-complete"] == "?1"


def upload(browser: Browser, content: bytes) -> str:
    """The whole in one chunk; its name."""
    name = name_of(content)
    answer = send(browser, name, content, last=True)
    assert answer.status_code == 204, answer.text
    return name
