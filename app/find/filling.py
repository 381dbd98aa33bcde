"""Rows for records that are older than the search: made once, by the first server that starts after the migration."""

from collections.abc import Iterator, Sequence
from typing import Any

import structlog
from sqlalchemy import Connection, select

from app.core.db import Database
from app.escalation.queries import ESCALATION
from app.find.projector import ENTRY, Make, escalations, note, observations, shifts
from app.observation.queries import OBSERVATION
from app.shift.queries import SHIFT

log = structlog.get_logger("lykta.find")
CHUNK = 500
SOURCES: tuple[tuple[Any, Make], ...] = ((SHIFT, shifts), (OBSERVATION, observations), (ESCALATION, escalations))


def ensure(db: Database) -> int:
    """How many rows were made. The same that a rebuild of the projections makes."""
    with db.read() as conn:
        if not _lacks(conn):
            return 0
    with db.write() as conn:
        if not _lacks(conn):  # another server was first
            return 0
        made = sum(_fill(conn, table, make) for table, make in SOURCES)
    log.info("find filled", rows=made)
    return made


def _lacks(conn: Connection) -> bool:
    """Nothing can be found, though something is there."""
    if conn.execute(select(ENTRY.c.nth).limit(1)).first() is not None:
        return False
    return any(conn.execute(select(table.c.id).limit(1)).first() is not None for table, _ in SOURCES)


def _fill(conn: Connection, table: Any, make: Make) -> int:
    count = 0
    for ids in _chunks(conn, table):
        note(conn, make(conn, ids), is_new=True)
        count += len(ids)
    return count


def _chunks(conn: Connection, table: Any) -> Iterator[Sequence[str]]:
    last = ""
    order = select(table.c.id).order_by(table.c.id).limit(CHUNK)
    while ids := conn.execute(order.where(table.c.id > last)).scalars().all():
        yield ids
        last = ids[-1]
