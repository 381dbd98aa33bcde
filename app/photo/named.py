"""Which blobs ops name, and which of those are not here yet. An op never waits for them (I13)."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select

from app.blob import queries as blobs
from app.blob.rules import is_sha256
from app.journal.ops import Op
from app.journal.rows import OP

#: op type → its data → what names blobs in it, as the phone wrote it.
NAMING: Mapping[str, Callable[[Any], Any]] = {
    "observation.create": lambda data: data.get("attachments"),
    "observation.amend": lambda data: _mapping(data.get("observation")).get("attachments"),
    "photo.attach": lambda data: [data],
}
#: How many hashes, and how many ids, are asked for in one statement.
ASKED_MAX = 5_000
CHUNK = 1_000
_MARK = b'"sha256"'
_BODIES = select(OP.c.type, OP.c.author, OP.c.device, OP.c.body).where(
    OP.c.op_id.in_(bindparam("ids", expanding=True)), OP.c.type.in_(sorted(NAMING))
)

_ALL_BODIES = select(OP.c.type, OP.c.body).where(OP.c.type.in_(sorted(NAMING))).execution_options(yield_per=CHUNK)


def wanted(conn: Connection, named: Iterable[str]) -> list[str]:
    """Those that are not complete here, in the order in which they were named. No statement where none is named."""
    hashes = list(dict.fromkeys(named))
    there: set[str] = set()
    for start in range(0, len(hashes), ASKED_MAX):
        there |= blobs.here(conn, hashes[start : start + ASKED_MAX])
    return [sha256 for sha256 in hashes if sha256 not in there]


def named_by(ops: Iterable[Op]) -> list[str]:
    """By the ops of a push. Most name none, which their bytes tell without being read again."""
    return [sha256 for op in ops if op.type in NAMING for sha256 in _named(op.type, op.body)]


def named_by_stored(conn: Connection, ids: Sequence[str], device: str, authors: Collection[str]) -> list[str]:
    """By those ops with these ids that came from this phone or are by these authors, also in quarantine.

    Of others' none is told: who knows a photo's name can name it in a record of their own, and so read it.
    """
    found: list[str] = []
    for start in range(0, len(ids), ASKED_MAX):
        for row in conn.execute(_BODIES, {"ids": list(ids[start : start + ASKED_MAX])}):
            if row.device == device or row.author in authors:
                found += _named(row.type, bytes(row.body or b""))
    return found


def named_by_any(conn: Connection, hashes: Iterable[str]) -> set[str]:
    """Those that some stored op names, be it in quarantine, retracted or amended since. Reads all that may name one."""
    asked, found = set(hashes), set()
    for row in conn.execute(_ALL_BODIES):
        found |= asked.intersection(_named(row.type, bytes(row.body or b"")))
    return found


def _named(op_type: str, body: bytes) -> Iterator[str]:
    """What is no hash names nothing: it is kept as it was written, and no phone could send it."""
    if _MARK not in body:
        return
    try:
        data = _mapping(_mapping(json.loads(body)).get("data"))  # orjson refuses lone surrogates
    except (ValueError, RecursionError):  # in quarantine
        return
    told = NAMING[op_type](data)
    for part in told if isinstance(told, list) else ():
        sha256 = _mapping(part).get("sha256")
        if is_sha256(sha256):
            yield str(sha256)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
