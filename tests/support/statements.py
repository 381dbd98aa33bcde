"""Statements are compiled once for all databases of a test run, as they are in a server for all of its requests.

SQLAlchemy keeps them with an engine. Each test has engines of its own, and to compile what one pull asks takes longer
than to answer it.
"""

from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from app.core.db import Database

ROOM = 5_000


def share(patch: pytest.MonkeyPatch) -> None:
    """A dialect is a part of what a statement is found by: all of a kind are told to be one. Ours differ in nothing."""
    for kind in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        patch.setattr(kind, "__eq__", lambda one, other: type(one) is type(other))
        patch.setattr(kind, "__hash__", lambda one: hash(type(one)))
    compiled: LRUCache[Any, Any] = LRUCache(ROOM)
    plain = Database.__init__

    def begin(self: Database, url: str) -> None:
        plain(self, url)
        for engine in (self._writer, self._reader):
            _share(engine, compiled)

    patch.setattr(Database, "__init__", begin)


def _share(engine: Engine, compiled: "LRUCache[Any, Any]") -> None:
    engine._compiled_cache = compiled
