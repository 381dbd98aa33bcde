"""Knowing that somebody committed, whichever process it was. A wake may be false; a commit is never missed for long."""

import asyncio
import threading
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import psycopg
import structlog
from sqlalchemy import make_url

from app.core.db import Database
from app.journal.append import CHANNEL

log = structlog.get_logger("lykta.live")
POLL_S = 0.1
#: PostgreSQL: a look without being woken, should a notification be lost on the way.
LOOK_S = 5.0
RECONNECT_S_MIN, RECONNECT_S_MAX = 0.2, 5.0


async def wakes(db: Database) -> AsyncGenerator[None, None]:
    """Yields once at the start, then after commits."""
    async with aclosing(_sqlite(db) if db.is_sqlite else _postgresql(db)) as source:
        async for _ in source:
            yield


async def _sqlite(db: Database) -> AsyncGenerator[None, None]:
    watcher = _Watcher(await asyncio.to_thread(db.watcher))
    seen: int | None = None
    try:
        while True:
            version = await asyncio.to_thread(watcher.data_version)
            if version != seen:
                seen = version
                yield
            await asyncio.sleep(POLL_S)
    finally:
        watcher.close()


class _Watcher:
    """Closed only when no thread is asking: a cancelled task leaves its thread behind."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    def data_version(self) -> int | None:
        with self._lock:
            if self._connection is None:
                return None
            cursor = self._connection.cursor()
            try:
                version: int = cursor.execute("PRAGMA data_version").fetchone()[0]
                return version
            finally:
                cursor.close()

    def close(self) -> None:
        with self._lock:
            self._connection.close()
            self._connection = None


async def _postgresql(db: Database) -> AsyncGenerator[None, None]:
    """One connection of its own; a lost one is opened again, and what came meanwhile is looked for."""
    dsn = make_url(db.url).set(drivername="postgresql").render_as_string(hide_password=False)
    pause_s = RECONNECT_S_MIN
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(dsn, autocommit=True, keepalives_idle=30) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                pause_s = RECONNECT_S_MIN
                while True:
                    yield
                    async with aclosing(connection.notifies(timeout=LOOK_S, stop_after=1)) as notes:
                        async for _ in notes:
                            pass
        except (psycopg.Error, OSError) as error:
            log.warning("listening lost", error=type(error).__name__, retry_s=pause_s)
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, RECONNECT_S_MAX)
