"""Incarnations of the database: the first, and those after a restore or a discovered step back in time."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, insert, select

from app.core.db import Database
from app.core.direct import run
from app.journal import chain
from app.journal.rows import EPOCH, HEAD, HEAD_ID, Head, lock_head, set_head

STEPPED_BACK = "stepped-back"


def ensure(db: Database, now: datetime) -> None:
    """Write the head of an empty journal, once."""
    with db.write() as conn:
        if conn.execute(select(HEAD.c.id)).first() is None:
            epoch = str(uuid4())
            genesis = {"id": HEAD_ID, "seq": 0, "chain": chain.GENESIS, "epoch": epoch, "waiting": 0}
            conn.execute(insert(HEAD), genesis)
            _tell(conn, epoch, 0, now, "first")


def mint(db: Database, now: datetime, cause: str, seen_seq: int | None = None) -> str:
    """A new epoch: every reader and phone will compare what it holds with what is here."""
    epoch = str(uuid4())
    with db.write() as conn:
        head = lock_head(conn)
        set_head(conn, Head(head.seq, head.chain, epoch, head.waiting))
        _tell(conn, epoch, head.seq, now, cause, seen_seq)
    return epoch


def knows(conn: Connection, seq: int, link: bytes) -> bool:
    """Was this the chain at this seq? Zero is the beginning, which every journal knows."""
    if seq == 0:
        return True
    stored = run(conn, "SELECT chain FROM journal_op WHERE seq = ?", (seq,))
    return [(link,)] == [(bytes(found),) for (found,) in stored]


def _tell(conn: Connection, epoch: str, after_seq: int, now: datetime, cause: str, seen_seq: int | None = None) -> None:
    row = {"epoch": epoch, "after_seq": after_seq, "began_at": now, "cause": cause, "seen_seq": seen_seq}
    conn.execute(insert(EPOCH), row)
