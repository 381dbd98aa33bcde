"""Statements of the hot path, handed to SQLite's driver as they are: SQLAlchemy's way around one takes nine times as

long as the statement itself. On PostgreSQL, where each is a round trip, they go its way. Written with `?`; values are
what the driver takes, and come back as it gives them (times: `core.columns`).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def run(conn: Connection, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The rows, if it gives any. Raises what SQLAlchemy would."""
    if conn.dialect.name != "sqlite":
        result = conn.exec_driver_sql(_with_percent(sql), tuple(values))
        return [tuple(row) for row in result] if result.returns_rows else []
    if not conn.in_transaction():
        conn.begin()
    driver = conn.dialect.loaded_dbapi
    try:
        rows: list[tuple[Any, ...]] = conn.connection.driver_connection.execute(sql, values).fetchall()  # type: ignore[union-attr]
        return rows
    except driver.Error as error:
        raise DBAPIError.instance(sql, None, error, driver.Error, hide_parameters=True) from error


@contextmanager
def savepoint(conn: Connection) -> Iterator[None]:
    """As `conn.begin_nested()`; not to be nested in itself."""
    if conn.dialect.name != "sqlite":
        with conn.begin_nested():
            yield
        return
    run(conn, "SAVEPOINT direct")
    try:
        yield
    except BaseException:
        run(conn, "ROLLBACK TO direct")
        run(conn, "RELEASE direct")
        raise
    run(conn, "RELEASE direct")


def marks(count: int) -> str:
    """`?, ?, ?`"""
    return ", ".join("?" * count)


@lru_cache(maxsize=2000)
def _with_percent(sql: str) -> str:
    """psycopg's own mark. No statement of ours has another question mark or a percent sign."""
    return sql.replace("?", "%s")
