"""A word that somebody typed. It may be stored, and given back as a record; no error and no log may hold it."""

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from contextlib import contextmanager
from typing import Any

import httpx2
import structlog

CANARY = "kanariefågel-4711"
#: Without its number: four digits come up in random ids.
PIECES = ("kanarie",)


def assert_silent(answer: httpx2.Response) -> None:
    """Neither in the body nor in a header."""
    said = answer.text + str(answer.headers)
    for piece in PIECES:
        assert piece not in said, said


def assert_problem(answer: httpx2.Response, status: int, code: str) -> Mapping[str, Any]:
    """RFC 9457, with our stable type, and without anything that was typed."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    if answer.request.method == "HEAD":
        return {}
    body: Mapping[str, Any] = answer.json()
    assert (body["type"], body["status"]) == (f"/problems/{code}", status)
    assert body["title"]
    assert_silent(answer)
    return body


@contextmanager
def watched_logs() -> Iterator[Sequence[MutableMapping[str, Any]]]:
    """Every line that is logged meanwhile; at the end none may hold the canary."""
    with structlog.testing.capture_logs() as lines:
        yield lines
    for line in lines:
        assert not any(piece in str(line) for piece in PIECES), line
