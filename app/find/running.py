"""The rows of the search, made while nobody pushes: so that the first search after an evening waits for nothing."""

import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from app.core.db import Database
from app.core.repeat import repeated
from app.find import filling

LOOK_S = 2.0
#: Behind for so long, the rows are made beside pushes that never end.
LATE_S = 30.0


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


def following(db: Database) -> AbstractAsyncContextManager[None]:
    """What is missing after a look that failed is made by the next, or by the next search."""
    return repeated("find", Follower(db).look, LOOK_S)
