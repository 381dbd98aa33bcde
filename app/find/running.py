"""The rows of the search, made while nobody pushes: so that the first search after an evening waits for nothing."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import structlog

from app.core.db import Database
from app.find import filling

log = structlog.get_logger("lykta.find")
LOOK_S = 2.0
#: Behind for so long, the rows are made beside pushes that never end.
LATE_S = 30.0
END_S = 5.0


class Follower:
    def __init__(self, db: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._db, self._clock = db, clock
        self._seen = -1
        self._whole_at = clock()

    def look(self, until: Callable[[], bool] = lambda: False) -> int:
        """How many rows were made. None while ops come in, unless that has gone on for long."""
        with self._db.read() as conn:
            standing = filling.standing(conn)
        is_quiet, self._seen = standing.head == self._seen, standing.head
        if not standing.is_behind:
            self._whole_at = self._clock()
            return 0
        if not is_quiet and self._clock() - self._whole_at < LATE_S:
            return 0
        made = filling.catch_up(self._db, until)
        self._whole_at = self._clock()
        return made


@asynccontextmanager
async def following(db: Database) -> AsyncIterator[None]:
    stopped, ended = asyncio.Event(), threading.Event()
    task = asyncio.create_task(_follow(Follower(db), stopped, ended.is_set), name="find-follower")
    try:
        yield
    finally:
        ended.set()
        stopped.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(task, END_S)


async def _follow(follower: Follower, stopped: asyncio.Event, until: Callable[[], bool]) -> None:
    while not stopped.is_set():
        try:
            await asyncio.to_thread(follower.look, until)
        except Exception as error:  # nothing is lost: the next look, or the next search, makes what is missing
            log.error("find not filled", error=type(error).__name__, retry_s=LOOK_S)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), LOOK_S)
