"""Work that a server does by itself, every few seconds for as long as it lives, whatever became of the last time."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import structlog

log = structlog.get_logger("lykta.repeat")
#: A stop waits no longer for a look that is under way.
END_S = 3.0
Stopped = Callable[[], bool]


@asynccontextmanager
async def repeated(name: str, look: Callable[[Stopped], object], every_s: float) -> AsyncIterator[None]:
    """`look` runs in a thread, and is told how to ask whether the server stops meanwhile."""
    stopped, told = asyncio.Event(), threading.Event()
    task = asyncio.create_task(_repeat(name, look, every_s, stopped, told.is_set), name=name)
    try:
        yield
    finally:
        told.set()
        stopped.set()
        # A look under way has a connection: the database is closed after it, unless it does not answer.
        with suppress(TimeoutError):
            await asyncio.wait_for(task, END_S)


async def _repeat(
    name: str, look: Callable[[Stopped], object], every_s: float, stopped: asyncio.Event, is_stopped: Stopped
) -> None:
    while not stopped.is_set():
        try:
            await asyncio.to_thread(look, is_stopped)
        except Exception as error:  # the next look may succeed, and nothing else does this work
            log.error(f"{name} failed", error=type(error).__name__, retry_s=every_s)
        with suppress(TimeoutError):
            await asyncio.wait_for(stopped.wait(), every_s)
