"""What the server holds, read from its tables and not from its answers."""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from app.core.db import Database
from app.sync.registry import PROJECTIONS

#: Ops that a phone makes; the rest is made by the server itself.
OF_PHONES = ("shift.", "checkin.", "observation.", "escalation.", "comment.", "clock.")


def ops_of_phones(database_url: str) -> list[dict[str, Any]]:
    """Each stored op with its parsed body, in the order of the journal. Every hash is checked against its bytes."""
    rows = _rows(database_url, "SELECT seq, op_id, type, hash, body, status, why, install, client_seq "
                               "FROM journal_op ORDER BY seq")  # fmt: skip
    found = []
    for row in rows:
        if not row["type"].startswith(OF_PHONES):
            continue
        raw = bytes(row["body"])
        assert hashlib.sha256(raw).digest() == bytes(row["hash"])
        body = json.loads(raw)
        found.append({**row, "id": row["op_id"], "hash": f"sha256:{bytes(row['hash']).hex()}", **body})
    return found


def places(database_url: str) -> dict[str, str]:
    """Name → id."""
    return {row["name"]: row["id"] for row in _rows(database_url, "SELECT id, name FROM place")}


def records(database_url: str, table: str) -> dict[str, dict[str, Any]]:
    """Rows of a projection by id."""
    rows = _rows(database_url, f"SELECT * FROM {table}")  # noqa: S608
    by_id = {row["id"]: row for row in rows}
    assert len(by_id) == len(rows)
    return by_id


def head(database_url: str) -> int:
    """The newest op's number."""
    (row,) = _rows(database_url, "SELECT seq FROM journal_head")
    return int(row["seq"])


def projections(database_url: str) -> dict[str, list[str]]:
    """Every row of every table that a rebuild makes anew, in an order of its own."""
    return {table.__tablename__: _all(database_url, table) for table in PROJECTIONS}


def _all(database_url: str, table: type[SQLModel]) -> list[str]:
    db = Database(database_url)
    try:
        with db.read() as conn:
            rows = conn.execute(sa.select(table.__table__)).mappings()  # type: ignore[attr-defined]
            return sorted(json.dumps(dict(row), default=str, sort_keys=True) for row in rows)
    finally:
        db.close()


def _rows(database_url: str, query: str) -> list[dict[str, Any]]:
    db = Database(database_url)
    try:
        with db.read() as conn:
            return [dict(row) for row in conn.execute(sa.text(query)).mappings()]
    finally:
        db.close()
