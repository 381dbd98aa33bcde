"""Reading one raw op into an `Op`: hash, envelope, body. Pure, and done before any lock is taken."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
import structlog

from app.core.ids import is_uuid
from app.journal import chain
from app.journal.ops import At, Body, Estimate, Op, OpKind, Registry, Why

log = structlog.get_logger("lykta.journal")
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


@dataclass(frozen=True, slots=True)
class Sender:
    """Where ops come from, and what only the receiver of a push can tell of them."""

    install: str | None
    device: str | None
    #: When an op was made, by the server's clock.
    estimate: Callable[[At], Estimate | None] = lambda _at: None
    #: author → what the op must wait for, if this author is not known on this phone.
    awaits: Callable[[str], str | None] = lambda _author: None
    #: Ids of authors and shifts that were found well-formed: those of a push are the same few.
    ids: set[str] = field(default_factory=set)


def read(raw: Any, registry: Registry, sender: Sender) -> Op:
    """Raises Unreadable where id, hash and bytes do not belong together; everything else can be kept (I6)."""
    id_, text = (raw.get("id"), raw.get("body")) if isinstance(raw, dict) else (None, None)
    if not is_uuid(id_) or not isinstance(text, str):
        raise Unreadable(Why.FRAME)
    try:
        body = text.encode()
    except UnicodeEncodeError:
        raise Unreadable(Why.HASH) from None
    digest = chain.of(body)
    if raw.get("hash") != chain.text(digest):
        raise Unreadable(Why.HASH)
    if not _is_plain(raw, sender.ids):
        kept = {_storable_text(k[:KEY_MAX]): _storable(v) for k, v in raw.items() if k != "body"}
        return Op(id=id_, type="?", v=0, author=None, shift=None, install=sender.install, client_seq=None,
                  hash=digest, body=body, device=sender.device, envelope=kept, why=Why.ENVELOPE)  # fmt: skip
    op_type, v, author, shift = raw["type"], raw["v"], raw["author"], raw.get("shift")
    parsed, why, waits_for = _understood(registry, op_type, v, author, shift, body, pushed=True)
    estimated = None if parsed is None else sender.estimate(parsed.at)
    unknown_author = sender.awaits(author)
    if unknown_author is not None:
        why, waits_for = Why.AUTHOR, unknown_author
    return Op(id_, op_type, v, author, shift, sender.install, raw["seq"], digest, body, sender.device,
              estimated, None, parsed, why, waits_for)  # fmt: skip


def understand(op: Op, registry: Registry, *, pushed: bool = True) -> Op:
    """Fill in `parsed`, or `why` it cannot be applied. Also used when a later version of the server learns a type."""
    parsed, why, waits_for = _understood(registry, op.type, op.v, op.author, op.shift, op.body, pushed=pushed)
    return op._replace(parsed=parsed, why=why, waits_for=waits_for)


def _understood(
    registry: Registry, op_type: str, v: int, author: str | None, shift: str | None, body: bytes, *, pushed: bool
) -> tuple[Body[Any] | None, Why | None, str | None]:
    """(parsed, why, waits_for)"""
    kind = registry.find(op_type, v)
    if kind is None:
        return None, Why.VERSION if registry.knows_type(op_type) else Why.TYPE, f"type:{op_type}:{v}"
    if pushed and not kind.pushed:  # the server's own; no later version will take it from a phone
        return None, Why.TYPE, None
    parsed = parse_body(kind, body if v == kind.v else lifted(kind, v, body))
    if parsed is None or (kind.check is not None and not kind.check(author, shift, parsed.data)):
        return None, Why.BODY, None
    return parsed, None, None


def parse_body(kind: OpKind, body: bytes) -> Body[Any] | None:
    """The validated body, or None. What no database can store as text (NUL, lone surrogates) shows as U+FFFD."""
    try:
        if b"\\u" in body and _ODD_ESCAPE.search(body):
            body = orjson.dumps(_clean(json.loads(body, parse_constant=_no_constant)))
        return kind.body.model_validate_json(body)
    except (ValueError, RecursionError, orjson.JSONEncodeError):  # pydantic's ValidationError is a ValueError
        return None


def lifted(kind: OpKind, v: int, body: bytes) -> bytes:
    """A body of an older version as one of today's, for reading: what is stored stays as it came. Empty if it fails."""
    try:
        value = json.loads(body, parse_constant=_no_constant)
        for upcast in kind.upcasts[v - kind.v :]:
            value = upcast(value)
        return orjson.dumps(_clean(value))
    except Exception as error:  # of an op that never fitted, or our own: either is kept in quarantine, and seen (I7)
        log.error("upcast failed", op_type=kind.type, v=v, error=type(error).__name__)
        return b""


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


def _is_plain(raw: dict[str, Any], well_formed: set[str]) -> bool:
    get = raw.get
    seq, v, op_type = get("seq"), get("v"), get("type")
    return (
        type(seq) is int and 0 < seq < SEQ_MAX
        and type(v) is int and 0 <= v < 2**31
        and isinstance(op_type, str) and 0 < len(op_type) <= 40 and op_type.isascii() and op_type.isprintable()
        and _is_id(get("author"), well_formed)
        and ((shift := get("shift")) is None or _is_id(shift, well_formed))
    )  # fmt: skip


def _is_id(value: Any, well_formed: set[str]) -> bool:
    if not isinstance(value, str):
        return False
    if value in well_formed:
        return True
    if not is_uuid(value):
        return False
    well_formed.add(value)
    return True


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _storable_text(value[:200])
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return REPLACEMENT
    return value if isinstance(value, bool | int | float | None) else REPLACEMENT
