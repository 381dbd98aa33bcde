"""The rows of a database as plain values that can be compared."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update
from sqlmodel import SQLModel

from app.core.db import Database
from app.journal.rows import EPOCH, HEAD, INSTALL, OP, TALLY
from app.sync.registry import PROJECTIONS

#: What depends on the order of arrival by design: positions in the journal, and the server's clock.
ARRIVAL = frozenset(
    {"seq", "changed_seq", "applied_seq", "since_seq", "received_at", "estimated_at", "estimated_within_ms"}
)
REFERENCE = frozenset({"person", "area", "place", "contact", "vocabulary", "category", "entity_edit"})
Rows = dict[str, list[dict[str, Any]]]


def projected(conn: Connection, without: Iterable[str] = ()) -> Rows:
    """Every row of every projection, in the order of its key."""
    return {table.name: _rows(conn, table, frozenset(without)) for table in _tables(PROJECTIONS)}


def domain(conn: Connection) -> Rows:
    """What people wrote, without what depends on the order of arrival."""
    return {name: rows for name, rows in projected(conn, ARRIVAL).items() if name not in REFERENCE}


def everything(conn: Connection) -> Rows:
    """Every row of every table, secrets and the journal's own bookkeeping too."""
    return {table.name: _rows(conn, table, frozenset()) for table in SQLModel.metadata.sorted_tables}


def journalled(conn: Connection) -> list[Any]:
    """Every stored op in order."""
    return list(conn.execute(select(OP).order_by(OP.c.seq)))


def wipe(db: Database) -> None:
    """Back to an empty journal with its first epoch, people and reference data left as they are."""
    with db.write() as conn:
        for table in _tables(PROJECTIONS):
            if table.name not in REFERENCE:
                conn.execute(delete(table))
        for table in (OP, INSTALL, TALLY):
            conn.execute(delete(table))
        conn.execute(update(HEAD), {"seq": 0, "chain": bytes(32), "waiting": 0})
        conn.execute(delete(EPOCH))


def _tables(models: Sequence[type[SQLModel]]) -> list[Any]:
    return [model.__table__ for model in models]  # type: ignore[attr-defined]


def _rows(conn: Connection, table: Any, without: frozenset[str]) -> list[dict[str, Any]]:
    order = [column for column in table.primary_key.columns]
    return [
        {name: _plain(value) for name, value in row._mapping.items() if name not in without}
        for row in conn.execute(select(table).order_by(*order))
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
