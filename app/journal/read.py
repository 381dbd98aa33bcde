"""Reading one raw op into an `Op`: hash, envelope, body. Pure, and done before any lock is taken."""

import json
import re
from collections.abc import Mapping
from typing import Any

import orjson

from app.core.ids import is_uuid
from app.journal import chain
from app.journal.ops import Body, Op, OpKind, Registry, Why

BODY_BYTES_MAX = 524_288
SEQ_MAX = 2**53
KEY_MAX = 80
REPLACEMENT = "\ufffd"
_ODD_ESCAPE = re.compile(rb"\\u(0000|[dD][89a-fA-F])")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Unreadable(Exception):
    """The op cannot be stored: it must come again (`why` says how it was damaged)."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def read(raw: Any, registry: Registry, *, install: str | None, device: str | None) -> Op:
    """Raises Unreadable where id, hash and bytes do not belong together; everything else can be kept (I6)."""
    if not isinstance(raw, dict) or not is_uuid(raw.get("id")) or not isinstance(raw.get("body"), str):
        raise Unreadable(Why.FRAME)
    try:
        body = raw["body"].encode()
    except UnicodeEncodeError:
        raise Unreadable(Why.HASH) from None
    digest = chain.of(body)
    if raw.get("hash") != chain.text(digest):
        raise Unreadable(Why.HASH)
    if not _is_plain(raw):
        kept = {_storable_text(k[:KEY_MAX]): _storable(v) for k, v in raw.items() if k != "body"}
        return Op(id=raw["id"], type="?", v=0, author=None, shift=None, install=install, client_seq=None, hash=digest,
                  body=body, device=device, envelope=kept, why=Why.ENVELOPE)  # fmt: skip
    op = Op(id=raw["id"], type=raw["type"], v=raw["v"], author=raw["author"], shift=raw.get("shift"), install=install,
            client_seq=raw.get("seq"), hash=digest, body=body, device=device)  # fmt: skip
    return understand(op, registry)


def understand(op: Op, registry: Registry, *, pushed: bool = True) -> Op:
    """Fill in `parsed`, or `why` it cannot be applied. Also used when a later version of the server learns a type."""
    kind = registry.find(op.type, op.v)
    if kind is None or (pushed and not kind.pushed):
        if kind is not None:  # the server's own; no later version will take it from a phone
            return op._replace(why=Why.TYPE)
        known = registry.knows_type(op.type)
        return op._replace(why=Why.VERSION if known else Why.TYPE, waits_for=f"type:{op.type}:{op.v}")
    parsed = parse_body(kind, op.body)
    if parsed is None or (kind.check is not None and not kind.check(op.author, op.shift, parsed.data)):
        return op._replace(why=Why.BODY)
    return op._replace(parsed=parsed)


def parse_body(kind: OpKind, body: bytes) -> Body[Any] | None:
    """The validated body, or None. What no database can store as text (NUL, lone surrogates) shows as U+FFFD."""
    try:
        if _ODD_ESCAPE.search(body):
            body = orjson.dumps(_clean(json.loads(body, parse_constant=_no_constant)))
        return kind.body.model_validate_json(body)
    except (ValueError, RecursionError, orjson.JSONEncodeError):  # pydantic's ValidationError is a ValueError
        return None


def seal(body: Mapping[str, Any]) -> bytes:
    """A body made by the server, serialised once."""
    return orjson.dumps(body)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _storable_text(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {_storable_text(key): _clean(item) for key, item in value.items()}
    return value


def _storable_text(value: str) -> str:
    """PostgreSQL refuses NUL, UTF-8 refuses lone surrogates."""
    return _LONE_SURROGATE.sub(REPLACEMENT, value).replace("\0", REPLACEMENT)


def _no_constant(_name: str) -> None:
    raise ValueError("NaN and Infinity are no JSON")


def _is_plain(raw: dict[str, Any]) -> bool:
    seq, v, op_type, shift = raw.get("seq"), raw.get("v"), raw.get("type"), raw.get("shift")
    return (
        type(seq) is int and 0 < seq < SEQ_MAX
        and type(v) is int and 0 <= v < 2**31
        and isinstance(op_type, str) and 0 < len(op_type) <= 40 and op_type.isascii() and op_type.isprintable()
        and is_uuid(raw.get("author"))
        and (shift is None or is_uuid(shift))
    )  # fmt: skip


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _storable_text(value[:200])
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return REPLACEMENT
    return value if isinstance(value, bool | int | float | None) else REPLACEMENT
