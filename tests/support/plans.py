"""How a database would answer what is asked of it: no table that grows is read from end to end."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlmodel import SQLModel

from app.core.db import Database

#: For readers without the right to restricted records each correction is looked at (`observation.queries.readable`).
REVISIONS = frozenset({"observation_revision"})
_SQLITE = re.compile(r"^SCAN (\w+)")
_POSTGRESQL = re.compile(r"Seq Scan on (\w+)")


Asked = tuple[str, Any]


@contextmanager
def watched() -> Iterator[list[Asked]]:
    """Each statement that any engine runs meanwhile, with its values."""
    asked: list[Asked] = []

    def _note(_conn: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", _note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", _note)


def scanned(db: Database, ask: Callable[[Connection], Any]) -> set[str]:
    """Tables that `ask` reads whole; PostgreSQL does so only where no index helps, however few the rows are."""
    with watched() as asked, db.read() as conn:
        ask(conn)
    assert asked, "Nothing was asked."
    return read_whole(db, asked)


def read_whole(db: Database, asked: Iterable[Asked], *, in_order: bool = False) -> set[str]:
    """The same of statements that were asked. `in_order`: SQLite tells of those too that it reads by an index, but

    from its beginning, as the newest fifty are, or a count of all.
    """
    with db.read() as conn:
        if not db.is_sqlite:
            conn.exec_driver_sql("SET LOCAL enable_seqscan = off")
        tables = set(SQLModel.metadata.tables)  # and no part of the statement itself
        return tables & {table for one in asked for table in scans(conn, *one, in_order=in_order)}


def scans(conn: Connection, statement: str, parameters: Any, *, in_order: bool) -> list[str]:
    """Tables, or what else the plan names so, that one statement reads whole."""
    if not statement.lstrip().upper().startswith(("SELECT", "WITH", "(SELECT")):
        return []
    if conn.dialect.name == "sqlite":
        rows = conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return [found[1] for row in rows if (found := _SQLITE.match(row.detail))
                and (in_order or "USING" not in row.detail)]  # fmt: skip
    rows = conn.exec_driver_sql(f"EXPLAIN {statement}", parameters)
    return [table for row in rows for table in _POSTGRESQL.findall(row[0])]
