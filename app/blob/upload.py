"""Taking in a blob, chunk by chunk: claim, write, sync, and only then record (I14).

A chunk is written in three steps. The writer claims the blob in one transaction, writes and syncs its chunk, and moves
the offset in another, if its claim still stands. Whoever finds a claim that stands takes over at once: it goes on in a
file of the next generation, with a copy of what was synced. So a writer that was held up, or a process that was killed
between writing and recording, leaves bytes behind that nobody goes on with, and blocks nobody.
"""

import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple
from uuid import uuid4

import structlog
from sqlalchemy import Connection, select, update

from app.access.context import Context
from app.blob.models import Blob
from app.blob.queries import BLOB, find
from app.blob.rules import HEAD_BYTES, SIZE_MAX, sniff
from app.blob.store import Away, Damaged, Part, Short, Store
from app.core import errors
from app.core.errors import Kind, Problem
from app.core.insert import insert_new

log = structlog.get_logger("lykta.blob")
AWAY_RETRY_S, DAMAGED_RETRY_S = 30, 300


class Chunk(NamedTuple):
    """A PATCH, its digest already compared."""

    at: int
    content: bytes
    is_last: bool

    @property
    def end(self) -> int:
        return self.at + len(self.content)


class Progress(NamedTuple):
    offset: int
    is_complete: bool

    @property
    def headers(self) -> dict[str, str]:
        return {"Upload-Offset": str(self.offset), "Upload-Complete": "?1" if self.is_complete else "?0"}


class Claim(NamedTuple):
    """The right to write behind `offset` into `part`; what was synced may lie in another generation's file."""

    id: str
    part: Part
    synced: Part
    offset: int


class Told(Exception):
    """Somebody else has completed the blob a moment ago."""


BEGINNING = Progress(0, False)


def progress(ctx: Context, sha256: str) -> Progress:
    with ctx.db.read() as conn:
        return _progress(find(conn, sha256))


def receive(ctx: Context, store: Store, sha256: str, chunk: Chunk) -> Progress:
    """Raises Problem: TOO_LARGE, MEDIA, BLOB_OFFSET, BLOB_HASH, NO_ROOM, STORE_AWAY."""
    if chunk.end > SIZE_MAX:
        raise Problem(errors.TOO_LARGE, extra={"limits": {"blob": SIZE_MAX}})
    if chunk.at == 0 and len(chunk.content) >= HEAD_BYTES and sniff(chunk.content) is None:
        raise Problem(errors.MEDIA)
    claim = _claim(ctx, sha256, chunk)
    if isinstance(claim, Progress):
        return claim
    try:
        with _room():
            return _written(ctx, store, claim, chunk)
    except Short:
        raise _again(ctx, store, claim, errors.BLOB_OFFSET) from None
    except Away as error:  # the chunk is not recorded: it comes again, to the same offset of the same file
        with ctx.db.write() as conn:
            _move(conn, claim, synced_generation=claim.part.generation)
        raise away(error) from error


def _written(ctx: Context, store: Store, claim: Claim, chunk: Chunk) -> Progress:
    left = store.unrecorded(claim.part.sha256)
    if left is not None and _is_named(left, claim):  # finished, but never recorded
        return _complete(ctx, store, claim, left)
    if claim.part != claim.synced and claim.offset:
        store.copy(claim.synced, claim.part, claim.offset)
    store.write(claim.part, chunk.at, chunk.content)
    return _verified(ctx, store, claim) if chunk.is_last else _record(ctx, store, claim, chunk.end)


def _claim(ctx: Context, sha256: str, chunk: Chunk) -> Claim | Progress:
    """Raises Problem(BLOB_OFFSET)."""
    with ctx.db.write() as conn:
        fresh = {"sha256": sha256, "synced_bytes": 0, "generation": 0, "synced_generation": 0, "claim": None,
                 "mime": None, "begun_at": ctx.journal.clock(), "complete_at": None}  # fmt: skip
        insert_new(conn, Blob, [fresh], ["sha256"])
        row = conn.execute(select(BLOB).where(BLOB.c.sha256 == sha256).with_for_update()).one()
        now = _progress(row)
        if now.offset != chunk.at or (now.is_complete and chunk.content):
            raise Problem(errors.BLOB_OFFSET, headers=now.headers)
        if now.is_complete:
            return now
        generation = row.generation if row.claim is None else row.generation + 1
        claim = Claim(str(uuid4()), Part(sha256, generation), Part(sha256, row.synced_generation), now.offset)
        conn.execute(_of(sha256), {"claim": claim.id, "generation": generation})
        return claim


def _record(ctx: Context, store: Store, claim: Claim, offset: int) -> Progress:
    """Raises Problem(BLOB_OFFSET) where somebody else has gone on meanwhile."""
    with ctx.db.write() as conn:
        moved = _move(conn, claim, synced_bytes=offset, synced_generation=claim.part.generation)
    if not moved:
        raise Problem(errors.BLOB_OFFSET, headers=progress(ctx, claim.part.sha256).headers)
    if claim.part != claim.synced:
        store.sweep(claim.part.sha256, below=claim.part.generation)
    return Progress(offset, False)


def _verified(ctx: Context, store: Store, claim: Claim) -> Progress:
    content = store.content(claim.part)
    if not _is_named(content, claim):
        raise _again(ctx, store, claim, errors.BLOB_HASH)
    if sniff(content) is None:
        raise _again(ctx, store, claim, errors.MEDIA)
    store.finish(claim.part)
    return _complete(ctx, store, claim, content)


def _complete(ctx: Context, store: Store, claim: Claim, content: bytes) -> Progress:
    """`content` is that of the finished blob, so whose claim stands no longer matters.

    Told in the journal in the same transaction, so that readers of the records that name it hear of it.
    """
    sha256, mime = claim.part.sha256, sniff(content)

    def record(conn: Connection) -> None:
        done = {"claim": None, "synced_bytes": len(content), "mime": mime, "complete_at": ctx.journal.clock()}
        if conn.execute(_of(sha256), done).rowcount == 0:
            raise Told

    with suppress(Told):
        data = {"sha256": sha256, "size": len(content), "mime": mime}
        ctx.journal.hand_in([ctx.journal.make("blob.complete", data, author=None)], guard=record)
    store.sweep(sha256)
    return Progress(len(content), True)


def _again(ctx: Context, store: Store, claim: Claim, kind: Kind) -> Problem:
    """The upload begins anew, with a file of its own, unless somebody else has gone on with it."""
    number = claim.part.generation + 1
    with ctx.db.write() as conn:
        moved = _move(conn, claim, synced_bytes=0, generation=number, synced_generation=number)
    if moved:
        store.sweep(claim.part.sha256, below=number)
    return Problem(kind, headers=progress(ctx, claim.part.sha256).headers)


def away(error: Away) -> Problem:
    """Told to the log by its kind, and by the blob's name where that one is damaged."""
    log.error("object store", error=type(error).__name__, what=str(error))
    retry_s = DAMAGED_RETRY_S if isinstance(error, Damaged) else AWAY_RETRY_S
    return Problem(errors.STORE_AWAY, headers={"Retry-After": str(retry_s)})


def _is_named(content: bytes, claim: Claim) -> bool:
    return hashlib.sha256(content).hexdigest() == claim.part.sha256


def _move(conn: Connection, claim: Claim, **changed: Any) -> bool:
    mine = _of(claim.part.sha256).where(BLOB.c.claim == claim.id)
    return conn.execute(mine, {"claim": None, **changed}).rowcount == 1


def _of(sha256: str) -> Any:
    return update(BLOB).where(BLOB.c.sha256 == sha256, BLOB.c.complete_at.is_(None))


def _progress(row: Any | None) -> Progress:
    return BEGINNING if row is None else Progress(row.synced_bytes, row.complete_at is not None)


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise Problem(errors.NO_ROOM, headers={"Retry-After": "60"}) from error
