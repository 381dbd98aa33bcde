"""One reader of the journal's tail per process, shared by its streams. No database session is held while waiting."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.core import errors
from app.core.db import Database
from app.core.errors import Problem
from app.journal import tail
from app.live import queries
from app.live.changes import Batch, Mark
from app.live.wake import wakes
from app.shift import queries as shifts

log = structlog.get_logger("lykta.live")
STREAMS_MAX = 500
#: Batches that a stream may be behind; a slower one is cut off, and resumes by its last id.
BEHIND_MAX = 64
#: Ops that a resuming stream is told one by one; after more, asking for everything again is cheaper.
RESUME_MAX = 5_000
RETRY_S = 1.0


class End:
    """Put last into a stream's queue."""


@dataclass(eq=False)
class Stream:
    """One reader's queue; `mark` is where it begins."""

    mark: Mark
    queue: "asyncio.Queue[Batch | End]" = field(default_factory=lambda: asyncio.Queue(BEHIND_MAX))

    def cut(self) -> None:
        """Ends the stream at once; what it had not been told yet it will ask for."""
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(End())


class Hub:
    """Lives in one event loop. Reads the journal only while somebody listens."""

    def __init__(self, db: Database, streams_max: int = STREAMS_MAX) -> None:
        self.db = db
        self.streams_max = streams_max
        self._streams: set[Stream] = set()
        self._joining = asyncio.Lock()
        self._reader: asyncio.Task[None] | None = None
        self._mark: Mark | None = None
        self._is_stopped = False

    async def join(self) -> Stream:
        """A stream from now on. Raises Problem(BUSY) when there are too many, or the process is stopping."""
        async with self._joining:
            if self._is_stopped or len(self._streams) >= self.streams_max:
                raise Problem(errors.BUSY, headers={"Retry-After": "5"})
            if self._reader is None or self._reader.done():
                self._mark = await asyncio.to_thread(self._head)
                self._reader = asyncio.create_task(self._read(), name="live-reader")
            assert self._mark is not None
            stream = Stream(self._mark)
            self._streams.add(stream)
        return stream

    def leave(self, stream: Stream) -> None:
        self._streams.discard(stream)
        if not self._streams and self._reader is not None:
            self._reader.cancel()
            self._reader = None

    async def missed(self, after: Mark, stream: Stream) -> list[Batch] | None:
        """What came after `after` and before the stream began; None if that cannot be told: ask for everything."""
        if after.epoch != stream.mark.epoch or stream.mark.seq - after.seq > RESUME_MAX:
            return None
        if after.seq > stream.mark.seq:
            head = await asyncio.to_thread(self._head)  # another process may have told more than this one has read
            return [] if head.epoch == after.epoch and after.seq <= head.seq else None
        return await asyncio.to_thread(self._between, after, stream.mark.seq)

    def end_streams(self) -> None:
        """Every stream ends now, and none begins any more."""
        self._is_stopped = True
        for stream in list(self._streams):
            stream.cut()

    async def stop(self) -> None:
        self.end_streams()
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.cancel()
            with suppress(asyncio.CancelledError):
                await reader

    async def _read(self) -> None:
        while True:
            try:
                async with aclosing(wakes(self.db)) as woken:
                    async for _ in woken:
                        await self._tell_news()
            except SQLAlchemyError as error:
                log.error("tail not read", error=type(error).__name__, retry_s=RETRY_S)
                await asyncio.sleep(RETRY_S)

    async def _tell_news(self) -> None:
        assert self._mark is not None
        head = await asyncio.to_thread(self._head)
        if head.epoch != self._mark.epoch or head.seq < self._mark.seq:
            self._mark = head
            self._tell([Batch(head, (), {})])
        while head.seq > self._mark.seq:
            batches = await asyncio.to_thread(self._between, self._mark, head.seq)
            if not batches:
                return
            self._mark = batches[-1].mark
            self._tell(batches)

    def _tell(self, batches: Sequence[Batch]) -> None:
        for stream in list(self._streams):
            for batch in batches:
                try:
                    stream.queue.put_nowait(batch)
                except asyncio.QueueFull:
                    stream.cut()
                    self._streams.discard(stream)
                    break

    def _head(self) -> Mark:
        with self.db.read() as conn:
            return Mark(*tail.position(conn))

    def _between(self, after: Mark, until: int) -> list[Batch]:
        """Whole batches above `after`, up to `until` or a little further."""
        batches: list[Batch] = []
        seq = after.seq
        with self.db.read() as conn:
            while seq < until and (entries := tail.since(conn, seq)):
                seq = entries[-1].seq
                changes = queries.changes(conn, entries)
                crews = shifts.crews(conn, frozenset[str]().union(*(change.shifts for change in changes)))
                known = {shift_id: frozenset(crew) for shift_id, crew in crews.items()}
                batches.append(Batch(Mark(after.epoch, seq), changes, known))
        return batches
