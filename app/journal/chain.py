"""The hash chain (sync-protocol I21), computable by anyone from an export of the journal.

chain(n) = SHA-256( part(chain(n-1)) part(op_id) part(hash) part(seq) part(received_at) ), where part(x) is the length
of x in bytes as 4 bytes big-endian, then x. chain and hash are the raw 32 bytes, chain(0) is 32 zero bytes, op_id and
received_at (RFC 3339, UTC, milliseconds, Z) are ASCII, seq is decimal ASCII.
"""

import hashlib
import struct

GENESIS = bytes(32)
PREFIX = "sha256:"
#: No part is longer than an id or a time.
_LENGTHS = tuple(struct.pack(">I", length) for length in range(64))


def link(previous: bytes, op_id: str, op_hash: bytes, seq: int, received_at: str) -> bytes:
    name, number, received, size = op_id.encode(), b"%d" % seq, received_at.encode(), _LENGTHS
    return hashlib.sha256(
        b"".join((size[len(previous)], previous, size[len(name)], name, size[len(op_hash)], op_hash,
                  size[len(number)], number, size[len(received)], received))
    ).digest()  # fmt: skip


def text(digest: bytes) -> str:
    return PREFIX + digest.hex()


def parse(value: object) -> bytes | None:
    """The 32 bytes of `sha256:<lower-case hex>`, or None if it is anything else."""
    if not isinstance(value, str) or not value.startswith(PREFIX) or len(value) != 71 or value != value.lower():
        return None
    try:
        return bytes.fromhex(value[7:])
    except ValueError:
        return None


def of(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()
