"""Inserts on the hot path: many rows in one statement, compiled once, values handed to the driver as they are.

SQLAlchemy's own work per row costs more than the insert, and a statement per row lets go of the interpreter at each.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, cast

import orjson
import sqlalchemy as sa
from sqlalchemy import Connection
from sqlmodel import SQLModel

from app.core.columns import Moment, micros
from app.core.direct import marks, run

ROWS_MAX = 100
Row = dict[str, Any]
#: Where a column's values stand in a row, and what turns all of them into what the driver takes.
Converters = tuple[tuple[int, Callable[[list[Any]], list[Any]]], ...]


def insert_tuples(conn: Connection, model: type[SQLModel], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows that are known to be new, their values in the order of the table's columns."""
    table = cast(Any, model).__table__
    _insert(conn, table, tuple(table.columns.keys()), rows, "")


def insert_rows(conn: Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert rows that are known to be new."""
    _insert_members(conn, table, tuple(table.columns.keys()), rows, "")


def insert_new(conn: Connection, model: type[SQLModel], rows: Sequence[Row], key: Sequence[str]) -> None:
    """Insert rows, leaving those alone whose key is there."""
    table = cast(Any, model).__table__
    _insert_members(conn, table, tuple(table.columns.keys()), rows, f" ON CONFLICT ({', '.join(key)}) DO NOTHING")


def put(conn: Connection, model: type[SQLModel], rows: Sequence[Row], key: Sequence[str]) -> None:
    """Insert rows, or overwrite the members told in those with the same key. All tell the same members."""
    if rows:
        told = {name: f'excluded."{name}"' for name in rows[0] if name not in key}
        # PostgreSQL refuses a statement that meets a key twice.
        last = {tuple(row[name] for name in key): row for row in rows} if len(rows) > 1 else {(): rows[0]}
        table = cast(Any, model).__table__
        _insert_members(conn, table, tuple(rows[0]), list(last.values()), _overwrite(key, told))


def add_up(
    conn: Connection, model: type[SQLModel], rows: Sequence[Row], key: Sequence[str], sums: Mapping[str, str]
) -> None:
    """Insert rows; where the key is there, its columns become what `sums` says of the old row and of `excluded`."""
    if rows:
        _insert_members(conn, cast(Any, model).__table__, tuple(rows[0]), rows, _overwrite(key, sums))


def _overwrite(key: Sequence[str], changed: Mapping[str, str]) -> str:
    told = ", ".join(f'"{name}" = {value}' for name, value in changed.items())
    return f" ON CONFLICT ({', '.join(key)}) DO " + (f"UPDATE SET {told}" if told else "NOTHING")


def _insert_members(
    conn: Connection, table: sa.Table, names: tuple[str, ...], rows: Sequence[Row], on_conflict: str
) -> None:
    if rows:
        get = itemgetter(*names)
        _insert(conn, table, names, [get(row) for row in rows], on_conflict)


def _insert(
    conn: Connection, table: sa.Table, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]], on_conflict: str
) -> None:
    for start in range(0, len(rows), ROWS_MAX):
        part = rows[start : start + ROWS_MAX]
        sql, converters = _plan(table, conn.dialect.name, names, on_conflict, len(part))
        values = list(chain.from_iterable(part))
        for place, convert in converters:
            values[place :: len(names)] = convert(values[place :: len(names)])
        run(conn, sql, values)


@lru_cache(maxsize=2000)
def _plan(
    table: sa.Table, dialect: str, names: tuple[str, ...], on_conflict: str, count: int
) -> tuple[str, Converters]:
    """(statement for `count` rows, converters by place)"""
    row = f"({marks(len(names))})"
    quoted = ", ".join(f'"{name}"' for name in names)
    sql = f'INSERT INTO "{table.name}" ({quoted}) VALUES {", ".join([row] * count)}{on_conflict}'
    return sql, tuple(_converters(table, names, dialect))


def _converters(
    table: sa.Table, names: tuple[str, ...], dialect: str
) -> Iterator[tuple[int, Callable[[list[Any]], list[Any]]]]:
    for place, column in enumerate(table.columns[name] for name in names):
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
