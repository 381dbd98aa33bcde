"""The one door in: store, number, chain and project ops in one synced transaction. Everything that writes calls it."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, OperationalError

from app.core import clock as clocks
from app.core.db import Database
from app.core.errors import Problem
from app.core.ids import uuid7
from app.journal import chain, rows
from app.journal.ops import MENDED, Op, Receipt, Registry, Status
from app.journal.read import seal, understand
from app.journal.store import Batch, sort_out, store

CHANNEL = "lykta_journal"
#: Ops that share one transaction at most; a request that waits longer than its neighbours' is not starved by it.
GROUP_OPS_MAX = 2000
#: A hand-in this small is somebody's alarm, or a page's click: it does not wait behind a shift's worth (I20).
SMALL_OPS_MAX = 5
Guard = Callable[[Connection], None]


@dataclass(frozen=True, slots=True)
class Appended:
    """What came of one hand-in: a receipt per op, in order, and where the journal and the installs stood then."""

    receipts: Sequence[Receipt]
    head: rows.Head
    installs: Mapping[str, tuple[int, int, bool]]


@dataclass(slots=True, eq=False)
class Waiting:
    ops: Sequence[Op]
    guard: Guard | None
    outcome: Appended | None = None
    error: BaseException | None = None
    done: threading.Event = field(default_factory=threading.Event)


class Journal:
    """One per process and database. Thread-safe; requests that wait for the writer share its next transaction."""

    def __init__(self, db: Database, registry: Registry, clock: clocks.Clock = clocks.now) -> None:
        self.db = db
        self.registry = registry
        self.clock = clock
        self._queue: list[Waiting] = []
        self._queue_lock = threading.Lock()
        self._small_first = False
        self._turn = threading.Lock()

    def append(self, ops: Sequence[Op]) -> list[Receipt]:
        """One receipt per op, in order, only after the commit (I5)."""
        return list(self.hand_in(ops).receipts)

    def hand_in(self, ops: Sequence[Op], guard: Guard | None = None) -> Appended:
        """`guard` runs inside the transaction before these ops are stored; what it raises stops these ops alone.

        It raises before it writes: nothing is rolled back for it.
        """
        mine = Waiting(ops, guard)
        with self._queue_lock:
            self._queue.append(mine)
        with self._turn:  # whoever gets the turn carries what waits by then
            while not mine.done.is_set():
                self._carry(self._take())
        if mine.error is not None:
            raise mine.error
        assert mine.outcome is not None
        return mine.outcome

    def make(self, op_type: str, data: Mapping[str, Any], *, author: str | None, **given: Any) -> Op:
        """An op made by the server on behalf of a person. `given`: id, shift, install, position, wall."""
        wall: datetime = given.get("wall") or self.clock()
        at = {"wall": clocks.stamp(wall), "mono": None, "page": None, "clock": None}
        body = seal({"salt": token_urlsafe(16), "at": at, "position": given.get("position"), "data": dict(data)})
        op = Op(id=given.get("id") or uuid7(), type=op_type, v=self.registry.newest(op_type), author=author,
                shift=given.get("shift"), install=given.get("install"), client_seq=None, hash=chain.of(body),
                body=body)  # fmt: skip
        return understand(op, self.registry, pushed=False)

    def write(self, op_type: str, data: Mapping[str, Any], *, author: str | None, **given: Any) -> Receipt:
        """`make` and append. Raises ValueError if the server made an op that it cannot apply itself: our own fault."""
        receipt = self.append([self.make(op_type, data, author=author, **given)])[0]
        if receipt.status is Status.QUARANTINED:
            raise ValueError(f"{op_type} was quarantined: {receipt.why}")
        return receipt

    def wake(self, keys: Sequence[str]) -> None:
        """Try again what waits for these keys (a person who now signed in, a type that is now known)."""
        with self.db.read() as conn:
            if rows.head(conn).waiting == 0 or not rows.waiting_for(conn, keys):
                return
        self.write("quarantine.release", {"keys": list(keys)}, author=None)

    def wake_known(self) -> None:
        """At a start: try again what waits for a type that this version knows, or for a projector that was mended."""
        self.wake([MENDED, *(f"type:{op_type}:{v}" for op_type, v in self.registry.kinds)])

    def _take(self) -> list[Waiting]:
        """The small, then the oldest; in turns, so that neither keeps the other waiting for ever."""
        with self._queue_lock:
            small = [waiting for waiting in self._queue if len(waiting.ops) <= SMALL_OPS_MAX]
            self._small_first = bool(small) and len(small) < len(self._queue) and not self._small_first
            taken: list[Waiting] = []
            count = 0
            for waiting in small if self._small_first else self._queue:
                count += len(waiting.ops)
                if taken and count > GROUP_OPS_MAX:
                    break
                taken.append(waiting)
            self._queue = [waiting for waiting in self._queue if waiting not in taken]
        return taken

    def _carry(self, group: Sequence[Waiting]) -> None:
        """One transaction for all of them; their answers are given only when it is synced."""
        try:
            with self.db.write() as conn:
                batch, kept = self._in_transaction(conn, group)
            start = 0
            for waiting in kept:
                receipts = batch.receipts[start : start + len(waiting.ops)]
                start += len(waiting.ops)
                waiting.outcome = Appended(receipts, batch.head, batch.installs)
        except (OperationalError, Problem) as error:  # the disk, the connection, the lock: nobody's fault
            _fail(group, error)
        except Exception as error:
            if len(group) == 1:
                _fail(group, error)
            else:  # one of them made it fail; alone, only that one does (I7)
                for waiting in group:
                    if waiting.error is None:
                        self._carry([waiting])
        except BaseException as error:
            _fail(group, error)
            raise
        finally:
            for waiting in group:
                waiting.done.set()

    def _in_transaction(self, conn: Connection, group: Sequence[Waiting]) -> tuple[Batch, list[Waiting]]:
        batch = Batch(head=rows.lock_head(conn), received_at=self.clock())
        kept = []
        for waiting in group:
            try:
                if waiting.guard is not None:
                    waiting.guard(conn)
                kept.append(waiting)
            except DBAPIError:
                raise  # the transaction itself is lost
            except Exception as error:
                waiting.error = error
        sort_out(conn, batch, [op for waiting in kept for op in waiting.ops])
        if batch.fresh:
            store(conn, batch, self.registry)
            if not self.db.is_sqlite:
                conn.execute(text(f"SELECT pg_notify('{CHANNEL}', '{batch.head.seq}')"))
        return batch, kept


def _fail(group: Sequence[Waiting], error: BaseException) -> None:
    for waiting in group:
        waiting.error = waiting.error or error
