"""HTTP/1.1 as bytes: just enough to find, cut and change requests and answers on their way."""

import asyncio
import re
from dataclasses import dataclass

END = b"\r\n\r\n"
HEAD_BYTES_MAX = 65_536
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)", re.IGNORECASE)
CONNECTION = re.compile(rb"\r\nconnection:[^\r]*", re.IGNORECASE)
PORTAL_PAGE = b"<!doctype html><title>Hotel Wi-Fi</title><p>Please accept our terms."


@dataclass(frozen=True)
class Request:
    """`head` ends with the empty line. One request a connection: the server is asked to close it."""

    head: bytes
    body: bytes

    @property
    def method(self) -> str:
        return self.head.split(b" ", 1)[0].decode("ascii")

    @property
    def path(self) -> str:
        return self.head.split(b" ", 2)[1].decode("ascii")

    @property
    def raw(self) -> bytes:
        return _closing(self.head) + self.body

    def with_body(self, body: bytes) -> "Request":
        return Request(_sized(self.head, body), body)


async def read_request(reader: asyncio.StreamReader) -> Request | None:
    """None where the other end thought better of it."""
    try:
        head = await reader.readuntil(END)
        found = LENGTH.search(head)
        return Request(head, await reader.readexactly(int(found.group(1)) if found else 0))
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
        return None


def body_of(answer: bytes) -> bytes:
    return answer.partition(END)[2]


def with_body(answer: bytes, body: bytes) -> bytes:
    return _sized(answer.partition(END)[0] + END, body) + body


def canned(status: str, content_type: str, body: bytes, *headers: str) -> bytes:
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}",
             "Connection: close", *headers)  # fmt: skip
    return "\r\n".join(lines).encode("ascii") + END + body


PORTAL = canned("200 OK", "text/html", PORTAL_PAGE)
PORTAL_REDIRECT = canned("302 Found", "text/html", b"", "Location: http://127.0.0.1:9/login")
TOO_LARGE = canned("413 Request Entity Too Large", "text/html", b"<h1>413 Request Entity Too Large</h1>")


def _sized(head: bytes, body: bytes) -> bytes:
    return LENGTH.sub(b"\r\nContent-Length: %d" % len(body), head)


def _closing(head: bytes) -> bytes:
    return CONNECTION.sub(b"", head)[:-2] + b"Connection: close\r\n\r\n"
