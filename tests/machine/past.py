"""A database as it was, to be put back: what a restore does, without the file. Works on both databases."""

from typing import Any

from sqlalchemy import Connection, delete, insert, select, update
from sqlmodel import SQLModel

from app.core.db import Database
from app.journal.rows import HEAD

Past = dict[str, list[dict[str, Any]]]
#: Who may sign in, and where: they are left alone, so that no phone has to be signed in again after each restore.
SIGN_INS = frozenset({"account", "device", "device_user", "sign_in", "sign_in_failure", "api_token"})


def taken(conn: Connection) -> Past:
    tables = SQLModel.metadata.sorted_tables
    return {table.name: [dict(row) for row in conn.execute(select(table)).mappings()] for table in tables}


def put_back(db: Database, past: Past, *, keep: frozenset[str] = SIGN_INS, epoch: str | None = None) -> None:
    """With the `epoch` of now, nothing tells the server of it: a file put back by hand."""
    tables = [table for table in SQLModel.metadata.sorted_tables if table.name not in keep]
    with db.write() as conn:
        for table in reversed(tables):
            conn.execute(delete(table))
        for table in tables:
            if past[table.name]:
                conn.execute(insert(table), past[table.name])
        if epoch is not None:
            conn.execute(update(HEAD), {"epoch": epoch})
