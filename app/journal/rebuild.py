"""Drop every projection and make it again from the journal (I23): same ops, same order, same rows."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, delete, func, select
from sqlmodel import SQLModel

from app.core.db import Database
from app.journal.apply import accept, apply
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
    order = select(OP.c.seq, applied_seq).where(OP.c.status == Status.APPLIED.value).order_by(applied_seq, OP.c.seq)
    plan = conn.execute(order).all()
    for start in range(0, len(plan), CHUNK):
        part = {row.seq: row.applied_seq for row in plan[start : start + CHUNK]}
        ready = []
        for row in conn.execute(select(OP).where(OP.c.seq.in_(list(part)))):
            op = op_of(row, registry)
            kind = registry.find(op.type, op.v)
            if op.parsed is None or kind is None:
                raise Diverged(f"op at seq {row.seq} can no longer be read")
            ready.append((kind, accept(op, row.seq, row.received_at, part[row.seq])))
        ready.sort(key=lambda pair: (part[pair[1].seq], pair[1].seq))
        refused = apply(conn, ready)
        if refused:
            raise Diverged(f"{len(refused)} ops were refused on replay")
        progress(min(start + CHUNK, len(plan)), len(plan))
    return len(plan)
