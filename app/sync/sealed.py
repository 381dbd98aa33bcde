"""Opening an encrypted copy: JWE in compact form (RFC 7516), ECDH-ES on P-256 with A256GCM, the content gzipped JSON.

Any JOSE library can make and open one; what is ours is only the header's `ops`, the number that a carrier may read.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwe import JWERegistry
from joserfc.registry import HeaderParameter

from app.access import copykeys
from app.access.context import Context
from app.core import errors
from app.core.errors import Problem
from app.journal.read import BODY_BYTES_MAX

ALGORITHMS = ("ECDH-ES", "A256GCM")
PARTS = 5
HEADER_MAX = 1024
#: How a compact JWE begins: `{"` in base64url.
MARK = b"eyJ"
GZIPPED = "application/gzip"


def is_sealed(raw: bytes) -> bool:
    return raw.lstrip().startswith(MARK)


def with_bodies(ctx: Context, ops: Sequence[Any]) -> list[Any]:
    """Ops from a locked phone hold `sealed` in place of `body`. What does not open counts as damaged on the way."""
    if not any(_is_locked(op) for op in ops):
        return list(ops)
    with ctx.db.read() as conn:
        keys = {row.kid: copykeys.find(conn, row.kid) for row in copykeys.every(conn)}
    return [_with_body(op, keys) if _is_locked(op) else op for op in ops]


def _is_locked(op: Any) -> bool:
    return isinstance(op, dict) and "body" not in op and isinstance(op.get("sealed"), str)


def _with_body(op: dict[str, Any], keys: Mapping[str, copykeys.Key | None]) -> dict[str, Any]:
    envelope = {name: value for name, value in op.items() if name != "sealed"}
    try:
        raw = op["sealed"].encode("ascii", "replace")
        return envelope | {"body": _opened(raw, keys.get, BODY_BYTES_MAX).decode()}
    except (Problem, UnicodeDecodeError):  # no body has this hash, so the phone hears that it must come again
        return envelope | {"body": ""}


def unseal(ctx: Context, raw: bytes, plain_max: int) -> bytes:
    """The plain copy. Raises Problem: COPY_CUT, COPY_KEY, COPY_SPOILT, TOO_LARGE; never a word of what is in it."""

    def find(kid: str) -> copykeys.Key | None:
        with ctx.db.read() as conn:
            return copykeys.find(conn, kid)

    return _opened(raw, find, plain_max)


def _opened(raw: bytes, find: Callable[[str], copykeys.Key | None], plain_max: int) -> bytes:
    parts = raw.strip().split(b".")
    header = _header(parts[0])
    if len(parts) != PARTS or header is None:
        raise Problem(errors.COPY_CUT)
    key = find(str(header.get("kid"))[:HEADER_MAX])
    if key is None:
        raise Problem(errors.COPY_KEY)
    try:
        opened = jwe.decrypt_compact(raw.strip(), key.private(), registry=_registry(len(raw)))
    except (JoseError, ValueError, TypeError, KeyError):
        raise Problem(errors.COPY_SPOILT) from None
    content = opened.plaintext or b""
    if header.get("cty") == GZIPPED:
        return _gunzipped(content, plain_max)
    if len(content) > plain_max:
        raise _too_large(plain_max)
    return content


def _registry(size: int) -> JWERegistry:
    """The library's own limit is a token's; here the door to the server has set one."""
    registry = JWERegistry({"ops": HeaderParameter("Number of ops", "int")}, algorithms=ALGORITHMS)
    registry.max_ciphertext_length = size
    return registry


def _header(part: bytes) -> dict[str, Any] | None:
    if len(part) > HEADER_MAX:
        return None
    try:
        value = json.loads(base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _too_large(most: int) -> Problem:
    return Problem(errors.TOO_LARGE, f"A copy may hold at most {most // 1024} KiB.", extra={"max_bytes": most})


def _gunzipped(packed: bytes, plain_max: int) -> bytes:
    machine = zlib.decompressobj(wbits=31)
    try:
        plain = machine.decompress(packed, plain_max + 1)
    except zlib.error:
        raise Problem(errors.COPY_SPOILT) from None
    if len(plain) > plain_max:
        raise _too_large(plain_max)
    if not machine.eof:
        raise Problem(errors.COPY_SPOILT)
    return plain
