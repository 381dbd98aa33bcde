"""Drop every projection and make it again from the journal (I23): same ops, same order, same rows."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from sqlalchemy import Connection, delete, func, select
from sqlmodel import SQLModel

from app.core.db import Database
from app.journal.apply import Ready, accept, apply
from app.journal.ops import Registry, Status
from app.journal.rows import OP, lock_head
from app.journal.store import op_of

CHUNK = 1000


class Diverged(Exception):
    """A projector refused on replay what it had applied before."""


def rebuild(
    db: Database,
    registry: Registry,
    tables: Sequence[type[SQLModel]],
    progress: Callable[[int, int], None] = lambda *_: None,
) -> int:
    """Returns the number of ops applied. One transaction: readers see the old rows until the new ones are whole."""
    with db.write() as conn:
        lock_head(conn)
        for table in tables:
            conn.execute(delete(table))
        return _replay(conn, registry, progress)


def _replay(conn: Connection, registry: Registry, progress: Callable[[int, int], None]) -> int:
    applied_seq = func.coalesce(OP.c.released_seq, OP.c.seq).label("applied_seq")
    # What was erased says nothing any more, and nothing that is left is about it.
    there = (OP.c.status == Status.APPLIED.value, OP.c.body.is_not(None))
    order = select(OP.c.seq, applied_seq).where(*there).order_by(applied_seq, OP.c.seq)
    plan = conn.execute(order).all()
    left: Ready = []
    for start in range(0, len(plan), CHUNK):
        part = {row.seq: row.applied_seq for row in plan[start : start + CHUNK]}
        left = _apply(conn, left, _read(conn, registry, part))
        progress(min(start + CHUNK, len(plan)), len(plan))
    if left:
        raise Diverged(f"{len(left)} ops were refused on replay")
    return len(plan)


def _read(conn: Connection, registry: Registry, part: Mapping[int, int]) -> Ready:
    ready = []
    for row in conn.execute(select(OP).where(OP.c.seq.in_(list(part)))):
        op = op_of(row, registry)
        kind = registry.find(op.type, op.v)
        if op.parsed is None or kind is None:
            raise Diverged(f"op at seq {row.seq} can no longer be read")
        ready.append((kind, accept(op, row.seq, row.received_at, part[row.seq])))
    return sorted(ready, key=lambda pair: (pair[1].applied_seq, pair[1].seq))


def _apply(conn: Connection, left: Ready, ready: Ready) -> Ready:
    """What was refused, for the next step. Steps are not the transactions of the first time: an op and its target may

    lie in two of them, or side by side in one batch. Runs end where the server's own ops begin, so that a role which
    was given or taken away holds from its own place in the journal on.
    """
    for _, run in groupby(ready, key=lambda pair: pair[0].pushed):
        left = [*left, *run]
        count = len(left) + 1
        while left and len(left) < count:
            count = len(left)
            refused = apply(conn, left)
            left = [pair for pair in left if pair[1].id in refused]
    return left
