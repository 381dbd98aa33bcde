"""Clearing away what nobody will miss: uploads that were given up, and blobs that no op ever named.

A row goes first, in a transaction, and its files after it. Whoever still sends to it meets an upload that begins at 0;
an op that names it later asks for it as for any that is missing. What a killed run left is found by the next.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from app.blob.queries import BLOB
from app.blob.store import Store
from app.core.db import Database
from app.journal.rows import lock_head

#: A phone is away for a fortnight at the most; after that it may as well begin anew.
DAYS = 30
#: (connection, candidates) → those that some op names.
Named = Callable[[Connection, Iterable[str]], set[str]]


@dataclass(frozen=True, slots=True)
class Cleared:
    unfinished: int
    unnamed: int

    def as_json(self) -> dict[str, int]:
        return {"unfinished": self.unfinished, "unnamed": self.unnamed}

    def text(self) -> str:
        return f"Cleared away {self.unfinished} unfinished uploads and {self.unnamed} photos that no record names."


def clear_unfinished(db: Database, store: Store, now: datetime, days: int = DAYS) -> int:
    """Begun so many days ago and not complete: whoever comes back to one begins it anew."""
    old = BLOB.c.complete_at.is_(None) & (BLOB.c.begun_at < now - timedelta(days=days))
    with db.write() as conn:
        given_up = list(conn.execute(select(BLOB.c.sha256).where(old)).scalars())
        conn.execute(delete(BLOB).where(old))
    for sha256 in given_up:
        store.sweep(sha256)
    return len(given_up)


def clear_unnamed(db: Database, store: Store, now: datetime, named: Named, days: int = DAYS) -> int:
    """Complete for so many days, and in no op, be it in quarantine. The journal is locked: none comes in between."""
    old = BLOB.c.complete_at < now - timedelta(days=days)
    with db.write() as conn:
        lock_head(conn)
        there = list(conn.execute(select(BLOB.c.sha256).where(old)).scalars())
        kept = named(conn, there) if there else set()
        unnamed = [sha256 for sha256 in there if sha256 not in kept]
        for sha256 in unnamed:
            conn.execute(delete(BLOB).where(BLOB.c.sha256 == sha256))
    for sha256 in unnamed:
        store.drop(sha256)
    return len(unnamed)
