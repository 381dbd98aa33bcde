"""The frame of a push: bytes → members. Only what is wrong here makes a whole push fail."""

import json
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

import orjson
from fastapi import Request

from app.blob.rules import CHUNK_MAX
from app.core import errors
from app.core.body import read_up_to
from app.core.errors import Problem
from app.core.ids import is_uuid
from app.journal import chain

OPS_MAX = 200
BYTES_MAX = 524_288
NONCE_MAX = 200
IDS_MAX = 10_000
BUILD_MAX = 40
PROTOCOLS = (1,)
LIMITS = {"ops": OPS_MAX, "bytes": BYTES_MAX, "blob_chunk": CHUNK_MAX}


@dataclass(frozen=True, slots=True)
class Sent:
    """The phone's clocks as it sent: wall, ms since the page began, and which page."""

    wall: datetime | None
    mono: float | None
    page: str | None


class Told(NamedTuple):
    """What the phone says of itself: is its storage kept, which build, when its oldest unsent op was begun, and how
    much of its battery is left, in percent."""

    persisted: bool | None
    build: str | None
    oldest_at: datetime | None
    battery: int | None


@dataclass(frozen=True, slots=True)
class Push:
    nonce: str
    install: str
    epoch: str | None
    seen_seq: int | None
    seen_chain: bytes | None
    sent: Sent
    pending: int | None
    pending_max_seq: int | None
    phone: Told
    ops: list[Any]


class Raw(NamedTuple):
    """A request's bytes as they came."""

    content: bytes
    encoding: str


async def raw_body(request: Request) -> Raw:
    """Raises Problem(TOO_LARGE)."""
    return Raw(
        await read_up_to(BYTES_MAX, request, too_large()), request.headers.get("content-encoding", "identity").lower()
    )


def parse(raw: Raw) -> Any:
    """The JSON of a body, gunzipped within the limit. Raises Problem."""
    if raw.encoding not in ("identity", "gzip"):
        raise Problem(errors.MEDIA)
    return _parse(_gunzip(raw.content) if raw.encoding == "gzip" else raw.content)


def read_push(value: Any) -> Push:
    """Raises Problem(FRAME), or PROTOCOL, or TOO_LARGE."""
    if not isinstance(value, dict):
        raise frame_problem("")
    if value.get("protocol", PROTOCOLS[0]) not in PROTOCOLS:
        raise Problem(errors.PROTOCOL, extra={"protocol": list(PROTOCOLS)})
    nonce, install, ops = value.get("nonce"), value.get("install"), value.get("ops")
    if not isinstance(nonce, str) or len(nonce) > NONCE_MAX or not _is_text(nonce):
        raise frame_problem("/nonce")
    if not isinstance(install, str) or not is_uuid(install):
        raise frame_problem("/install")
    if not isinstance(ops, list):
        raise frame_problem("/ops")
    if len(ops) > OPS_MAX:
        raise too_large()
    seen, pending = value.get("seen"), value.get("pending")
    seen_seq = _whole(seen.get("seq")) if isinstance(seen, dict) else None
    seen_chain = chain.parse(seen.get("chain")) if isinstance(seen, dict) else None
    count = _whole(pending.get("count")) if isinstance(pending, dict) else None
    max_seq = _whole(pending.get("max_seq")) if isinstance(pending, dict) else None
    epoch = value.get("epoch")
    return Push(nonce, install, epoch if isinstance(epoch, str) else None, seen_seq, seen_chain,
                _sent(value.get("sent")), count, max_seq, _told(value.get("phone")), ops)  # fmt: skip


def frame_problem(pointer: str) -> Problem:
    return Problem(errors.FRAME, errors=[{"pointer": pointer, "code": "frame"}])


def too_large() -> Problem:
    return Problem(errors.TOO_LARGE, extra={"limits": LIMITS})


def _gunzip(raw: bytes) -> bytes:
    machine = zlib.decompressobj(wbits=31)
    try:
        plain = machine.decompress(raw, BYTES_MAX + 1)
    except zlib.error:
        raise frame_problem("") from None
    if len(plain) > BYTES_MAX or machine.unconsumed_tail:
        raise too_large()
    if not machine.eof:
        raise frame_problem("")
    return plain


def _parse(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        pass
    try:  # orjson refuses lone surrogates; one such text must not fail its neighbours (I7)
        # As UTF-8, which is what JSON between systems is (RFC 8259); `json` would guess others from the first bytes.
        return json.loads(raw.decode("utf-8", "surrogatepass"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise frame_problem("") from None


def _no_constant(_name: str) -> None:
    raise ValueError("NaN and Infinity are no JSON")


def _sent(value: Any) -> Sent:
    """Clocks never cause a rejection (I15): what cannot be read counts as not said."""
    if not isinstance(value, dict):
        return Sent(None, None, None)
    mono, page = value.get("mono"), value.get("page")
    plain = isinstance(mono, int | float) and not isinstance(mono, bool) and abs(mono) < 1e15
    return Sent(_time(value.get("wall")), float(mono) if plain and mono is not None else None,
                page if isinstance(page, str) else None)  # fmt: skip


def _told(value: Any) -> Told:
    """Phones of older builds say nothing of it, and nothing that they say wrongly may hold up what they wrote."""
    if not isinstance(value, dict):
        return Told(None, None, None, None)
    persisted, build, battery = value.get("persisted"), value.get("build"), value.get("battery")
    plain = isinstance(build, str) and len(build) <= BUILD_MAX and build.isascii() and build.isprintable()
    return Told(persisted if isinstance(persisted, bool) else None, build if plain else None,
                _time(value.get("oldest")),
                battery if type(battery) is int and 0 <= battery <= 100 else None)  # fmt: skip


def _time(value: Any) -> datetime | None:
    try:
        at = datetime.fromisoformat(value)
        return at.astimezone(UTC) if at.tzinfo else None
    except (TypeError, ValueError, OverflowError):
        return None


def _is_text(value: str) -> bool:
    """A lone surrogate could be read, but not be given back."""
    try:
        return bool(value.encode()) or not value
    except UnicodeEncodeError:
        return False


def _whole(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value < 2**53 else None
