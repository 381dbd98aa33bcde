"""Inserts on the hot path: many rows in one statement, compiled once, values handed to the driver as they are.

SQLAlchemy's own work per row costs more than the insert, and a statement per row lets go of the interpreter at each.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, cast

import orjson
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlmodel import SQLModel

from app.core.columns import Moment, micros

ROWS_MAX = 50
Row = dict[str, Any]
#: Where a column's values stand in a row, and what turns all of them into what the driver takes.
Converters = tuple[tuple[int, Callable[[list[Any]], list[Any]]], ...]


def insert_all(conn: Connection, model: type[SQLModel], rows: Sequence[Row]) -> None:
    """Insert rows that are known to be new."""
    insert_rows(conn, cast(Any, model).__table__, rows)


def insert_rows(conn: Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """As `insert_all`, for who knows tables and not models."""
    _insert(conn, table, rows, "")


def insert_new(conn: Connection, model: type[SQLModel], rows: Sequence[Row], key: Sequence[str]) -> None:
    """Insert rows, leaving those alone whose key is there."""
    _insert(conn, cast(Any, model).__table__, rows, f" ON CONFLICT ({', '.join(key)}) DO NOTHING")


def _insert(conn: Connection, table: sa.Table, rows: Sequence[Row], on_conflict: str) -> None:
    for start in range(0, len(rows), ROWS_MAX):
        part = rows[start : start + ROWS_MAX]
        sql, get, converters, width = _plan(table, conn.dialect.name, on_conflict, len(part))
        values = [value for row in part for value in get(row)]
        for place, convert in converters:
            values[place::width] = convert(values[place::width])
        conn.exec_driver_sql(sql, tuple(values))


@lru_cache(maxsize=1000)
def _plan(
    table: sa.Table, dialect: str, on_conflict: str, count: int
) -> tuple[str, Callable[[Row], tuple[Any, ...]], Converters, int]:
    """(statement for `count` rows, row → values in order, converters by place, values a row)."""
    keys = [column.name for column in table.columns]
    row = f"({', '.join(['?' if dialect == 'sqlite' else '%s'] * len(keys))})"
    quoted = ", ".join(f'"{key}"' for key in keys)
    sql = f'INSERT INTO "{table.name}" ({quoted}) VALUES {", ".join([row] * count)}{on_conflict}'
    return sql, itemgetter(*keys), tuple(_converters(table, dialect)), len(keys)


def _converters(table: sa.Table, dialect: str) -> Iterator[tuple[int, Callable[[list[Any]], list[Any]]]]:
    for place, column in enumerate(table.columns):
        if isinstance(column.type, sa.JSON):
            yield place, _json_texts
        elif dialect == "sqlite" and isinstance(column.type, Moment):
            yield place, _all_micros
        elif dialect == "sqlite" and isinstance(column.type, sa.Date):
            yield place, lambda values: [None if value is None else str(value) for value in values]


def _json_texts(values: list[Any]) -> list[str | None]:
    return [None if value is None else orjson.dumps(value).decode() for value in values]


def _all_micros(values: list[datetime | None]) -> list[int | None]:
    """A batch was received at one moment, so a time is often that of the row before."""
    told: list[int | None] = []
    last, number = None, None
    for value in values:
        if value is not last:
            last, number = value, None if value is None else micros(value)
        told.append(number)
    return told
