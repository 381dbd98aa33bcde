"""Reading the journal in order: what changed since a seq, for live streams and feeds."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from app.journal.rows import OP, head

TAIL_MAX = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened at `seq`: an op stored there, or one released by it."""

    seq: int
    type: str
    shift: str | None
    #: The op's own seq and id.
    op: int
    id: str


def position(conn: Connection) -> tuple[str, int]:
    """(epoch, seq of the newest op)."""
    now = head(conn)
    return now.epoch, now.seq


def since(conn: Connection, seq: int, limit: int = TAIL_MAX) -> list[Entry]:
    """Entries above `seq` in order; the list ends at a whole seq, so a reader may go on from its last one."""
    top = conn.execute(select(OP.c.seq).where(OP.c.seq > seq).order_by(OP.c.seq).limit(limit)).scalars().all()
    if not top:
        return []
    found = conn.execute(
        select(OP.c.seq, OP.c.released_seq, OP.c.type, OP.c.op_id, OP.c.shift).where(
            or_(OP.c.seq.between(seq + 1, top[-1]), OP.c.released_seq.between(seq + 1, top[-1]))
        )
    )
    entries = set()
    for row in found:
        shift = row.op_id if row.type == "shift.start" else row.shift
        for at in (row.seq, row.released_seq):
            if at is not None and seq < at <= top[-1]:
                entries.add(Entry(at, row.type, shift, row.seq, row.op_id))
    return sorted(entries, key=lambda e: (e.seq, e.op))


def bodies(conn: Connection, seqs: Collection[int]) -> dict[int, bytes | None]:
    """Of the ops with these numbers of their own."""
    found = conn.execute(select(OP.c.seq, OP.c.body).where(OP.c.seq.in_(list(seqs))))
    return {row.seq: row.body for row in found}
